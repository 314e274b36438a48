package uk.waymark.preferences;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * Language, discreet mode and channels. They are each person's; the account shows one answer, and where its persons differ the
 * more careful one holds.
 */
@Singleton
final class Preferences {
    static final String DISCREET_FOR_SAFETY = "discreet-for-safety";
    static final String DISCREET_STAYS_ON = "Discreet mode stays on";

    private final Audit audit;
    private final ContactChannels channels;

    Preferences(Audit audit, ContactChannels channels) {
        this.audit = audit;
        this.channels = channels;
    }

    /** @param safety discreet whatever was chosen */
    record OfPerson(UUID id, String language, boolean discreet, boolean safety, int version) { }

    /**
     * @param persons  in the order of their ids
     * @param channels of the first of them
     */
    record Current(List<OfPerson> persons, List<Chosen> channels) {

        /** The first person's: the order of ids is the order in which they came. */
        String language() {
            return persons.isEmpty() ? "en" : persons.getFirst().language();
        }

        boolean discreet() {
            return persons.stream().anyMatch(p -> p.discreet() || p.safety());
        }

        boolean safety() {
            return persons.stream().anyMatch(OfPerson::safety);
        }

        String tag() {
            return ETags.of(persons.stream().map(p -> p.id() + ":" + p.version()).toList());
        }
    }

    /** @param c of a transaction of a person */
    Current read(Connection c) {
        List<OfPerson> persons = Sql.list(c, """
            select id, coalesce(chosen_language, language) as language, coalesce(chosen_discreet, false) as discreet,
                   safety, preferences_version
              from waymark.person where id = any ((select waymark.ctx_persons())::uuid[]) order by id""",
            r -> new OfPerson(Sql.uuid(r, "id"), r.getString("language"), r.getBoolean("discreet"),
                r.getBoolean("safety"), r.getInt("preferences_version")));
        return new Current(persons, persons.isEmpty() ? ContactChannels.USUAL : channelsOf(c, persons.getFirst().id()));
    }

    private List<Chosen> channelsOf(Connection c, UUID person) {
        return channels.of(c, new UUID[] {person}).getOrDefault(person, ContactChannels.USUAL);
    }

    /**
     * Replaces the choices of every person on the account.
     *
     * @param known what the caller has read
     * @param order of channels, or null to leave it as it is
     * @throws ProblemException 409 in a flagged case or where there is no person, 412 where somebody was faster, 422 for an
     *                          order that cannot be
     */
    Current choose(Connection c, Caller.Person caller, Current known, String language, boolean discreet, List<Chosen> order) {
        List<Chosen> wanted = order == null ? null : ChannelOrder.checked(order);
        if (known.persons().isEmpty()) {
            throw ProblemException.conflict("nobody-to-tell", "There is nobody to tell",
                "This account sees no case any more, so there is nothing to set. Ask the officer for a new "
                    + "invitation.");
        }
        if (!discreet && known.safety()) {
            throw ProblemException.conflict(DISCREET_FOR_SAFETY, DISCREET_STAYS_ON,
                "For your safety, discreet mode cannot be switched off here. Talk to the officer about it.");
        }
        boolean chosen = Sql.one(c, "select waymark.gate_choose(?, ?, ?, ?::int[]) as chosen",
            r -> r.getBoolean("chosen"), language, discreet,
            known.persons().stream().map(OfPerson::id).toArray(UUID[]::new), versions(known)).orElseThrow();
        if (!chosen) {
            throw ifMatchFailed();
        }
        if (wanted != null) {
            known.persons().forEach(p -> channels.choose(c, p.id(), wanted));
        }
        known.persons().forEach(p -> audit.record(c, caller, "preferences_changed", null, p.id()));
        return read(c);
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

    private static String versions(Current known) {
        return "{" + String.join(",", known.persons().stream().map(p -> Integer.toString(p.version())).toList()) + "}";
    }
}
