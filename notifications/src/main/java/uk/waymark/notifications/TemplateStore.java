package uk.waymark.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import uk.waymark.notifications.Wording.Problem;

/**
 * The versions of all templates, in the database, on the host's connections. A version never changes. Words of a tenant's
 * own go before those that all share; which are used is settled when a message is enqueued, and it keeps them.
 */
public final class TemplateStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * Of the rows of {@code notifications.template t} with one name, those that a message of this tenant may be made with: what
     * all share, and its own since it last went back to that.
     */
    static final String OF_TENANT = """
        (t.tenant is null or t.tenant = ?::uuid and not exists (
            select 1 from notifications.template b
            where b.tenant = t.tenant and b.name = t.name and b.back_to_shared and b.version >= t.version))""";

    private final Templates templates;
    private final Ids ids;
    private final InstantSource caseTime;

    /** @param caseTime gives the time of saving */
    public TemplateStore(Templates templates, Ids ids, InstantSource caseTime) {
        this.templates = templates;
        this.ids = ids;
        this.caseTime = caseTime;
    }

    /** What came of saving. */
    public sealed interface Saved {

        /** It is kept, and what is enqueued from now on is made with it, unless there is a newer one. */
        record Added(int version) implements Saved {
        }

        /** It was there already, word for word. */
        record AlreadyThere(int version) implements Saved {
        }

        /** Nothing was saved: this is all that is wrong. */
        record Refused(List<Problem> problems) implements Saved {
        }

        /** Nothing was saved: the version is there with other words. */
        record OtherWords(int version) implements Saved {
        }
    }

    /** @param own whether they are a tenant's own words, and not those that all share */
    public record Kept(Wording wording, boolean own, Instant savedAt) {
    }

    /**
     * A version of a tenant's own.
     *
     * @param wording      the words; of one that went back, those that all shared at that time
     * @param backToShared from here on the tenant said what all share
     */
    public record OwnVersion(Wording wording, boolean backToShared, Instant savedAt) {
    }

    /**
     * Saves words in the caller's transaction, which must act for {@code tenant}, or for none where that is null.
     *
     * @param tenant whose own words they become; null for those that all share
     */
    public Saved save(Connection connection, UUID tenant, Wording wording) {
        List<Problem> problems = problems(tenant, wording);
        if (!problems.isEmpty()) {
            return new Saved.Refused(problems);
        }
        if (insert(connection, tenant, wording, false)) {
            return new Saved.Added(wording.version());
        }
        Templates.Version version = new Templates.Version(tenant, wording.name(), wording.version());
        return find(connection, version).filter(wording::equals).isPresent()
            ? new Saved.AlreadyThere(wording.version()) : new Saved.OtherWords(wording.version());
    }

    /**
     * From now on the tenant says what all share, also where that changes; what it said before stays kept.
     *
     * @param version the next one of the tenant's own
     * @return false where the tenant has this version already: somebody else was faster
     * @throws IllegalArgumentException for a name that there is not
     */
    public boolean backToShared(Connection connection, UUID tenant, String name, int version) {
        Wording shared = templates.shipped(name);
        return insert(connection, Objects.requireNonNull(tenant),
            new Wording(name, version, shared.segments(), shared.fields(), shared.texts()), true);
    }

    private boolean insert(Connection connection, UUID tenant, Wording wording, boolean backToShared) {
        return Sql.of(connection, """
            insert into notifications.template (id, tenant, name, version, fields, wording, saved_at, back_to_shared)
            values (?, ?::uuid, ?, ?, ?, ?::jsonb, ?, ?) on conflict do nothing""", ids.next(), tenant, wording.name(),
            wording.version(), wording.fields().keySet(), json(wording), caseTime.instant(), backToShared).update() == 1;
    }

    /** Everything that is wrong with words, without saving them; parameters as for {@link #save}. */
    public List<Problem> problems(UUID tenant, Wording wording) {
        List<Problem> problems = new ArrayList<>(WordingRules.problems(wording, templates.languages()));
        if (tenant != null) {
            problems.addAll(againstShared(wording));
        }
        return List.copyOf(problems);
    }

    /**
     * A tenant's own words for what the host ships: with the budgets of those that all share, and those of their fields
     * that are used.
     *
     * @throws IllegalArgumentException for a name that there is not
     */
    public Wording own(String name, int version, Map<String, Map<String, String>> texts) {
        Wording shared = templates.shipped(name);
        Map<String, String> used = new HashMap<>();
        texts.values().forEach(variants -> variants.values().forEach(text -> new Text(text).fields().stream()
            .filter(shared.fields()::containsKey).forEach(field -> used.put(field, shared.fields().get(field)))));
        return new Wording(name, version, shared.segments(), used, texts);
    }

    /** A tenant may put things in its own words, but messages bring only what the host gives them. */
    private List<Problem> againstShared(Wording own) {
        if (!templates.names().contains(own.name())) {
            return List.of(new Problem("/name", "is not the name of a template"));
        }
        Wording shared = templates.shipped(own.name());
        List<Problem> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(own.fields().keySet());
        unknown.removeAll(shared.fields().keySet());
        unknown.forEach(field -> problems.add(new Problem("/fields/" + field, "is not a field of this template")));
        String first = templates.languages().getFirst();
        if (!own.variants(first).equals(shared.variants(first))) {
            problems.add(new Problem("/texts/" + first, "has not the variants " + new TreeSet<>(shared.variants(first))));
        }
        return problems;
    }

    /**
     * Saves the words that the host ships, where they are not there. The transaction acts for no tenant.
     *
     * @return how many were saved
     * @throws IllegalStateException where words were changed and their version was not
     */
    public int ship(Connection connection) {
        List<String> changed = new ArrayList<>();
        int added = 0;
        for (Wording wording : templates.shipped()) {
            switch (save(connection, null, wording)) {
                case Saved.Added(int version) -> added++;
                case Saved.AlreadyThere(int version) -> { }
                case Saved.OtherWords(int version) -> changed.add(wording.name() + " version " + version);
                case Saved.Refused(List<Problem> problems) -> changed.add(wording.name() + " " + problems);
            }
        }
        if (!changed.isEmpty()) {
            throw new IllegalStateException("other words are kept under the same version: " + String.join(", ", changed)
                + ". A change of words is a new version.");
        }
        return added;
    }

    /** What a message of this tenant that is enqueued now is made with, if it brings all fields. */
    public Optional<Kept> current(Connection connection, UUID tenant, String name) {
        return Sql.of(connection, """
            select name, version, wording, tenant is not null as own, saved_at from notifications.template t
            where name = ? and\s""" + OF_TENANT + " order by tenant nulls last, version desc limit 1", name, tenant)
            .first(row -> new Kept(wording(row), row.getBoolean("own"), Sql.instant(row, "saved_at")));
    }

    /** Every version of the tenant's own, the newest first. */
    public List<OwnVersion> ownVersions(Connection connection, UUID tenant, String name) {
        return Sql.of(connection, """
            select name, version, wording, back_to_shared, saved_at from notifications.template
            where name = ? and tenant = ? order by version desc""", name, tenant)
            .list(row -> new OwnVersion(wording(row), row.getBoolean("back_to_shared"), Sql.instant(row, "saved_at")));
    }

    static Optional<Wording> find(Connection connection, Templates.Version wanted) {
        return Sql.of(connection, """
            select name, version, wording from notifications.template
            where name = ? and tenant is not distinct from ?::uuid and version = ?""", wanted.name(), wanted.tenant(),
            wanted.version()).first(TemplateStore::wording);
    }

    /** As it lies in the column. */
    private record Stored(Map<String, Integer> segments, Map<String, String> fields,
                          Map<String, Map<String, String>> texts) {
    }

    private static String json(Wording wording) {
        try {
            return JSON.writeValueAsString(new Stored(wording.segments(), wording.fields(), wording.texts()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a wording cannot be written as JSON", e);
        }
    }

    private static Wording wording(ResultSet row) throws SQLException {
        try {
            Stored stored = JSON.readValue(row.getString("wording"), Stored.class);
            return new Wording(row.getString("name"), row.getInt("version"), Objects.requireNonNull(stored.segments),
                Objects.requireNonNull(stored.fields), Objects.requireNonNull(stored.texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept wording cannot be read", e);
        }
    }
}
