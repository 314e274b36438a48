package uk.waymark.bench;

/**
 * The statements of one event's transaction, as the server sends them for an event that adds one entry and is told to one
 * person, as a script of pgbench. What the server seals or hashes is made of as many bytes here.
 */
final class IngestScript {
    private static final String SCRIPT = """
        \\set n random(%1$d, %3$d)
        \\set e random(1, 1000000000000000)
        begin;
        select waymark.enter_force('system', '%2$s');
        savepoint before;
        insert into waymark.case_file (id, force_id, crime_reference, crime_reference_key, updated_at)
        values (uuidv7(), '%2$s', 'BP/' || :n || '/26', 'BP/' || :n || '/26', clock_timestamp())
        on conflict (force_id, crime_reference_key) do update set crime_reference_key = excluded.crime_reference_key
        returning id as case_id \\gset
        select id, case_id, content_mac, payload from waymark.case_event
         where force_id = '%2$s' and source = 'rms' and source_event_id = 'x' || :e;
        insert into waymark.case_event (id, force_id, case_id, source, source_event_id, type, schema_version, occurred_at,
                                        received_at, backfill, notifies, content_mac, content_mac_version, payload, sort_key)
        values (uuidv7(), '%2$s', :case_id, 'rms', 'x' || :e, 'suspect_charged', 1, clock_timestamp(), clock_timestamp(), false, true,
                decode(repeat('5a', 32), 'hex'), 1, decode(repeat('5a', 220), 'hex'),
                to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24.MI.SS.US') || '|rms|x' || :e)
        returning id as event_id \\gset
        select e.id, e.source, e.source_event_id, e.type, e.occurred_at, e.received_at, e.notifies, e.payload, d.show
          from waymark.case_event e left join waymark.text_decision d on d.event_id = e.id
         where e.case_id = :case_id;
        update waymark.case_file
           set recorded = true, on_phones = true, safety = false, stage = 'charged', state = decode(repeat('5a', 260), 'hex'),
               gated = false, version = version + 1, updated_at = clock_timestamp()
         where id = :case_id;
        select id, kind, witness_sees, shown_to, body from waymark.timeline_entry where case_id = :case_id;
        insert into waymark.timeline_entry (id, force_id, case_id, occurred_at, sort_key, kind, witness_sees, body, received_at, shown_to)
        values (:event_id, '%2$s', :case_id, clock_timestamp(), to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24.MI.SS.US') || '|rms|x' || :e,
                'suspect_charged', false, decode(repeat('5a', 200), 'hex'), clock_timestamp(), null)
        on conflict (id) do update set kind = excluded.kind, witness_sees = excluded.witness_sees, body = excluded.body,
                                       shown_to = excluded.shown_to;
        select urn_key from waymark.case_urn where case_id = :case_id;
        select pe.source, pe.source_person_id, pa.person_id, pa.role, pa.removed, pa.quiet, pa.minor, pa.own_stage is not null as own, pa.facts_key
          from waymark.participant pa join waymark.person pe on pe.id = pa.person_id where pa.case_id = :case_id
        \\gset
        select event_id, person_id, dedupe_key, wanted from waymark.announcement where case_id = :case_id;
        insert into waymark.announcement (event_id, person_id, force_id, case_id, dedupe_key, wanted)
        values (:event_id, :person_id, '%2$s', :case_id, 'event-x' || :e, true)
        on conflict (event_id, person_id) do update set wanted = true, dedupe_key = excluded.dedupe_key
        returning uuidv7() as message_id \\gset
        with fresh as (
            insert into notifications.message_key (tenant, dedupe_key, message_id, message_id_at)
            values ('%2$s', 'event-x' || :e, :message_id, uuid_extract_timestamp(:message_id::uuid))
            on conflict do nothing returning message_id, message_id_at, tenant)
        insert into notifications.message (id, id_at, tenant, recipient_ref, subject_ref, class, template, fields,
                                           state, not_before, expires_at, due_at, created_at)
        select message_id, message_id_at, tenant, :person_id::uuid, :event_id::uuid, 'case_update', 'case_update',
               decode(repeat('5a', 35), 'hex'), 'queued', clock_timestamp(), clock_timestamp() + interval '7 days', clock_timestamp(), clock_timestamp() from fresh;
        commit;
        """;

    private IngestScript() { }

    /** @param cases the second half of twice as many: the first is the server's */
    static String of(int cases) {
        return SCRIPT.formatted(cases, ReadData.Kind.FORCE.id(0), 2 * cases - 1);
    }
}
