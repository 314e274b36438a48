package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What the sandbox remembers over a restart, sealed. */
@Singleton
@Requires(env = "sandbox")
final class Notes {
    private static final String COLUMN = "sandbox.note.value";
    private final ActingAs acting;
    private final Sealing sealing;
    private final Ids ids;

    Notes(ActingAs acting, Sealing sealing, Ids ids) {
        this.acting = acting;
        this.sealing = sealing;
        this.ids = ids;
    }

    Optional<String> find(String name) {
        return acting.as(new Caller.Nobody(), c -> Sql.one(c, "select id, value from sandbox.note where name_key = ?",
            r -> sealing.openText(COLUMN, Sql.uuid(r, "id"), r.getBytes("value")), key(name)));
    }

    void put(String name, String value) {
        UUID id = ids.next();
        acting.as(new Caller.Nobody(), c -> Sql.run(c, """
            insert into sandbox.note (name_key, id, value) values (?, ?, ?)
            on conflict (name_key) do update set id = excluded.id, value = excluded.value""",
            key(name), id, sealing.sealText(COLUMN, id, value)));
    }

    /** What is noted, or else what is made now: the first of several instances wins. */
    String findOrMake(String name, Supplier<String> maker) {
        Optional<String> known = find(name);
        if (known.isPresent()) {
            return known.get();
        }
        UUID id = ids.next();
        byte[] sealed = sealing.sealText(COLUMN, id, maker.get());
        acting.as(new Caller.Nobody(), c -> Sql.run(c,
            "insert into sandbox.note (name_key, id, value) values (?, ?, ?) on conflict (name_key) do nothing", key(name), id, sealed));
        return find(name).orElseThrow();
    }

    /** A name may hold a number. */
    private byte[] key(String name) {
        return sealing.key("sandbox.note", name);
    }
}
