package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices.Need;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.Sql;

/**
 * What staff have to know of a person before they ring or write: the word, voicemail, needs, what to say to somebody else. It
 * stands at the end of what they are to do. The words are data in {@code messages/briefing.properties}.
 */
@Singleton
public final class Briefing {
    private final DataFile words = DataFile.of("/messages/briefing.properties");
    private final ContactChoicesStore choices;
    private final Standings standings;

    Briefing(ContactChoicesStore choices, Standings standings) {
        this.choices = choices;
        this.standings = standings;
    }

    /** @param call to ring; otherwise to write. @return lines, with an empty one before; empty where there is nothing to know */
    public String of(Connection c, UUID person, boolean call) {
        UUID[] one = {person};
        ContactChoices known = known(c, person);
        var lines = new ArrayList<String>();
        if (call) {
            Standing standing = standings.of(c, one).get(person);
            if (standing == null || confirmed(standing) != Safety.SAFE) {
                lines.add(words.text("not_confirmed"));
            }
            lines.add(known.word() == null ? words.text("no_word") : words.text("word") + " " + known.word());
            lines.add(words.text(Boolean.TRUE.equals(known.voicemail()) ? "voicemail" : "no_voicemail"));
            if (known.ifSomebodyElseAnswers() != null) {
                lines.add(words.text("somebody_else") + " " + known.ifSomebodyElseAnswers());
            }
        }
        lines.addAll(needs(known));
        return lines.isEmpty() ? "" : "\n\n" + String.join("\n", lines);
    }

    /**
     * The same for a call that somebody asked for, with what they said for this one. In a case with a safety flag whoever held the phone
     * may have said it: a word counts for nothing then, and a message is left only where their preferences say so too.
     *
     * @param word      said for this call, or null
     * @param voicemail said for this call, or null
     * @return lines
     */
    public String forCall(Connection c, UUID person, String word, Boolean voicemail) {
        ContactChoices known = choices.of(c, new UUID[] {person}).getOrDefault(person, ContactChoices.NONE);
        boolean flagged = flagged(c, person);
        ContactChoices counts = flagged ? known.inFlaggedCase() : known;
        var lines = new ArrayList<String>();
        Standing standing = standings.of(c, new UUID[] {person}).get(person);
        if (standing == null || confirmed(standing) != Safety.SAFE) {
            lines.add(words.text("not_confirmed"));
        }
        String agreed = word != null && !flagged ? word : counts.word();
        lines.add(agreed == null ? words.text("no_word") : words.text("word") + " " + agreed);
        if (word != null && flagged) {
            lines.add(words.text("word_of_phone"));
        }
        lines.add(words.text(voicemail(counts, flagged, voicemail) ? "voicemail" : "no_voicemail"));
        lines.add(words.text("somebody_else") + " " + (counts.ifSomebodyElseAnswers() == null ? words.text("say_nothing")
            : counts.ifSomebodyElseAnswers()));
        lines.addAll(needs(counts));
        return String.join("\n", lines);
    }

    /** Whether a message may be left on such a call. @param said for this call, or null */
    public boolean voicemail(Connection c, UUID person, Boolean said) {
        return voicemail(choices.of(c, new UUID[] {person}).getOrDefault(person, ContactChoices.NONE), flagged(c, person), said);
    }

    private static boolean voicemail(ContactChoices known, boolean flagged, Boolean said) {
        boolean usually = Boolean.TRUE.equals(known.voicemail());
        return said == null ? usually : said && (usually || !flagged);
    }

    private ContactChoices known(Connection c, UUID person) {
        ContactChoices known = choices.of(c, new UUID[] {person}).getOrDefault(person, ContactChoices.NONE);
        return flagged(c, person) ? known.inFlaggedCase() : known;
    }

    private static boolean flagged(Connection c, UUID person) {
        return Sql.one(c, "select safety or waymark.gate_flagged_together(id) as flagged from waymark.person where id = ?",
            r -> r.getBoolean("flagged"), person).orElse(true);
    }

    private static Safety confirmed(Standing standing) {
        return standing.effective(standing.call());
    }

    private List<String> needs(ContactChoices known) {
        return known.needs().stream().sorted().map(need -> words.text(need.name().toLowerCase(java.util.Locale.ROOT))
            + (need == Need.INTERPRETER && known.interpreter() != null ? " " + known.interpreter() : "")).collect(Collectors.toList());
    }
}
