package uk.waymark.preferences;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.account.AccountNumbers;
import uk.waymark.messaging.Confirmations;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.messaging.Pauses;
import uk.waymark.messaging.Standing;
import uk.waymark.messaging.Standings;
import uk.waymark.messaging.WordsToConfirm;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.preferences.OwnPreferences.OfPerson;

/**
 * How, when and whether the persons of an account are told. It is each person's; the account shows one answer, and where its
 * persons differ the more careful one holds.
 */
@Singleton
final class Preferences {
    static final String DISCREET_FOR_SAFETY = "discreet-for-safety";
    static final String DISCREET_STAYS_ON = "Discreet mode stays on";

    private final Audit audit;
    private final ContactChannels channels;
    private final Standings standings;
    private final ContactChoicesStore choices;
    private final ContactHistory history;
    private final Pauses pauses;
    private final Confirmations confirmations;
    private final CaseClock clock;
    private final ActingAs acting;
    private final AccountNumbers accounts;
    private final WordsToConfirm words;
    private final PersonPreferences forStaff;
    private final PreferencesPassedOn passedOn;

    Preferences(Audit audit, ContactChannels channels, Standings standings, ContactChoicesStore choices, ContactHistory history,
                Pauses pauses, Confirmations confirmations, CaseClock clock, ActingAs acting, AccountNumbers accounts,
                WordsToConfirm words, PersonPreferences forStaff, PreferencesPassedOn passedOn) {
        this.audit = audit;
        this.channels = channels;
        this.standings = standings;
        this.choices = choices;
        this.history = history;
        this.pauses = pauses;
        this.confirmations = confirmations;
        this.clock = clock;
        this.acting = acting;
        this.accounts = accounts;
        this.words = words;
        this.forStaff = forStaff;
        this.passedOn = passedOn;
    }

    /**
     * @param open     the language stays unknown where it is
     * @param channels in order, or null to leave them as they are
     */
    record Wish(String language, boolean open, boolean discreet, List<Chosen> channels, ChoicesWish choices) { }

    /** @param c of a transaction of a person */
    OwnPreferences read(Connection c) {
        List<OfPerson> persons = Sql.list(c, """
            select id, force_id, coalesce(chosen_language, language) as language,
                   chosen_language is not null or language_known as language_known,
                   coalesce(chosen_discreet, false) as discreet, safety,
                   safety or waymark.gate_flagged_together(id) as flagged, preferences_version, preferences_passed_on_at
              from waymark.person where id = any ((select waymark.ctx_persons())::uuid[]) order by id""",
            r -> new OfPerson(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"), r.getString("language"),
                r.getBoolean("language_known"), r.getBoolean("discreet"), r.getBoolean("safety"), r.getBoolean("flagged"),
                r.getInt("preferences_version"), Sql.instant(r, "preferences_passed_on_at")));
        UUID[] ids = persons.stream().map(OfPerson::id).toArray(UUID[]::new);
        return new OwnPreferences(persons, standings.of(c, ids), choices.of(c, ids), !pauses.of(c, ids).isEmpty());
    }

    /**
     * Changes the choices of every person on the account. Nothing else can be read in this transaction afterwards.
     *
     * @param known what the caller has read
     * @throws ProblemException 409 in a flagged case or where there is no person, 412 where somebody was faster, 422 for what
     *                          cannot be
     * @throws uk.waymark.platform.SignInRefused without a fresh sign-in, for what could be turned against the person
     */
    OwnPreferences choose(Connection c, Caller.Person caller, OwnPreferences known, Wish wish) {
        if (known.persons().isEmpty()) {
            throw ProblemException.conflict("nobody-to-tell", "There is nobody to tell",
                "This account sees no case any more, so there is nothing to set. Ask the officer for a new "
                    + "invitation.");
        }
        var wanted = new HashMap<UUID, List<Chosen>>();
        if (wish.channels() != null) {
            known.persons().forEach(p -> wanted.put(p.id(), ChannelOrder.checked(known.withAddresses(p, wish.channels()))));
        }
        if (!wish.discreet() && known.safety()) {
            throw ProblemException.conflict(DISCREET_FOR_SAFETY, DISCREET_STAYS_ON,
                "For your safety, discreet mode cannot be switched off here. Talk to the officer about it.");
        }
        // what was kept back in discreet mode is read, and texts say what they are about, as soon as it is off
        boolean opens = known.discreet() && !wish.discreet();
        if (opens || known.persons().stream().anyMatch(p -> wish.choices().takesFreshSignIn(known.choices(p.id()), known.discreet()))) {
            accounts.requireFresh(caller);
        }
        boolean chosen = Sql.one(c, "select waymark.gate_choose(?, ?, ?, ?::int[]) as chosen",
            r -> r.getBoolean("chosen"),
            wish.open() && !known.languageKnown() ? null : wish.language(), wish.discreet(),
            known.persons().stream().map(OfPerson::id).toArray(UUID[]::new), versions(known)).orElseThrow();
        if (!chosen) {
            throw ifMatchFailed();
        }
        known.persons().forEach(p -> choose(c, p, known, wanted.get(p.id()), wish.choices()));
        OwnPreferences now = read(c);
        var changed = new ArrayList<OfPerson>();
        for (OfPerson p : now.persons()) {
            known.persons().stream().filter(k -> k.id().equals(p.id())).findFirst().ifPresent(before -> {
                Map<String, String> changes = known.of(before).to(now.of(p));
                history.byPerson(c, p.id(), changes);
                if (!changes.isEmpty()) {
                    changed.add(p);
                }
            });
            audit.record(c, caller, "preferences_changed", null, p.id());
        }
        for (OfPerson p : now.persons()) {
            if (p.flagged() && !known.words(p).equals(now.words(p))) {
                acting.goOn(c, new Caller.Worker(p.force())); // what the person may do does not open anything for staff
                words.ask(c, p.id());
            }
        }
        changed.forEach(p -> put(c, p));
        return changed.isEmpty() ? now : now.notPassedOn();
    }

    /** As the force's staff read it, and not as whoever holds the phone may. */
    private void put(Connection c, OfPerson person) {
        acting.goOn(c, new Caller.Worker(person.force()));
        forStaff.find(c, person.id()).ifPresent(now -> passedOn.put(c, person.force(), now, PreferencesPassedOn.Said.PERSON));
    }

    private void choose(Connection c, OfPerson person, OwnPreferences known, List<Chosen> wanted, ChoicesWish wish) {
        LocalDate today = confirmations.day(clock.instant());
        ContactChoices before = known.choices(person.id());
        ContactChoices applied = wish.applied(before, today, confirmations.latestAskAgain(clock.instant()));
        ContactChoices after = person.flagged() ? applied.withWordToConfirm(before) : applied;
        if (!after.equals(before)) {
            choices.choose(c, person.id(), after);
        }
        if (wanted != null) {
            channels.choose(c, person.id(), wanted);
            Standing standing = known.standings().get(person.id());
            wanted.stream().filter(w -> w.safety() == Safety.SAFE && standing.order().stream().noneMatch(k ->
                k.channel() == w.channel() && standing.effective(k) == Safety.SAFE))
                .forEach(w -> channels.saidSafe(c, person.id(), w.channel()));
        }
    }

    /** @throws ProblemException 428 where the caller does not say what they have read, 412 where it has changed since */
    static void checkRead(String ifMatch, String tag) {
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required",
                "Say what you have read", "Read the preferences first, and send their ETag as If-Match.");
        }
        if (!ETags.matches(ifMatch, tag)) {
            throw ifMatchFailed();
        }
    }

    static ProblemException ifMatchFailed() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed",
            "It has changed", "Somebody has changed this since you read it. Read it again and repeat your change.");
    }

    private static String versions(OwnPreferences known) {
        return "{" + String.join(",", known.persons().stream().map(p -> Integer.toString(p.version())).toList()) + "}";
    }
}
