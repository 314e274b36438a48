package uk.waymark.preferences;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.access.UnusualReading;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
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
    private final Sealing sealing;
    private final Audit audit;
    private final UnusualReading unusual;

    PersonPreferences(ActingAs acting, ContactChannels channels, Sealing sealing, Audit audit, UnusualReading unusual) {
        this.acting = acting;
        this.channels = channels;
        this.sealing = sealing;
        this.audit = audit;
        this.unusual = unusual;
    }

    /** @param safety discreet whatever was chosen */
    record Current(UUID person, String language, boolean discreet, boolean safety, boolean deceased, int version,
                   List<Chosen> channels) {
        String tag() {
            return ETags.of(person + ":" + version);
        }
    }

    /** @throws ProblemException 404 */
    Current read(Caller.Staff staff, UUID person) {
        return acting.as(staff, c -> {
            Current current = current(c, person);
            audit.record(c, staff, "preferences_read", null, person);
            current.channels().forEach(channel -> unusual.shownAddress(c, staff, person, channel.address()));
            return current;
        });
    }

    /**
     * @param reason why, for staff
     * @throws ProblemException 404; 409 for the dead and in a flagged case; 412, 428; 422 for an order that cannot be
     */
    Current change(Caller.Staff staff, UUID person, String ifMatch, String language, boolean discreet, List<Chosen> order,
                   String reason) {
        List<Chosen> wanted = ChannelOrder.checked(order);
        return acting.as(staff, c -> {
            Current known = current(c, person);
            Preferences.checkRead(ifMatch, known.tag());
            if (known.deceased()) {
                throw ProblemException.conflict("nobody-to-tell", "There is nobody to tell", "The person has died.");
            }
            if (!discreet && known.safety()) {
                throw ProblemException.conflict(Preferences.DISCREET_FOR_SAFETY, Preferences.DISCREET_STAYS_ON,
                    "In a case with a safety flag, discreet mode cannot be switched off.");
            }
            int changed = Sql.run(c, """
                update waymark.person set chosen_language = ?, chosen_discreet = ?, preferences_reason = ?,
                                          preferences_version = preferences_version + 1
                 where id = ? and preferences_version = ?""",
                language, discreet, sealing.sealText(REASON, person, reason), person, known.version());
            if (changed == 0) {
                throw Preferences.ifMatchFailed();
            }
            channels.set(c, person, wanted);
            audit.record(c, staff, "preferences_changed", null, person);
            return current(c, person);
        });
    }

    private Current current(Connection c, UUID person) {
        List<Chosen> order = channels.of(c, new UUID[] {person}).getOrDefault(person, ContactChannels.USUAL);
        return Sql.one(c, """
            select coalesce(chosen_language, language) as language, coalesce(chosen_discreet, false) or safety as discreet,
                   safety, deceased, preferences_version
              from waymark.person where id = ? and merged_into is null""",
            r -> new Current(person, r.getString("language"), r.getBoolean("discreet"), r.getBoolean("safety"),
                r.getBoolean("deceased"), r.getInt("preferences_version"), order), person)
            .orElseThrow(ProblemException::notFound);
    }
}
