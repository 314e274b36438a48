package uk.waymark.export;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Language;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Who may take a file with them: whoever has just signed in, unless a case of theirs carries a safety flag. Then nothing is left
 * on a phone that somebody else may read: the unit arranges it.
 */
@Singleton
class Exports {
    /** A working day until the calendar of working days comes; the law allows a month. */
    private static final Duration DUE = Duration.ofDays(1);
    private final ActingAs acting;
    private final WorkItems workItems;
    private final Audit audit;
    private final ExportFile file;
    private final CaseClock clock;
    private final MachineClock machine;

    Exports(ActingAs acting, WorkItems workItems, Audit audit, ExportFile file, CaseClock clock, MachineClock machine) {
        this.acting = acting;
        this.workItems = workItems;
        this.audit = audit;
        this.file = file;
        this.clock = clock;
        this.machine = machine;
    }

    /** @param force whose person it is; @param safety whether a case of theirs carries a safety flag */
    record Mine(UUID person, UUID force, boolean safety) { }

    /** Writes the file. */
    interface Body {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Checks at once and writes later.
     *
     * @throws SignInRefused    where the last sign-in is too long ago
     * @throws ProblemException 409 {@code export-by-unit} for flagged people; the unit has it in its queue then
     */
    Body open(Caller.Person person, String acceptLanguage) {
        requireFresh(person);
        List<Mine> mine = mine(person);
        if (mine.stream().anyMatch(Mine::safety)) {
            mine.forEach(one -> ask(one, "export_wanted"));
            throw ProblemException.conflict("export-by-unit", "We will get it to you another way",
                "So that nothing is left on a phone or computer that others can see, you get this in a way that is safe for you. "
                    + "We will be in touch to agree how.");
        }
        acting.as(person, c -> {
            mine.forEach(one -> audit.record(c, person, "exported", null, one.person()));
            return null;
        });
        return body(person, Language.of(acceptLanguage, null));
    }

    /** @param wanted the language, or null for the person's own */
    Body body(Caller.OwnView view, String wanted) {
        String language = wanted != null ? wanted : acting.as(view, c -> Sql.one(c, "select waymark.ctx_language() as language",
            r -> r.getString("language")).orElse("en"));
        Map<String, String> contacts = contacts(view, language);
        return out -> file.write(view, language, clock.instant(), contacts, out);
    }

    void requireFresh(Caller.Person person) {
        if (person.authTime().isBefore(machine.instant().minus(SignInRefused.FRESH))) {
            throw SignInRefused.tooLongAgo();
        }
    }

    List<Mine> mine(Caller.Person person) {
        return acting.as(person, c -> Sql.list(c, """
            select id, force_id, safety from waymark.person where id = any ((select waymark.ctx_persons())::uuid[]) order by id""",
            r -> new Mine(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"), r.getBoolean("safety"))));
    }

    /** One item a day and person, however often it is asked for. */
    void ask(Mine one, String kind) {
        acting.as(new Caller.Worker(one.force()), c -> workItems.open(c, new NewWorkItem(kind,
            kind + ':' + one.person() + ':' + clock.instant().toString().substring(0, 10), null, one.person(), null, kind, null,
            clock.instant().plus(DUE))));
    }

    private Map<String, String> contacts(Caller.OwnView view, String language) {
        var contacts = new LinkedHashMap<String, String>();
        acting.as(view, c -> Sql.list(c, """
            select name_en, name_cy, subject_access from waymark.force
             where subject_access is not null
               and id in (select force_id from waymark.person where id = any ((select waymark.ctx_persons())::uuid[])) order by code""",
            r -> contacts.put(r.getString("cy".equals(language) ? "name_cy" : "name_en"), r.getString("subject_access"))));
        return contacts;
    }
}
