package uk.waymark.forces;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Brings what a force says of call backs in line with its file. */
final class CallBackRows {
    private final Connection c;
    private final List<String> changes;

    CallBackRows(Connection c, List<String> changes) {
        this.c = c;
        this.changes = changes;
    }

    void write(UUID force, ForceFile.CallBacks wanted) {
        record Known(Duration due, ForceFile.OutOfHours desk) { }
        Optional<Known> known = Sql.one(c, """
            select due_minutes, out_of_hours_name, out_of_hours_phone, out_of_hours_text, out_of_hours_language from waymark.call_back_rule
             where force_id = ?""",
            r -> new Known(r.getObject("due_minutes") == null ? null : Duration.ofMinutes(r.getInt("due_minutes")),
                new ForceFile.OutOfHours(r.getString("out_of_hours_name"), r.getString("out_of_hours_phone"),
                    r.getString("out_of_hours_text"), r.getString("out_of_hours_language"))), force);
        if (!known.equals(Optional.of(new Known(wanted.due(), wanted.outOfHours())))) {
            Sql.run(c, """
                insert into waymark.call_back_rule (force_id, due_minutes, out_of_hours_name, out_of_hours_phone, out_of_hours_text,
                    out_of_hours_language)
                values (?, ?, ?, ?, ?, ?)
                on conflict (force_id) do update set due_minutes = excluded.due_minutes, out_of_hours_name = excluded.out_of_hours_name,
                    out_of_hours_phone = excluded.out_of_hours_phone, out_of_hours_text = excluded.out_of_hours_text,
                    out_of_hours_language = excluded.out_of_hours_language""", force,
                wanted.due() == null ? null : (int) wanted.due().toMinutes(), wanted.outOfHours().name(), wanted.outOfHours().phone(),
                wanted.outOfHours().text(), wanted.outOfHours().language());
            changes.add("call backs: out of hours " + wanted.outOfHours().name() + (texted(wanted.outOfHours()) ? ", woken by a text"
                : ", who cannot be texted: add text, with the number of a phone that takes texts"));
        }
        speakers(force, wanted.welshSpeakers().stream().distinct().sorted().toList());
        wanted.places().forEach(p -> places(force, p));
    }

    private static boolean texted(ForceFile.OutOfHours desk) {
        return desk.text() != null || desk.phone().startsWith("+447");
    }

    private void speakers(UUID force, List<String> wanted) {
        List<String> known = Sql.list(c, "select subject from waymark.call_back_speaker where force_id = ? order by subject",
            r -> r.getString("subject"), force).stream().sorted().toList();
        if (!known.equals(wanted)) {
            Sql.run(c, "delete from waymark.call_back_speaker where force_id = ?", force);
            wanted.forEach(who -> Sql.run(c, "insert into waymark.call_back_speaker (force_id, subject, language) values (?, ?, 'cy')", force,
                who));
            changes.add("call backs: " + wanted.size() + " who speak Welsh");
        }
    }

    private void places(UUID force, ForceFile.Places p) {
        int changed = Sql.run(c, """
            update waymark.unit set call_minutes = ?, call_places = ?
             where force_id = ? and code = ? and (call_minutes, call_places) is distinct from (?::int, ?::int)""", p.minutes(), p.places(),
            force, p.unit(), p.minutes(), p.places());
        if (changed > 0) {
            changes.add("unit " + p.unit() + ": " + p.places() + " calls at once, " + p.minutes() + " minutes each");
        }
    }

    /** Forces whose desk cannot be texted: nobody is woken, and somebody has to ring them. @return one line each */
    static List<String> notWoken(Connection owner) {
        return Sql.list(owner, """
            select f.code, r.out_of_hours_phone, r.out_of_hours_text, r.out_of_hours_name from waymark.force f
              join waymark.call_back_rule r on r.force_id = f.id order by f.code""",
            r -> texted(new ForceFile.OutOfHours(r.getString("out_of_hours_name"), r.getString("out_of_hours_phone"),
                r.getString("out_of_hours_text"), null)) ? null : "force " + r.getString("code") + ": nobody is woken at night, since its "
                    + "out-of-hours contact has no number that takes texts: add text to call_backs.out_of_hours in its file and run "
                    + "./waymark force add FILE").stream().filter(Objects::nonNull).toList();
    }

    static boolean known(Connection c, UUID force) {
        return Sql.one(c, "select 1 as one from waymark.call_back_rule where force_id = ?", r -> true, force).orElse(false);
    }

    /** Forces for which nobody has said who answers at night. @return one line each */
    static List<String> missing(Connection owner) {
        return Sql.list(owner, """
            select code from waymark.force f where not exists (select 1 from waymark.call_back_rule r where r.force_id = f.id) order by code""",
            r -> "force " + r.getString("code") + " has nobody for people who do not feel safe while its units are closed: add call_backs: "
                + "{out_of_hours: {name: NAME, phone: NUMBER}} to its file and run ./waymark force add FILE");
    }
}
