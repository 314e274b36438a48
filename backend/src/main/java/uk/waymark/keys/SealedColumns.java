package uk.waymark.keys;

import static uk.waymark.keys.SealedTable.Door.DISPATCHER;
import static uk.waymark.keys.SealedTable.Door.FORCE;
import static uk.waymark.keys.SealedTable.Door.GATE;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import uk.waymark.account.InvitationCode;
import uk.waymark.cases.EventContent;

/**
 * Every column that is sealed or holds a keyed hash, in one place: what a key is replaced in, and what a copy of the database
 * does not give away. A test compares it with the database's catalogue and with the sources: a new column cannot be forgotten.
 */
final class SealedColumns {
    private static final String HOURS = "within a day";

    static final List<SealedTable> ALL = List.of(
        SealedTable.of("waymark.person", FORCE).seals("details").seals("mobile").seals("preferences_reason")
            .hashes("mobile_key", "mobile", "mobile", "mobile_key_version"),
        // a server that starts with another key makes them anew by itself; people are found by either key meanwhile
        SealedTable.of("waymark.person_word", FORCE).onlyHash("word_key", "person_word", "key_version <> :key",
            "within minutes of a server's start with the new key: it makes them anew"),
        SealedTable.of("waymark.case_file", FORCE).seals("state"),
        SealedTable.of("waymark.case_event", FORCE).seals("payload")
            .hashes(new SealedTable.Hash("content_mac", "event", "payload",
                "array[to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
                    + "(select f.crime_reference_key from waymark.case_file f where f.id = case_id), type, schema_version::text]",
                (plain, b) -> EventContent.ofSealed(Instant.parse(b[0]), b[1], b[2], Integer.parseInt(b[3]), plain),
                "content_mac_version", "content_mac_version <> :key",
                "when the force's system sends them once more under the same ids: its suspect_contacts, whose numbers are not kept")),
        SealedTable.of("waymark.participant", FORCE).seals("facts", "'participant.facts:' || person_id", "case_id")
            .seals("own_state", "'participant.own_state:' || person_id", "case_id"),
        SealedTable.of("waymark.timeline_entry", FORCE).seals("body"),
        SealedTable.of("waymark.timeline_document", FORCE)
            .seals("body", "'timeline_document.body:' || person_id || ':' || language", "case_id"),
        SealedTable.of("waymark.suspect_number", FORCE)
            .onlyHash("number_key", "mobile", "number_key_version <> :key",
                "when the force's system sends its suspect_contacts once more under the same ids"),
        SealedTable.of("waymark.quarantined_event", FORCE).seals("body")
            .hashes(new SealedTable.Hash("body_mac", "quarantine", "body", "array[source]",
                (plain, b) -> b[0] + '\n' + plain, null, null, null)),
        SealedTable.of("waymark.work_item", FORCE).seals("detail").seals("note"),
        SealedTable.of("waymark.invitation", FORCE).seals("code")
            .hashes(new SealedTable.Hash("code_key", "invitation", "code", null,
                (plain, b) -> InvitationCode.normalised(plain), null, null, null)),
        SealedTable.of("waymark.contact_channel", FORCE).seals("address", "'contact_channel.address:' || channel", "person_id")
            .seals("number", "'contact_channel.number:' || channel", "person_id"),
        SealedTable.of("waymark.contact_version", GATE).seals("reason").seals("shown"),
        SealedTable.of("waymark.contact_choice", FORCE).seals("choices", "'contact_choice.choices'", "person_id"),
        SealedTable.of("waymark.unsafe_address", FORCE).onlyHash("address_key", "unsafe_address", "made_at < :began",
            "when staff say once more what each address is"),
        SealedTable.of("waymark.told", FORCE).seals("body"),
        SealedTable.of("waymark.answered", FORCE).seals("body"),
        SealedTable.of("waymark.hearing_answer", FORCE).seals("reason"),
        // of an older key: the same file would be another run, and whoever had its reminders today has none again
        SealedTable.of("waymark.reminder_run", FORCE).seals("ignored").onlyHash("content_key", "reminder_run", null, null),
        SealedTable.of("waymark.reminder_run_row", FORCE).seals("content").seals("said"),
        SealedTable.of("waymark.reported_date", FORCE).seals("said"),
        SealedTable.of("waymark.hearing_told", FORCE).seals("note"),
        SealedTable.of("waymark.court_wish", FORCE).seals("words").seals("why"),
        SealedTable.of("waymark.outbound_parcel", FORCE).seals("data").seals("reference"),
        SealedTable.of("waymark.call_back", FORCE).seals("details").seals("note"),
        SealedTable.of("waymark.call_back_attempt", FORCE).seals("note"),
        SealedTable.of("waymark.conversation", FORCE).seals("officer"),
        SealedTable.of("waymark.conversation_message", FORCE).seals("body").seals("disclosure_note"),
        SealedTable.of("waymark.attachment", FORCE).seals("details"),
        SealedTable.of("waymark.attachment_part", FORCE).seals("content"),
        SealedTable.of("waymark.template_proposal", FORCE).seals("reason").seals("ended_reason"),
        SealedTable.of("waymark.template_change", FORCE).seals("reason"),
        SealedTable.of("waymark.statement_draft", GATE).seals("words"),
        SealedTable.of("waymark.statement", GATE).seals("content"),
        SealedTable.of("waymark.statement_standing", FORCE).seals("reference", "'statement_standing.reference'", "statement_id"),
        SealedTable.of("waymark.pull", FORCE).seals("checkpoint"),
        // of an older key: an answer that says the same counts as changed once, and nothing is told for it
        SealedTable.of("waymark.pull_case", FORCE).seals("said").onlyHash("content_hash", "pull", null, null),
        SealedTable.of("waymark.account", GATE).seals("number").seals("pin_hash")
            .hashes("number_key", "mobile", "number", "number_key_version"),
        SealedTable.of("waymark.device_session", GATE).seals("name"),
        SealedTable.of("waymark.page_session", GATE).seals("content"),
        SealedTable.of("waymark.push_registration", GATE).seals("token").hashes("token_key", "push", "token", null),
        SealedTable.of("waymark.refresh_token", GATE).onlyHash("token_key", "refresh", "issued_at < :began",
            "when the devices sign in again, at the latest when the tokens have run out")
            .onlyHash("attempt_key", "refresh_attempt", null, null),
        SealedTable.of("waymark.sign_in_code", GATE).seals("number").seals("pin")
            .onlyHash("number_key", "mobile", "created_at < :began", HOURS)
            .onlyHash("number_keys", "mobile", null, null)
            .onlyHash("code_mac", "code", null, null),
        SealedTable.of("waymark.spoken_code", GATE).onlyHash("code_key", "spoken", "created_at < :began", HOURS),
        // of an older key: a change that is under way is begun again, and a suspect's number is compared again when it takes effect
        SealedTable.of("waymark.contact_change", GATE).seals("destination").seals("decision_reason")
            .onlyHash("destination_keys", "mobile", null, null)
            .onlyHash("code_mac", "contact_change", null, null),
        SealedTable.of("waymark.access_reason", GATE).seals("words"),
        SealedTable.of("waymark.staff_name", FORCE).seals("name"),
        SealedTable.of("waymark.case_access", FORCE).seals("reason"),
        SealedTable.of("waymark.audit_seal", GATE).onlyHash("mac", "audit_seal", "mac_version <> :key "
            + "and not exists (select 1 from waymark.audit_seal_again a where a.chain = audit_seal.chain "
            + "and a.number = audit_seal.number and a.mac_version = :key)", "run the command again, unless it says that no key fits"),
        SealedTable.of("waymark.audit_seal_again", GATE).onlyHash("mac", "audit_seal", null, null),
        SealedTable.of("waymark.idempotency_key", GATE).onlyHash("request_mac", "idempotency", "created_at < :began", HOURS),
        SealedTable.of("notifications.message", DISPATCHER).seals("fields", "'notifications.message.fields'", "id"),
        SealedTable.of("notifications.attempt", DISPATCHER).seals("address").seals("body")
            .hashes(address("address", "the words of messages are wiped, and they are forgotten in the end")),
        SealedTable.of("notifications.inbound", DISPATCHER).seals("sender").seals("recipient").seals("body")
            .hashes(address("sender", "when replies are forgotten")));

    /** Bytes in the catalogue that no key of ours has made. */
    static final Set<String> WITHOUT_A_KEY = Set.of(
        "waymark.audit_link.hash", // SHA-256 of the row and the link before
        "waymark.statement.hash", // SHA-256 of what was signed, with a random salt in it
        "waymark.statement.previous_hash", // the same of the one before
        "waymark.statement_chain.hash", // the same of the last one
        "waymark.timeline_document.words", // hash of public words and of the version of the code
        "waymark.page_session.key_hash", // SHA-256 of 256 random bits
        "waymark.system_secret.secret_hash", // SHA-256 of 256 random bits
        "waymark.idempotency_key.key_hash", // SHA-256 of the client's own key
        "waymark.rate_limit_bucket.state"); // a counter; its id is a hash by the newest key: counting begins anew

    /**
     * What is hashed and stands in no column of bytes: names of limits, of devices that limits know and of the queue's items,
     * made anew after a change.
     */
    static final Set<String> PURPOSES_IN_TEXT = Set.of("limit.", "hearing", "device", "unusual_reading", "reminder_trial",
        // of forms of the pages, which are shown again after a change
        "page_form");

    private SealedColumns() { }

    private static SealedTable.Hash address(String from, String ends) {
        return new SealedTable.Hash("address_key", "notifications.address", from, null, (plain, beside) -> plain, null,
            "address_key is not null and " + from + " is null and id < :floor", ends);
    }
}
