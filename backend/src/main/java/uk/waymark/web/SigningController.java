package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.ReadAloud;
import uk.waymark.api.model.Statement;
import uk.waymark.api.model.StatementGuidance;
import uk.waymark.api.model.StatementState;

/** Reading through what somebody wrote, signing it, and what can be done with it afterwards. */
@Controller("/cases/{id}/words/{one}")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SigningController {
    private static final String ALOUD = "aloud";
    private static final String DECLARE = "declare";
    private static final String NAME = "name";
    private static final String READER = "reader";
    /** The link back to the words. */
    private static final String CHANGE = "change";
    private static final Page.Fault NO_ALOUD = new Page.Fault(ALOUD, StatementsText.ALOUD_MISSING);
    private static final Page.Fault NOT_DECLARED = new Page.Fault(DECLARE, StatementsText.DECLARE_MISSING);
    private static final Page.Fault CHANGED = new Page.Fault(CHANGE, StatementsText.SIGN_CHANGED);
    private static final Page.Fault ALOUD_OLD = new Page.Fault(ALOUD, StatementsText.ALOUD_OLD);
    private static final Map<String, Page.Fault> FAULTS = Map.of("/declaration", NOT_DECLARED, "/read_aloud", NO_ALOUD,
        "/text", new Page.Fault(CHANGE, StatementsText.EMPTY), "/authority", new Page.Fault(CHANGE, StatementsText.AUTHORITY_MISSING),
        "/organisation", new Page.Fault(CHANGE, StatementsText.AUTHORITY_MISSING), "/name", new Page.Fault(NAME, StatementsText.NAME_WRONG),
        "/read_to_maker_by", new Page.Fault(READER, StatementsText.NAME_WRONG));
    private final Visits visits;
    private final Templates templates;

    SigningController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get("/through")
    HttpResponse<?> through(HttpRequest<?> request, UUID id, UUID one) {
        Visit visit = visits.person(request);
        Reply.Done<Statement> now = StatementsController.read(visit, id, one);
        return now.body().getState() == StatementState.DRAFT ? Answers.page(visit, through(visit, visit.page(), now))
            : Answers.next(visit, StatementsController.here(id, one));
    }

    @Post("/through")
    HttpResponse<?> sign(HttpRequest<?> request, UUID id, UUID one, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        var missing = new ArrayList<Page.Fault>();
        if (form.text(ALOUD).isEmpty()) {
            missing.add(NO_ALOUD);
        }
        if (!form.text(DECLARE).equals("true")) {
            missing.add(NOT_DECLARED);
        }
        if (!missing.isEmpty()) {
            return again(visit, id, one, form, missing);
        }
        var wanted = new LinkedHashMap<String, Object>(Map.of("declaration", true, "read_aloud", form.text(ALOUD)));
        form.find(NAME).ifPresent(n -> wanted.put(NAME, n));
        form.find(READER).ifPresent(r -> wanted.put("read_to_maker_by", r));
        return switch (visit.api().send("POST", StatementsController.single(one) + "/submission", wanted, Statement.class,
                StatementForm.read(form))) {
            case Reply.Done<Statement> done -> Answers.next(visit, StatementsController.here(id, one));
            case Reply.No<Statement> no when "already-signed".equals(no.refusal().code()) ->
                Answers.next(visit, StatementsController.here(id, one));
            case Reply.No<Statement> no when no.refusal().status() == 409 -> notNow(visit, id, no.refusal());
            case Reply.No<Statement> no when no.refusal().status() == 412 -> again(visit, id, one, form, List.of(CHANGED));
            case Reply.No<Statement> no when no.refusal().mendable() -> again(visit, id, one, form,
                Visit.faults(no.refusal(), FAULTS, NO_ALOUD));
            case Reply.No<Statement> no -> throw new Refused(no.refusal());
        };
    }

    /** A form and no link: it carries over a fresh sign-in, and nothing fetches it ahead. */
    @Post("/file")
    HttpResponse<?> file(HttpRequest<?> request, UUID id, UUID one, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        StatementsController.read(visit, id, one);
        byte[] document = visit.api().get(StatementsController.single(one) + "/document", byte[].class).orRefuse();
        return Answers.headers(HttpResponse.ok(document).contentType(MediaType.APPLICATION_PDF)
            .header("Content-Disposition", "attachment; filename=\"my-document.pdf\""));
    }

    @Get("/aloud")
    HttpResponse<?> aloud(HttpRequest<?> request, UUID id, UUID one) {
        Visit visit = visits.person(request);
        return Answers.page(visit, aloud(visit, visit.page(), id, one));
    }

    @Post("/aloud")
    HttpResponse<?> changeAloud(HttpRequest<?> request, UUID id, UUID one, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        if (form.text(ALOUD).isEmpty()) {
            return Answers.again(visit, aloud(visit, visit.again(List.of(NO_ALOUD), form), id, one));
        }
        return switch (visit.api().put(StatementsController.single(one) + "/read-aloud", Map.of("read_aloud", form.text(ALOUD)),
                Statement.class, form)) {
            case Reply.Done<Statement> done -> Answers.next(visit, StatementsController.here(id, one));
            case Reply.No<Statement> no when no.refusal().status() == 409 -> notNow(visit, id, no.refusal());
            case Reply.No<Statement> no when no.refusal().mendable() -> Answers.again(visit, aloud(visit,
                visit.again(List.of(no.refusal().status() == 412 ? ALOUD_OLD : NO_ALOUD), form), id, one));
            case Reply.No<Statement> no -> throw new Refused(no.refusal());
        };
    }

    /** With the words as they stand now: whoever signs has read those. */
    private HttpResponse<?> again(Visit visit, UUID id, UUID one, Form form, List<Page.Fault> faults) {
        return Answers.again(visit, through(visit, visit.again(faults, form), StatementsController.draft(visit, id, one)));
    }

    private HttpResponse<?> notNow(Visit visit, UUID id, Refusal refusal) {
        Page page = visit.page();
        return Answers.page(visit, templates.pagesTaken(page, page.t(StatementsText.NOT_NOW), "", refusal.detail(),
            "/cases/" + id + "/words", Map.of("/cases/" + id + "/calls/new", page.t(DatesText.TALK))));
    }

    private JteModel through(Visit visit, Page page, Reply.Done<Statement> now) {
        Statement draft = now.body();
        return templates.pagesStatementThrough(page, draft, now.etag(), StatementForm.asked(visit, draft), StatementForm.look(page, draft),
            wishes(page), declarations(visit, draft), StatementForm.about(draft, StatementForm.whom(StatementForm.guidance(visit,
                draft.getCaseId()))));
    }

    /** By language: that of a Welsh or an English statement, with the English beneath the Welsh; of another, the page's. */
    private static Map<String, String> declarations(Visit visit, Statement draft) {
        String written = draft.getLanguage().toLowerCase(Locale.ROOT).split("-")[0];
        String in = written.equals("cy") || written.equals("en") ? written : visit.lang().tag();
        var declarations = new LinkedHashMap<String, String>();
        for (String tag : in.equals("en") ? List.of("en") : List.of(in, "en")) {
            declarations.put(tag, visit.api().send("GET", StatementsController.inCase(draft.getCaseId()) + "/guidance", null,
                StatementGuidance.class, Map.of("Accept-Language", tag)).orRefuse().getDeclaration());
        }
        return declarations;
    }

    private JteModel aloud(Visit visit, Page page, UUID id, UUID one) {
        Reply.Done<Statement> now = StatementsController.read(visit, id, one);
        if (now.body().getReadAloud() == null) {
            throw new Refused(Refusal.own(404, "not-found"));
        }
        return templates.pagesStatementAloud(page, now.body(), now.etag(), wishes(page));
    }

    private static Map<String, String> wishes(Page page) {
        var wishes = new LinkedHashMap<String, String>();
        for (ReadAloud wish : ReadAloud.values()) {
            wishes.put(wish.getValue(), page.t(words(wish)));
        }
        return wishes;
    }

    static StatementsText words(ReadAloud wish) {
        return switch (wish) {
            case SELF -> StatementsText.ALOUD_SELF;
            case SOMEONE_ELSE -> StatementsText.ALOUD_SOMEONE;
            case NOT_AT_ALL -> StatementsText.ALOUD_NOT;
            case COURT_DECIDES -> StatementsText.ALOUD_DECIDES;
        };
    }
}
