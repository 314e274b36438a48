package uk.waymark.preferences;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.cases.CaseReferences;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.outbound.PassedOn;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** How a person wants to be told, put out for the force's own system whenever it changes: whole each time, once for each case. */
@Singleton
final class PreferencesPassedOn implements PassedOn {
    private static final String TYPE = "contact_preferences";
    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).serializationInclusion(JsonInclude.Include.NON_NULL).build();
    private final Outbound outbound;
    private final CaseReferences references;
    private final StaffView view;
    private final Ids ids;

    PreferencesPassedOn(Outbound outbound, CaseReferences references, StaffView view, Ids ids) {
        this.outbound = outbound;
        this.references = references;
        this.view = view;
        this.ids = ids;
    }

    /** Who said what was said last. In a flagged case that makes a difference: somebody else may hold the phone. */
    enum Said {
        PERSON, STAFF
    }

    /** @param c of a transaction of the force that makes the change @param now as they stand from now on */
    void put(Connection c, UUID force, PersonPreferences.Current now, Said by) {
        ObjectNode data = JSON.valueToTree(view.of(now));
        // whoever works from the force's system could not tell it from one that counts
        data.remove("word_to_confirm");
        if (now.standing().flagged()) {
            data.put("said_by", by == Said.STAFF ? "staff" : "person").put("confirmed", by == Said.STAFF);
        }
        UUID version = ids.next();
        references.casesOf(c, now.person()).forEach(caseId -> outbound.put(c, new NewParcel(force, TYPE, caseId, now.person(),
            now.person(), TYPE + ':' + version + ':' + caseId, data, true)));
        Sql.run(c, "update waymark.person set preferences_passed_on_at = null where id = ?", now.person());
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** All of the person's cases have to have arrived: who comes last sees the others. */
    @Override
    public void passedOn(Connection connection, UUID force, UUID person, String reference, Instant at) {
        Sql.one(connection, "select id from waymark.person where id = ? for update", r -> true, person);
        if (!outbound.waits(connection, person)) {
            Sql.run(connection, "update waymark.person set preferences_passed_on_at = ? where id = ?", at, person);
        }
    }
}
