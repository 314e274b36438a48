package uk.waymark.forces;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** Brings the rows of a force in line with its file, and says of each what it changed. */
final class ForceRows {
    private static final Pattern TEMPLATE = Pattern.compile("\"(\\w+)\": \"([0-9a-f-]+)\"");
    private final Connection c;
    private final Ids ids;
    private final List<String> changes;

    ForceRows(Connection c, Ids ids, List<String> changes) {
        this.c = c;
        this.ids = ids;
        this.changes = changes;
    }

    UUID force(ForceFile file) {
        record Known(UUID id, ForceFile.Names name, boolean welsh, String colour) { }
        Optional<Known> known = Sql.one(c, "select id, name_en, name_cy, welsh, colour from waymark.force where code = ?",
            r -> new Known(Sql.uuid(r, "id"), names(r, "name"), r.getBoolean("welsh"), r.getString("colour")), file.code());
        UUID id = known.map(Known::id).orElseGet(ids::next);
        if (known.isEmpty() || !known.get().equals(new Known(id, file.name(), file.welsh(), file.colour()))) {
            Sql.run(c, """
                -- whoever sets a force up anew has staff say why they read, unless the file says otherwise
                insert into waymark.force (id, code, name_en, name_cy, welsh, colour, read_reasons) values (?, ?, ?, ?, ?, ?, 'required')
                on conflict (id) do update set name_en = excluded.name_en, name_cy = excluded.name_cy, welsh = excluded.welsh,
                    colour = excluded.colour""", id, file.code(), file.name().en(), file.name().cy(), file.welsh(), file.colour());
            said("force " + file.code(), known.isEmpty());
        }
        return id;
    }

    void units(UUID force, List<ForceFile.Unit> wanted) {
        record Known(UUID id, ForceFile.Unit unit) { }
        var known = new LinkedHashMap<String, Known>();
        Sql.list(c, "select id, code, name_en, name_cy, phone from waymark.unit where force_id = ? order by code",
            r -> new Known(Sql.uuid(r, "id"), new ForceFile.Unit(r.getString("code"), names(r, "name"), r.getString("phone"),
                hours(Sql.uuid(r, "id")))), force).forEach(k -> known.put(k.unit().code(), k));
        for (ForceFile.Unit unit : wanted) {
            Known before = known.remove(unit.code());
            if (before == null || !before.unit().equals(unit)) {
                write(force, before == null ? ids.next() : before.id(), unit);
                said("unit " + unit.code(), before == null);
            }
        }
        known.forEach((code, gone) -> {
            Sql.run(c, "delete from waymark.unit where id = ?", gone.id());
            changes.add("unit " + code + ": removed");
        });
    }

    private void write(UUID force, UUID id, ForceFile.Unit unit) {
        Sql.run(c, """
            insert into waymark.unit (id, force_id, code, name_en, name_cy, phone) values (?, ?, ?, ?, ?, ?)
            on conflict (id) do update set name_en = excluded.name_en, name_cy = excluded.name_cy, phone = excluded.phone""",
            id, force, unit.code(), unit.name().en(), unit.name().cy(), unit.phone());
        Sql.run(c, "delete from waymark.unit_hours where unit_id = ?", id);
        for (ForceFile.Hours h : unit.hours()) {
            Sql.run(c, "insert into waymark.unit_hours (unit_id, force_id, weekday, opens, closes) values (?, ?, ?, ?, ?)",
                id, force, h.weekday(), h.opens(), h.closes());
        }
    }

    private List<ForceFile.Hours> hours(UUID unit) {
        return Sql.list(c, "select weekday, opens, closes from waymark.unit_hours where unit_id = ? order by weekday, opens",
            r -> new ForceFile.Hours(r.getInt("weekday"), r.getObject("opens", LocalTime.class),
                r.getObject("closes", LocalTime.class)), unit);
    }

    void phones(UUID force, List<ForceFile.Phone> wanted) {
        List<ForceFile.Phone> known = Sql.list(c,
            "select number, label_en, label_cy from waymark.force_phone where force_id = ? order by position",
            r -> new ForceFile.Phone(r.getString("number"), names(r, "label")), force);
        if (known.equals(wanted)) {
            return;
        }
        Sql.run(c, "delete from waymark.force_phone where force_id = ?", force);
        for (int i = 0; i < wanted.size(); i++) {
            ForceFile.Phone phone = wanted.get(i);
            Sql.run(c, "insert into waymark.force_phone (force_id, number, label_en, label_cy, position) values (?, ?, ?, ?, ?)",
                force, phone.number(), phone.label().en(), phone.label().cy(), i);
        }
        changes.add("phones: " + (wanted.isEmpty() ? "none any more"
            : wanted.stream().map(ForceFile.Phone::number).collect(Collectors.joining(", "))));
    }

    /**
     * The file says all there is: an account that it does not name goes. A Firebase project stays where the file names none:
     * it may have been put there by hand, as that of the app is.
     */
    void senders(UUID force, List<ForceFile.Sender> wanted) {
        record Known(UUID id, ForceFile.Sender sender) { }
        var known = new LinkedHashMap<String, Known>();
        Sql.list(c, """
            select id, kind, account_sid, messaging_service_sid, sender, discreet_sender, two_way, weight, keywords,
                   templates::text as templates, credential_ref
              from waymark.provider_account where force_id = ? order by id""",
            r -> known.put(r.getString("kind") + ' ' + r.getString("account_sid"), new Known(Sql.uuid(r, "id"), sender(r))),
            force);
        for (ForceFile.Sender sender : wanted) {
            Known before = known.remove(sender.kind() + ' ' + sender.account());
            if (before == null || !before.sender().equals(sender)) {
                put(before == null ? ids.next() : before.id(), force, sender);
                said("sender at " + sender.kind(), before == null);
            }
        }
        boolean projectsToo = wanted.stream().anyMatch(s -> s.kind().equals("firebase"));
        known.values().stream().filter(k -> projectsToo || !k.sender().kind().equals("firebase")).forEach(gone -> {
            Sql.run(c, "delete from waymark.provider_account where id = ?", gone.id());
            changes.add("sender at " + gone.sender().kind() + ": removed"
                + (wanted.isEmpty() ? "; nothing is sent for this force" : ""));
        });
    }

    private void put(UUID id, UUID force, ForceFile.Sender sender) {
        Sql.run(c, """
            insert into waymark.provider_account (id, force_id, kind, account_sid, messaging_service_sid, sender,
                discreet_sender, two_way, weight, keywords, templates, credential_ref)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
            on conflict (id) do update set messaging_service_sid = excluded.messaging_service_sid, sender = excluded.sender,
                discreet_sender = excluded.discreet_sender, two_way = excluded.two_way, weight = excluded.weight,
                keywords = excluded.keywords, templates = excluded.templates, credential_ref = excluded.credential_ref""",
            id, force, sender.kind(), sender.account(), sender.messagingServiceSid(), sender.sender(), sender.discreetSender(),
            sender.twoWay(), sender.weight(), sender.keywords(), json(sender.templates()), sender.credentialRef());
    }

    private static ForceFile.Sender sender(ResultSet r) throws SQLException {
        return new ForceFile.Sender(r.getString("kind"), r.getString("account_sid"), r.getString("messaging_service_sid"),
            r.getString("sender"), r.getString("discreet_sender"), r.getBoolean("two_way"), r.getInt("weight"),
            r.getString("keywords"), templates(r.getString("templates")), r.getString("credential_ref"));
    }

    /** Names and ids of templates: nothing in them needs escaping. */
    private static String json(Map<String, String> templates) {
        return templates.entrySet().stream().sorted(Map.Entry.comparingByKey())
            .map(e -> '"' + e.getKey() + "\": \"" + e.getValue() + '"').collect(Collectors.joining(", ", "{", "}"));
    }

    private static Map<String, String> templates(String json) {
        return TEMPLATE.matcher(json).results().collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
    }

    void identityProvider(UUID force, ForceFile.IdentityProvider wanted) {
        record Known(UUID id, ForceFile.IdentityProvider provider) { }
        Optional<Known> known = Sql.one(c, """
            select id, issuer, audience, jwks_uri, token_types, acr_values, web_client, web_secret_ref, web_scope
              from waymark.identity_provider where force_id = ? order by id""",
            r -> new Known(Sql.uuid(r, "id"), new ForceFile.IdentityProvider(URI.create(r.getString("issuer")),
                r.getString("audience"), URI.create(r.getString("jwks_uri")), List.of((String[]) r.getArray("token_types").getArray()),
                List.of((String[]) r.getArray("acr_values").getArray()), r.getString("web_client") == null ? null
                    : new ForceFile.Pages(r.getString("web_client"), r.getString("web_secret_ref"), r.getString("web_scope")))), force);
        if (known.isEmpty() || !Objects.equals(known.get().provider(), wanted)) {
            ForceFile.Pages pages = wanted.pages() == null ? new ForceFile.Pages(null, null, ForceFile.Pages.SCOPE) : wanted.pages();
            Sql.run(c, """
                insert into waymark.identity_provider (id, force_id, issuer, audience, jwks_uri, token_types, acr_values, web_client,
                                                       web_secret_ref, web_scope)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set issuer = excluded.issuer, audience = excluded.audience, jwks_uri = excluded.jwks_uri,
                    token_types = excluded.token_types, acr_values = excluded.acr_values, web_client = excluded.web_client,
                    web_secret_ref = excluded.web_secret_ref, web_scope = excluded.web_scope""",
                known.map(Known::id).orElseGet(ids::next), force, wanted.issuer().toString(), wanted.audience(),
                wanted.jwksUri().toString(), wanted.tokenTypes().toArray(String[]::new), wanted.acrValues().toArray(String[]::new),
                pages.client(), pages.secretRef(), pages.scope());
            said("identity provider", known.isEmpty());
        }
    }

    /** A source that is no longer named goes on being noted: only its limit goes. */
    void feeds(UUID force, Map<String, Optional<Duration>> wanted) {
        var known = new LinkedHashMap<String, Optional<Duration>>();
        Sql.list(c, """
            select source, extract(epoch from silent_after)::bigint as seconds from waymark.feed where force_id = ? order by source""",
            r -> known.put(r.getString("source"), Optional.ofNullable(r.getObject("seconds", Long.class)).map(Duration::ofSeconds)),
            force);
        var limits = new LinkedHashMap<>(wanted);
        known.keySet().forEach(source -> limits.putIfAbsent(source, Optional.empty()));
        limits.forEach((source, limit) -> {
            if (!limit.equals(known.get(source))) {
                // with another limit it is another question whether it is silent: asked anew within a minute
                Sql.run(c, """
                    insert into waymark.feed (force_id, source, silent_after) values (?, ?, make_interval(secs => ?))
                    on conflict (force_id, source) do update set silent_after = excluded.silent_after""",
                    force, source, limit.map(Duration::toSeconds).orElse(null));
                changes.add("feed " + source + ": " + limit.map(l -> "may be silent for " + l).orElse("may be silent for ever"));
            }
        });
    }

    private void said(String what, boolean isNew) {
        changes.add(what + ": " + (isNew ? "new" : "changed"));
    }

    private static ForceFile.Names names(ResultSet r, String column) throws SQLException {
        return new ForceFile.Names(r.getString(column + "_en"), r.getString(column + "_cy"));
    }
}
