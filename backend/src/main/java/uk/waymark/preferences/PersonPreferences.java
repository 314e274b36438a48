package uk.waymark.preferences;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.access.UnusualReading;
import uk.waymark.messaging.Confirmations;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.By;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChannels.Said;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.messaging.Pauses;
import uk.waymark.messaging.Recalls;
import uk.waymark.messaging.Standing;
import uk.waymark.messaging.Standings;
import uk.waymark.messaging.WordsToConfirm;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** How a person of a force is contacted, as staff read it and put it down on the person's behalf. */
@Singleton
final class PersonPreferences {
    private static final String REASON = "person.preferences_reason";

    private final ActingAs acting;
    private final ContactChannels channels;
    private final Standings standings;
    private final ContactChoicesStore choices;
    private final ContactHistory history;
    private final Pauses pauses;
    private final Recalls recalls;
    private final Confirmations confirmations;
    private final CaseClock clock;
    private final Sealing sealing;
    private final Audit audit;
    private final UnusualReading unusual;
    private final WordsToConfirm words;
    private final PreferencesPassedOn passedOn;

    PersonPreferences(ActingAs acting, ContactChannels channels, Standings standings, ContactChoicesStore choices,
                      ContactHistory history, Pauses pauses, Recalls recalls, Confirmations confirmations, CaseClock clock,
                      Sealing sealing, Audit audit, UnusualReading unusual, WordsToConfirm words, PreferencesPassedOn passedOn) {
        this.acting = acting;
        this.channels = channels;
        this.standings = standings;
        this.choices = choices;
        this.history = history;
        this.pauses = pauses;
        this.recalls = recalls;
        this.confirmations = confirmations;
        this.clock = clock;
        this.sealing = sealing;
        this.audit = audit;
        this.unusual = unusual;
        this.words = words;
        this.passedOn = passedOn;
    }

    /** @param safety discreet whatever was chosen */
    record Current(UUID person, String language, boolean languageKnown, boolean discreet, boolean safety,
                   boolean deceased, int version, Standing standing, ContactChoices choices, boolean paused) {
        String tag() {
            return ETags.of(person + ":" + version + (paused ? "paused" : ""));
        }

        private ChangesMade of() {
            return new ChangesMade(language, discreet, standing.order(), choices);
        }
    }

    /** @param safety null: as it is; @param confirmedOn null: today */
    record Way(Channel channel, String address, Safety safety, LocalDate confirmedOn) { }

    /** @param open the language stays unknown where it is */
    record Wish(String language, boolean open, boolean discreet, List<Way> channels, ChoicesWish choices, String reason) { }

    /** @throws ProblemException 404 */
    Current read(Caller.Staff staff, UUID person) {
        return acting.as(staff, c -> {
            Current current = current(c, person);
            audit.record(c, staff, "preferences_read", null, person);
            current.standing().order().forEach(channel -> unusual.shownAddress(c, staff, person, channel.address()));
            return current;
        });
    }

    /** The newest first, one more than asked for where there is one. @throws ProblemException 404 */
    List<ContactHistory.Version> history(Caller.Staff staff, UUID person, UUID before, int limit) {
        return acting.as(staff, c -> {
            current(c, person);
            audit.record(c, staff, "preferences_history_read", null, person);
            return history.page(c, person, before, limit + 1);
        });
    }

    /**
     * @throws ProblemException 404; 409 for the dead, in a flagged case and for a number that the force calls unsafe; 412, 428;
     *                          422 for what cannot be
     */
    Current change(Caller.Staff staff, UUID person, String ifMatch, Wish wish) {
        List<Chosen> tidy = ChannelOrder.checked(wish.channels().stream()
            .map(w -> new Chosen(w.channel(), w.address(), Safety.NOT_SAID)).toList());
        Current changed = acting.as(staff, c -> {
            Current known = current(c, person);
            Preferences.checkRead(ifMatch, known.tag());
            check(known, wish);
            int rows = Sql.run(c, """
                update waymark.person set chosen_language = ?, chosen_discreet = ?, preferences_reason = ?,
                                          preferences_version = preferences_version + 1
                 where id = ? and preferences_version = ?""",
                wish.open() && !known.languageKnown() ? null : wish.language(), wish.discreet(),
                sealing.sealText(REASON, person, wish.reason()), person, known.version());
            if (rows == 0) {
                throw Preferences.ifMatchFailed();
            }
            List<Chosen> said = channels.said(c, person);
            var order = new ArrayList<Chosen>();
            for (int i = 0; i < tidy.size(); i++) {
                order.add(resolved(tidy.get(i), wish.channels().get(i), known.standing(), said, "/channels/" + i));
            }
            channels.set(c, person, order);
            if (wish.channels().stream().anyMatch(w -> w.channel() == Channel.SMS && w.safety() == Safety.SAFE)) {
                // somebody texted START, in a case with a safety flag: now the person has said so themselves, even where staff send
                // back the very day that they read
                Sql.run(c, """
                    update waymark.person set texts_stopped_at = null, texts_start_asked_at = null
                     where id = ? and texts_start_asked_at is not null""", person);
            }
            Instant now = clock.instant();
            choices.put(c, person, wish.choices().appliedByStaff(known.choices(), confirmations.day(now),
                confirmations.latestAskAgain(now)));
            Current after = current(c, person);
            if (after.choices().wordToConfirm() == null) {
                words.settle(c, person);
            }
            Map<String, String> changes = known.of().to(after.of());
            history.byStaff(c, staff, person, wish.reason(), changes);
            if (!changes.isEmpty()) {
                passedOn.put(c, staff.force(), after, PreferencesPassedOn.Said.STAFF);
            }
            audit.record(c, staff, "preferences_changed", null, person);
            return after;
        });
        recalls.of(List.of(new Recalls.Told(staff.force(), person)));
        return changed;
    }

    private static void check(Current known, Wish wish) {
        if (known.deceased()) {
            throw ProblemException.conflict("nobody-to-tell", "There is nobody to tell", "The person has died.");
        }
        if (!wish.discreet() && known.safety()) {
            throw ProblemException.conflict(Preferences.DISCREET_FOR_SAFETY, Preferences.DISCREET_STAYS_ON,
                "In a case with a safety flag, discreet mode cannot be switched off.");
        }
    }

    /** What is sent back as it was read says nothing new; anything else is staff's word, today or on the day that they name. */
    private Chosen resolved(Chosen tidy, Way wanted, Standing known, List<Chosen> said, String pointer) {
        Optional<Chosen> before = said.stream().filter(s -> same(s, tidy)).findFirst();
        Optional<Chosen> shown = known.order().stream().filter(s -> same(s, tidy)).findFirst();
        boolean asItWas = wanted.safety() == null || shown.isPresent() && known.effective(shown.get()) == wanted.safety()
            && (wanted.safety() != Safety.SAFE || wanted.confirmedOn() != null && wanted.confirmedOn()
                .equals(Optional.ofNullable(known.confirmedAt(shown.get())).map(confirmations::day).orElse(null)));
        if (asItWas) {
            return before.orElse(tidy);
        }
        if (wanted.safety() != Safety.SAFE) {
            return new Chosen(tidy.channel(), tidy.address(), wanted.safety(), new Said(By.STAFF, null, null));
        }
        return new Chosen(tidy.channel(), tidy.address(), Safety.SAFE,
            new Said(By.STAFF, confirmedAt(wanted.confirmedOn(), pointer), number(tidy, known, pointer)));
    }

    private static boolean same(Chosen one, Chosen other) {
        return one.channel() == other.channel()
            && (one.address() == null ? other.address() == null : one.address().equals(other.address()));
    }

    private Instant confirmedAt(LocalDate on, String pointer) {
        Instant now = clock.instant();
        LocalDate today = confirmations.day(now);
        if (on != null && on.isAfter(today)) {
            throw ProblemException.unprocessable(pointer + "/confirmed_on", "This day is still to come.");
        }
        return on == null || on.equals(today) ? now : confirmations.startOf(on);
    }

    /** What is said of the app, texts and calls is said of one number. */
    private static String number(Chosen way, Standing known, String pointer) {
        if (way.address() != null) {
            return null;
        }
        if (known.numberUnsafe()) {
            throw ProblemException.conflict("number-unsafe", "The number is unsafe",
                "The force's own records say that the number must not be used, for this person or for somebody else on the same "
                    + "account. Put that right there first.");
        }
        if (known.number() == null) {
            throw ProblemException.unprocessable(pointer + "/safety", "No mobile number is held, so none can be confirmed.");
        }
        return known.number();
    }

    private Current current(Connection c, UUID person) {
        return find(c, person).orElseThrow(ProblemException::notFound);
    }

    /** @param c of a transaction of the force @return empty for who has become part of another person */
    Optional<Current> find(Connection c, UUID person) {
        UUID[] one = {person};
        Map<UUID, Standing> known = standings.of(c, one);
        ContactChoices chosen = choices.of(c, one).getOrDefault(person, ContactChoices.NONE);
        boolean paused = !pauses.of(c, one).isEmpty();
        return Sql.one(c, """
            select coalesce(chosen_language, language) as language,
                   chosen_language is not null or language_known as language_known,
                   coalesce(chosen_discreet, false) or safety as discreet,
                   safety, safety or waymark.gate_flagged_together(id) as flagged, deceased, preferences_version
              from waymark.person where id = ? and merged_into is null""",
            r -> new Current(person, r.getString("language"), r.getBoolean("language_known"),
                r.getBoolean("discreet"), r.getBoolean("safety"), r.getBoolean("deceased"), r.getInt("preferences_version"), known.get(person),
                r.getBoolean("flagged") ? chosen.inFlaggedCase() : chosen, paused), person);
    }
}
