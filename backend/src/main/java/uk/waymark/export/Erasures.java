package uk.waymark.export;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.model.ErasedPart;
import uk.waymark.api.model.Erasure;
import uk.waymark.api.model.KeptPart;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Erasure where the law allows it; the rest is refused with the reason (docs/adr/0022-keys-and-what-people-take.md). */
@Singleton
class Erasures {
    /** What is never erased at a person's wish, in the order of its words. */
    static final List<String> KEPT = List.of("case_records", "messages", "what_was_told", "safety", "contact_history", "access_log");
    private final ActingAs acting;
    private final Exports exports;
    private final ExportWords words;
    private final Audit audit;
    private final WorkItems workItems;
    private final CaseClock clock;
    private final List<Erasable> parts;

    Erasures(ActingAs acting, Exports exports, ExportWords words, Audit audit, WorkItems workItems, CaseClock clock,
             List<Erasable> parts) {
        this.acting = acting;
        this.exports = exports;
        this.words = words;
        this.audit = audit;
        this.workItems = workItems;
        this.clock = clock;
        this.parts = parts.stream().sorted(Comparator.comparing(Erasable::what)).toList();
    }

    /** Leaves it to the unit, which rings first. */
    Erasure ask(Caller.Person person, String acceptLanguage) {
        exports.requireFresh(person);
        exports.mine(person).forEach(one -> exports.ask(one, "erasure_wanted"));
        return answer(Language.of(acceptLanguage, acting.as(person, c -> Sql.one(c, "select waymark.ctx_language() as language",
            r -> r.getString("language")).orElse("en"))));
    }

    /** @param reason kept in a completed item of the queue, as long as the force keeps what staff write. @throws ProblemException 404 */
    Erasure erase(Caller.Staff staff, UUID person, String reason, String acceptLanguage) {
        return acting.as(staff, c -> {
            Sql.one(c, "select id from waymark.person where id = ? and merged_into is null for update", r -> Sql.uuid(r, "id"), person)
                .orElseThrow(ProblemException::notFound);
            parts.forEach(part -> part.erase(c, person));
            String key = "erasure:" + person + ':' + clock.instant();
            workItems.open(c, new NewWorkItem("erasure_wanted", key, null, person, null, "erased", reason,
                clock.instant().plus(Duration.ofDays(1))));
            workItems.settle(c, key);
            audit.record(c, staff, "person_erased", null, person);
            return answer(Language.of(acceptLanguage, "en"));
        });
    }

    private Erasure answer(String language) {
        return new Erasure(
            parts.stream().map(part -> new ErasedPart(part.what(), words.of(language, "erased." + part.what()))).toList(),
            KEPT.stream().map(what -> new KeptPart(what, words.of(language, "kept." + what))).toList());
    }
}
