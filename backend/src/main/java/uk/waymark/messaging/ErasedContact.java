package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.export.Erasable;
import uk.waymark.platform.Sql;

/**
 * Addresses and what a person told of being in touch. What holds messages back stays: forgetting it would send more, and by ways
 * that they did not choose.
 */
@Singleton
final class ErasedContact implements Erasable {
    private final ContactChoicesStore choices;

    ErasedContact(ContactChoicesStore choices) {
        this.choices = choices;
    }

    @Override
    public String what() {
        return "contact_addresses";
    }

    @Override
    public void erase(Connection c, UUID person) {
        boolean chosen = Sql.run(c, "delete from waymark.contact_channel where person_id = ? and address is not null", person) > 0;
        if (chosen) {
            // whoever had left no way but an email or a letter is rung, and never texted instead
            Sql.run(c, """
                insert into waymark.contact_channel (person_id, channel, force_id, place)
                select ?, 'call', waymark.ctx_force(), 1
                 where not exists (select 1 from waymark.contact_channel where person_id = ? and place is not null)
                on conflict (person_id, channel) do update set place = 1""", person, person);
        }
        Sql.run(c, "update waymark.person set preferences_reason = null, preferences_version = preferences_version + 1 where id = ?",
            person);
        ContactChoices known = choices.of(c, new UUID[] {person}).get(person);
        if (known != null) {
            Sql.run(c, "update waymark.contact_choice set choices = ? where person_id = ?", choices.seal(person, new ContactChoices(
                known.telling(), known.askAgainOn(), known.safeTimes(), known.quietHours(), known.urgent(), null, null, null, null, null,
                null, null, known.urgentByStaff(), null)), person);
        }
    }
}
