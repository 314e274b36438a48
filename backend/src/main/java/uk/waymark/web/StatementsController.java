package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.Me;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.api.model.Statement;
import uk.waymark.api.model.StatementGuidance;
import uk.waymark.api.model.StatementList;
import uk.waymark.api.model.StatementState;

/** What somebody says in their own words, until it is signed: what to know before, writing, saving, throwing away. */
@Controller("/cases/{id}/words")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatementsController {
    private static final String GO = "go";
    private static final Page.Fault TOO_MANY = new Page.Fault("begin", StatementsText.TOO_MANY);
    private static final Page.Fault CHANGED = new Page.Fault(StatementForm.TEXT, StatementsText.CHANGED);
    private static final Page.Fault NOT_TAKEN = new Page.Fault(StatementForm.TEXT, StatementsText.NOT_TAKEN);
    private static final Page.Fault THROWN_CHANGED = new Page.Fault("throw", StatementsText.THROW_CHANGED);
    private final Visits visits;
    private final Templates templates;

    StatementsController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor, @Nullable @QueryValue String saved) {
        Visit visit = visits.person(request);
        StatementList list = visit.api().get(inCase(id) + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)), StatementList.class)
            .orRefuse();
        Page page = saved == null ? visit.page() : visit.page().with(StatementsText.SAVED);
        // whoever takes no part any more has no page of the case to go back to
        boolean theirs = Boolean.TRUE.equals(list.getMayAdd()) || me(visit).getCases().stream().anyMatch(c -> c.getCaseId().equals(id));
        return Answers.page(visit, templates.pagesStatements(page, id.toString(), list, theirs ? "/cases/" + id : "/yours/words"));
    }

    /** A page of its own, so that nobody begins unwarned. */
    @Get("/before")
    HttpResponse<?> before(HttpRequest<?> request, UUID id) {
        Visit visit = visits.person(request);
        return Answers.page(visit, before(visit, visit.page(), id));
    }

    @Post("/before")
    HttpResponse<?> begin(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        var empty = Map.of("text", "", "language", visit.lang().tag());
        return switch (visit.api().create(inCase(id), empty, Statement.class, form)) {
            // no redirect: in discreet mode reading the empty draft anew would take a code
            case Reply.Done<Statement> done -> Answers.page(visit, write(visit, visit.page(), id, done, null));
            case Reply.No<Statement> no when "too-many-drafts".equals(no.refusal().code()) ->
                Answers.again(visit, before(visit, visit.again(List.of(TOO_MANY), form), id));
            case Reply.No<Statement> no when no.refusal().status() == 409 -> notNow(visit, id, no.refusal());
            case Reply.No<Statement> no -> throw new Refused(no.refusal());
        };
    }

    /** A draft to go on with; anything else to read. */
    @Get("/{one}")
    HttpResponse<?> one(HttpRequest<?> request, UUID id, UUID one) {
        Visit visit = visits.person(request);
        Reply.Done<Statement> now = read(visit, id, one);
        return Answers.page(visit, now.body().getState() == StatementState.DRAFT ? write(visit, visit.page(), id, now, null)
            : templates.pagesStatementRead(visit.page(), now.body(), StatementForm.asked(visit, now.body()), facts(visit, now.body())));
    }

    /**
     * Saves. Who does so by the button sees what is saved now, from the answer itself; in discreet mode the list, so that going back or
     * loading again shows no word of it without a code. {@code go} says what for: {@code stay} is the script's, {@code look} goes on to
     * read it through, {@code both} puts what stands there before what was typed.
     */
    @Post("/{one}")
    HttpResponse<?> save(HttpRequest<?> request, UUID id, UUID one, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        try {
            return save(visit, id, one, form);
        } catch (Refused gone) {
            if (gone.refusal().status() != 404 && gone.refusal().status() != 409) {
                throw gone;
            }
            return lateToSave(visit, id, one, form, gone.refusal());
        }
    }

    private HttpResponse<?> save(Visit visit, UUID id, UUID one, Form form) {
        boolean script = form.text(GO).equals("stay");
        Statement theirs = form.text(GO).equals("both") ? read(visit, id, one).body() : null;
        Map<String, Object> words = theirs == null ? StatementForm.words(form) : StatementForm.both(theirs, form);
        return switch (visit.api().put(single(one), words, Statement.class, form)) {
            case Reply.Done<Statement> done when script -> HttpResponse.noContent().header(HttpHeaders.ETAG, done.etag())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
            case Reply.Done<Statement> done when form.text(GO).equals("look") -> Answers.next(visit, here(id, one) + "/through");
            case Reply.Done<Statement> done when me(visit).getDiscreetMode() -> Answers.next(visit, "/cases/" + id + "/words?saved=true");
            case Reply.Done<Statement> done -> Answers.page(visit, write(visit, visit.page().with(StatementsText.SAVED), id, done, null));
            case Reply.No<Statement> no when script && (no.refusal().mendable() || no.refusal().status() == 404) ->
                HttpResponse.status(HttpStatus.valueOf(no.refusal().status())).header(HttpHeaders.CACHE_CONTROL, "no-store");
            case Reply.No<Statement> no when no.refusal().status() == 412 -> apart(visit, id, one, form);
            case Reply.No<Statement> no when no.refusal().mendable() && no.refusal().status() != 409 -> Answers.again(visit, write(visit,
                visit.again(Visit.faults(no.refusal(), StatementForm.faults(form), NOT_TAKEN), form), id, typed(id, one, form), theirs));
            case Reply.No<Statement> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/{one}/throw")
    HttpResponse<?> beforeThrowing(HttpRequest<?> request, UUID id, UUID one) {
        Visit visit = visits.person(request);
        Reply.Done<Statement> now = draft(visit, id, one);
        return Answers.page(visit, templates.pagesStatementThrow(visit.page(), now.body(), now.etag(),
            StatementForm.asked(visit, now.body())));
    }

    @Post("/{one}/throw")
    HttpResponse<?> throwAway(HttpRequest<?> request, UUID id, UUID one, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        return switch (visit.api().send("DELETE", single(one), null, Void.class, StatementForm.read(form))) {
            case Reply.Done<Void> done -> Answers.next(visit, "/cases/" + id + "/words");
            case Reply.No<Void> no when no.refusal().status() == 412 -> {
                Reply.Done<Statement> now = draft(visit, id, one);
                yield Answers.again(visit, templates.pagesStatementThrow(visit.again(List.of(THROWN_CHANGED), form), now.body(),
                    now.etag(), StatementForm.asked(visit, now.body())));
            }
            case Reply.No<Void> no when no.refusal().status() == 409 -> notNow(visit, id, no.refusal());
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    static String inCase(UUID id) {
        return "/v1/me/cases/" + id + "/statements";
    }

    static String single(UUID one) {
        return "/v1/me/statements/" + one;
    }

    static String here(UUID id, UUID one) {
        return "/cases/" + id + "/words/" + one;
    }

    /** @throws Refused 404 also where it is of another case */
    static Reply.Done<Statement> read(Visit visit, UUID id, UUID one) {
        Reply.Done<Statement> now = visit.api().get(single(one), Statement.class).done();
        if (!now.body().getCaseId().equals(id)) {
            throw new Refused(Refusal.own(404, "not-found"));
        }
        return now;
    }

    static Reply.Done<Statement> draft(Visit visit, UUID id, UUID one) {
        Reply.Done<Statement> now = read(visit, id, one);
        if (now.body().getState() != StatementState.DRAFT) {
            throw new Refused(Refusal.own(409, "already-signed"));
        }
        return now;
    }

    /** What cannot be done any more, and what is possible instead, in the API's own words. */
    private HttpResponse<?> notNow(Visit visit, UUID id, Refusal refusal) {
        Page page = visit.page();
        return Answers.page(visit, templates.pagesTaken(page, page.t(StatementsText.NOT_NOW), "", refusal.detail(),
            "/cases/" + id + "/words", Map.of("/cases/" + id + "/calls/new", page.t(DatesText.TALK))));
    }

    /** Two devices wrote: both texts on one page, and its version is the one that stands there. */
    private HttpResponse<?> apart(Visit visit, UUID id, UUID one, Form form) {
        Reply.Done<Statement> theirs = draft(visit, id, one);
        return Answers.again(visit, write(visit, visit.again(List.of(CHANGED), form), id,
            new Reply.Done<>(200, StatementForm.typed(id, one, form), theirs.etag()), theirs.body()));
    }

    /** It was signed or thrown away on another device meanwhile: what was typed here is shown, to be copied into another one. */
    private HttpResponse<?> lateToSave(Visit visit, UUID id, UUID one, Form form, Refusal refusal) {
        Statement typed = StatementForm.typed(id, one, form);
        return Answers.again(visit, templates.pagesStatementLate(visit.page(), typed, StatementForm.asked(visit, typed),
            refusal.status() == 404));
    }

    private static Reply.Done<Statement> typed(UUID id, UUID one, Form form) {
        return new Reply.Done<>(200, StatementForm.typed(id, one, form), form.text(Form.ETAG));
    }

    /** @param theirs what another device saved meanwhile, or null */
    private JteModel write(Visit visit, Page page, UUID id, Reply.Done<Statement> now, Statement theirs) {
        var guidance = StatementForm.guidance(visit, id);
        return templates.pagesStatementWrite(page, id.toString(), now.body(), now.etag(), StatementForm.questions(guidance),
            StatementForm.look(page, now.body()), theirs == null ? Map.of() : StatementForm.elsewhere(page, theirs, now.body(), guidance),
            Languages.written(page, now.body().getLanguage()), StatementForm.whom(guidance));
    }

    private JteModel before(Visit visit, Page page, UUID id) {
        StatementGuidance guidance = visit.api().get(inCase(id) + "/guidance", StatementGuidance.class).orRefuse();
        StatementList list = visit.api().get(inCase(id), StatementList.class).orRefuse();
        var drafts = new LinkedHashMap<String, String>();
        list.getItems().stream().filter(s -> s.getState() == StatementState.DRAFT)
            .forEach(s -> drafts.put(here(id, s.getId()), page.t(StatementsText.DRAFT_OF, page.moment(s.getChangedAt()))));
        return templates.pagesStatementBefore(page, id.toString(), guidance, page.t(as(role(visit, id))), drafts);
    }

    private static ParticipantRole role(Visit visit, UUID id) {
        return me(visit).getCases().stream().filter(c -> c.getCaseId().equals(id)).map(c -> c.getRole()).findFirst().orElse(ParticipantRole.WITNESS);
    }

    private static Me me(Visit visit) {
        return visit.api().get("/v1/me", Me.class).orRefuse();
    }

    private static StatementsText as(ParticipantRole role) {
        return switch (role) {
            case VICTIM -> StatementsText.AS_VICTIM;
            case BEREAVED_RELATIVE -> StatementsText.AS_RELATIVE;
            case PARENT -> StatementsText.AS_PARENT;
            case GUARDIAN, SOCIAL_WORKER -> StatementsText.AS_GUARDIAN;
            case FAMILY_SPOKESPERSON -> StatementsText.AS_SPOKESPERSON;
            case BUSINESS_CONTACT -> StatementsText.AS_BUSINESS;
            case WITNESS -> StatementsText.AS_OTHER;
        };
    }

    /** What stands beside the words of one that is signed, or kept elsewhere. */
    private static Map<String, String> facts(Visit visit, Statement now) {
        Page page = visit.page();
        var facts = new LinkedHashMap<String, String>();
        put(facts, page.t(StatementsText.SIGNED_BY), now.getSignature());
        put(facts, page.t(StatementsText.SIGNED_AT), moment(page, now.getSignedAt()));
        put(facts, page.t(StatementsText.ORGANISATION), now.getOrganisation());
        put(facts, page.t(StatementsText.AUTHORITY), now.getAuthority());
        put(facts, page.t(StatementsText.READ_TO_YOU), now.getReadToMakerBy());
        put(facts, page.t(StatementsText.ADDS_TO), moment(page, added(visit, now)));
        put(facts, page.t(StatementsText.PASSED_ON), moment(page, now.getPassedOnAt()));
        put(facts, page.t(StatementsText.MADE_AT), moment(page, now.getMadeAt()));
        put(facts, page.t(StatementsText.WHERE_KEPT), now.getWhereKept());
        put(facts, page.t(StatementsText.TRANSLATOR), now.getTranslator());
        put(facts, page.t(StatementsText.ALOUD), now.getReadAloud() == null ? null : page.t(SigningController.words(now.getReadAloud())));
        return facts;
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }

    private static String moment(Page page, OffsetDateTime at) {
        return at == null ? null : page.moment(at);
    }

    /** When the one was signed that this one adds to; null where it adds to none. */
    private static OffsetDateTime added(Visit visit, Statement now) {
        return now.getSupplements() == null ? null : visit.api().get(inCase(now.getCaseId()) + "?limit=100", StatementList.class).orRefuse()
            .getItems().stream().filter(s -> s.getId().equals(now.getSupplements())).map(s -> s.getSignedAt())
            .filter(java.util.Objects::nonNull).findFirst().orElse(null);
    }
}
