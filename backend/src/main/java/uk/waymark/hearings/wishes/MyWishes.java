package uk.waymark.hearings.wishes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.ReplySettings;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Wish;
import uk.waymark.hearings.wishes.CourtWishes.Words;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Language;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;

/** Days to avoid and needs for the day: what people ask for. */
@Singleton
final class MyWishes {
    /** Roles that are asked by themselves: the contract's table {@code x-what-a-role-sees}, {@code gives}. */
    static final Set<String> ASKED = Set.of("victim", "witness", "bereaved_relative", "parent", "guardian", "social_worker");

    private final ActingAs acting;
    private final CourtWishes wishes;
    private final PassingOn passing;
    private final ReplySettings settings;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;
    private final MachineClock machine;

    MyWishes(ActingAs acting, CourtWishes wishes, PassingOn passing, ReplySettings settings, Audit audit, Ids ids, CaseClock clock,
             MachineClock machine) {
        this.acting = acting;
        this.wishes = wishes;
        this.passing = passing;
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.machine = machine;
    }

    /**
     * @param words   null where nobody has said anything
     * @param leftOut whether texts are left out of them: in discreet mode they take a fresh sign-in
     * @param next    null on reading
     */
    record Current(Words words, boolean leftOut, Instant givenAt, boolean byStaff, Instant passedOn, String tag, String next, String language) {

        private Current withoutTexts() {
            return words == null || !words.hasTexts() ? this
                : new Current(words.withoutTexts(), true, givenAt, byStaff, passedOn, tag, next, language);
        }
    }

    private record Part(UUID person, UUID force, String role, boolean required) { }

    private record Known(List<Part> parts, List<Wish> wishes, String tag) {
        Optional<Wish> of(UUID person) {
            return wishes.stream().filter(w -> w.person().equals(person)).findFirst();
        }
    }

    /** @throws ProblemException 404 */
    Current read(Caller.Person person, UUID caseId, Kind kind) {
        return acting.as(person, c -> shown(current(known(c, caseId, kind), null, null), hidden(c, person)));
    }

    /** @throws ProblemException 404; 409 for a role that is not asked; 412, 428 */
    Current put(Caller.Person person, UUID caseId, Kind kind, Words words, String ifMatch, String acceptLanguage) {
        return acting.as(person, c -> {
            Known known = known(c, caseId, kind);
            WishViews.checkRead(ifMatch, known.tag());
            List<Part> asked = known.parts().stream().filter(p -> p.required() || ASKED.contains(p.role())).toList();
            if (asked.isEmpty()) {
                throw ProblemException.conflict("not-asked", "Nobody has asked you for this",
                    "You are not needed on a date so far. If that should change, you can say it then.");
            }
            boolean hidden = hidden(c, person);
            String language = Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language",
                r -> r.getString("language")).orElse("en"));
            for (Part part : asked) {
                Optional<Wish> before = known.of(part.person());
                // what was not read back is not taken back
                Words said = hidden ? before.map(w -> words.withTextsOf(w.words())).orElse(words) : words;
                if (!wishes.put(c, before.map(Wish::id).orElseGet(ids::next), part.person(), caseId, kind, said,
                        before.map(Wish::version).orElse(0), clock.instant())) {
                    throw WishViews.changed();
                }
                audit.record(c, person, kind == Kind.NEEDS ? "needs_given" : "availability_given", caseId, part.person());
            }
            Known after = known(c, caseId, kind);
            acting.goOn(c, new Caller.Worker(asked.getFirst().force()));
            after.wishes().stream().filter(w -> asked.stream().anyMatch(p -> p.person().equals(w.person()))).forEach(w -> passing.passOn(c, w));
            return shown(current(after, settings.text("next." + kind.stored() + '.' + language), language), hidden);
        });
    }

    private static Current shown(Current current, boolean hidden) {
        return hidden ? current.withoutTexts() : current;
    }

    /** In discreet mode whoever finds a session reads nobody's own words; a fresh sign-in does. */
    private boolean hidden(Connection c, Caller.Person person) {
        return person.authTime().isBefore(machine.instant().minus(SignInRefused.FRESH)) && Sql.one(c, """
            select bool_or(safety or coalesce(chosen_discreet, false)) as discreet from waymark.person
             where id = any ((select waymark.ctx_persons())::uuid[])""", r -> r.getBoolean("discreet")).orElse(true);
    }

    private Known known(Connection c, UUID caseId, Kind kind) {
        List<Part> parts = Sql.list(c, """
            select pa.person_id, pa.force_id, pa.role,
                   exists (select 1 from waymark.hearing_person hp join waymark.hearing h on h.id = hp.hearing_id and h.state = 'listed'
                            where hp.case_id = pa.case_id and hp.person_id = pa.person_id and hp.required) as required
              from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
             where pa.case_id = ? and pa.person_id = any ((select waymark.ctx_persons())::uuid[]) order by pa.person_id""",
            r -> new Part(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), r.getString("role"), r.getBoolean("required")), caseId);
        if (parts.isEmpty()) {
            throw ProblemException.notFound();
        }
        List<Wish> said = wishes.inCase(c, caseId, kind);
        return new Known(parts, said, ETags.of(caseId + kind.stored() + said.stream().map(w -> w.person() + ":" + w.version()).toList()));
    }

    private static Current current(Known known, String next, String language) {
        return known.wishes().stream().max((a, b) -> a.givenAt().compareTo(b.givenAt()))
            .map(w -> new Current(w.words(), false, w.givenAt(), w.givenBy() != null, w.passedOn(), known.tag(), next, language))
            .orElseGet(() -> new Current(null, false, null, false, null, known.tag(), next, language));
    }
}
