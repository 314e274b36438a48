package uk.waymark.messaging;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.TestDatabase;

/** People in cases, put into the database by a worker of their force, and things to tell them. */
final class Casework {
    private final TestDatabase database;
    private final UUID force;
    private final ActingAs acting;
    private final Sealing sealing;
    private final Ids ids;
    private final Outbox outbox;
    private final CaseClock clock;

    /** @param mobile or null */
    record Person(UUID id, UUID caseId, String mobile) { }

    record News(Person person, UUID event, String key) { }

    Casework(RunningWaymark waymark, TestDatabase database, UUID force) {
        this.database = database;
        this.force = force;
        this.acting = waymark.bean(ActingAs.class);
        this.sealing = waymark.bean(Sealing.class);
        this.ids = waymark.bean(Ids.class);
        this.outbox = waymark.bean(Outbox.class);
        this.clock = waymark.bean(CaseClock.class);
    }

    void work(Consumer<Connection> work) {
        acting.as(new Caller.Worker(force), c -> {
            work.accept(c);
            return null;
        });
    }

    /** A victim in a case of their own, recorded and on phones. */
    Person person(String mobile, String mobileSafe) {
        UUID caseId = ids.next();
        work(c -> Sql.run(c, """
            insert into waymark.case_file (id, force_id, crime_reference, crime_reference_key, recorded, updated_at)
            values (?, ?, ?, ?, true, ?)""", caseId, force, caseId.toString(), caseId.toString(), clock.instant()));
        return person(caseId, mobile, mobileSafe);
    }

    Person person(UUID caseId, String mobile, String mobileSafe) {
        UUID id = ids.next();
        Sealing.LookupKey key = mobile == null ? null : sealing.lookupKey("mobile", mobile);
        work(c -> {
            Sql.run(c, """
                insert into waymark.person (id, force_id, source, source_person_id, mobile, mobile_key,
                                            mobile_key_version, mobile_safe, language_known)
                values (?, ?, 'test', ?, ?, ?, ?, ?, true)""", id, force, id.toString(),
                sealing.sealText("person.mobile", id, mobile), key == null ? null : key.value(),
                key == null ? null : key.version(), mobileSafe);
            Sql.run(c, """
                insert into waymark.participant (case_id, person_id, force_id, role, facts_key)
                values (?, ?, ?, 'victim', 'x')""", caseId, id, force);
        });
        return new Person(id, caseId, mobile);
    }

    void set(Person person, String assignment) {
        work(c -> Sql.run(c, "update waymark.person set " + assignment + " where id = ?", person.id()));
    }

    void setCase(Person person, String assignment) {
        work(c -> Sql.run(c, "update waymark.case_file set " + assignment + " where id = ?", person.caseId()));
    }

    /** Something happened in the person's case that is to be told them; a message exists if the transaction commits. */
    News news(Person person) {
        return newsAt(person, clock.instant());
    }

    News newsAt(Person person, Instant at) {
        return news(person, "suspect_charged", at);
    }

    /** @param type of the event, on the wire */
    News news(Person person, String type, Instant at) {
        UUID event = event(person.caseId(), type);
        String key = "event:" + event + ':' + person.id();
        work(c -> {
            Sql.run(c, """
                insert into waymark.announcement (event_id, person_id, force_id, case_id, dedupe_key, wanted)
                values (?, ?, ?, ?, ?, true)""", event, person.id(), force, person.caseId(), key);
            outbox.enqueue(c, new NewMessage(force, person.id(), "case_update", "case_update", Map.of(), key, event, at,
                at.plus(Duration.ofDays(7))));
        });
        return new News(person, event, key);
    }

    UUID event(UUID caseId) {
        return event(caseId, "suspect_charged");
    }

    private UUID event(UUID caseId, String type) {
        UUID event = ids.next();
        work(c -> Sql.run(c, """
            insert into waymark.case_event (id, force_id, case_id, source, source_event_id, type, occurred_at,
                                            received_at, content_mac, content_mac_version, payload, sort_key)
            values (?, ?, ?, 'test', ?, ?, ?, ?, '\\x00', 1, '\\x00', 'x')""",
            event, force, caseId, event.toString(), type, clock.instant(), clock.instant()));
        return event;
    }

    void suspectHas(Person person, String number) {
        UUID event = event(person.caseId());
        Sealing.LookupKey key = sealing.lookupKey("mobile", number);
        work(c -> Sql.run(c, """
            insert into waymark.suspect_number (event_id, number_key, force_id, case_id, number_key_version)
            values (?, ?, ?, ?, ?)""", event, key.value(), force, person.caseId(), key.version()));
    }

    /** A human being's account with a verified number, linked to these persons, of whatever force. */
    void account(String number, Person... persons) {
        account(number, ids.next(), persons);
    }

    /** Persons who signed up with one number, each with an account of their own. */
    void oneNumber(String number, Person... persons) {
        UUID line = ids.next();
        for (Person p : persons) {
            account(number, line, p);
        }
    }

    private void account(String number, UUID line, Person... persons) {
        UUID id = ids.next();
        Sealing.LookupKey key = sealing.lookupKey("mobile", number);
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.account (id, number, number_key, number_key_version, line_id, created_at)
                values (?, ?, ?, ?, ?, clock_timestamp())""",
                id, sealing.sealText("account.number", id, number), key.value(), key.version(), line);
            for (Person p : persons) {
                Sql.run(c, """
                    insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at)
                    select ?, id, force_id, false, clock_timestamp() from waymark.person where id = ?""", id, p.id());
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    MessageState state(News news) {
        return acting.as(new Caller.Worker(force), c -> outbox.stateByKey(c, force, news.key()).orElseThrow());
    }

    /** Kind, reason, seconds from now until it is due and whether it is open, of the person's work items. */
    String items(Person person) {
        return acting.as(new Caller.Worker(force), c -> String.join(";", Sql.list(c, """
            select kind, reason, round(extract(epoch from due_at - created_at) / 3600) as hours,
                   completed_at is null as open
              from waymark.work_item where person_id = ? order by id""",
            r -> r.getString("kind") + " " + r.getString("reason") + " " + r.getInt("hours") + "h"
                + (r.getBoolean("open") ? "" : " done"), person.id())));
    }
}
