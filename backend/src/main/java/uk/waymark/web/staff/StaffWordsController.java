package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Template;
import uk.waymark.api.model.TemplateVariant;
import uk.waymark.api.model.TemplateVersion;
import uk.waymark.api.model.TemplateVersionList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** The words of one message: as they look, proposed, approved, withdrawn and brought back. */
@Controller("/staff/words/{name}")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffWordsController {
    private static final String REASON = "reason";
    private static final int SHORTEST_REASON = 3;
    private final Visits visits;
    private final Templates templates;

    StaffWordsController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> message(HttpRequest<?> request, String name, @Nullable @QueryValue String kept) {
        Visit visit = visits.staff(request);
        Page page = "true".equals(kept) ? visit.page().with(PlansText.KEPT) : visit.page();
        return Answers.page(visit, shown(visit, page, name, null, List.of()));
    }

    /** Whoever loads the page of a form again that was not taken sees the words as they stand. */
    @Get("/{form:approval|withdrawal|back}")
    HttpResponse<?> again(HttpRequest<?> request, String name, String form) {
        return Answers.next(visits.staff(request), page(name));
    }

    @Post
    HttpResponse<?> propose(HttpRequest<?> request, String name, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        boolean preview = form.text("do").equals("preview");
        if (!preview && form.text(REASON).length() < SHORTEST_REASON) {
            return Answers.again(visit, shown(visit, fault(visit, form, REASON, PlansText.REASON_MISSING), name, null, List.of()));
        }
        var texts = new ArrayList<Map<String, String>>();
        for (Language language : Language.values()) {
            for (TemplateVariant variant : TemplateVariant.values()) {
                texts.add(Map.of("language", language.getValue(), "variant", variant.getValue(),
                    "text", form.text(field(language, variant))));
            }
        }
        var wanted = new LinkedHashMap<String, Object>(Map.of("texts", texts));
        form.find(REASON).filter(r -> r.length() >= SHORTEST_REASON).ifPresent(r -> wanted.put(REASON, r));
        return switch (visit.api().put(api(name) + (preview ? "?dry_run=true" : ""), wanted, Template.class, form)) {
            case Reply.Done<Template> done when preview -> Answers.page(visit,
                shown(visit, visit.again(List.of(), form), name, done.body(), List.of()));
            case Reply.Done<Template> done -> Answers.next(visit, page(name) + "?kept=true");
            case Reply.No<Template> no when no.refusal().status() == 412 -> Answers.again(visit,
                shown(visit, fault(visit, form, REASON, PlansText.CHANGED), name, null, List.of()));
            case Reply.No<Template> no when no.refusal().mendable() -> Answers.again(visit, shown(visit,
                visit.again(faults(no.refusal().pointers(), texts), form), name, null,
                no.refusal().said().isEmpty() ? List.of(no.refusal().detail()) : no.refusal().said()));
            case Reply.No<Template> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/approval")
    HttpResponse<?> approve(HttpRequest<?> request, String name, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return decided(visit, form, name, "approve", PlansText.APPROVE_NOT, visit.api().send("POST", api(name) + "/approval",
            Map.of("proposal_id", form.text("proposal")), Template.class, match(form)));
    }

    @Post("/withdrawal")
    HttpResponse<?> withdraw(HttpRequest<?> request, String name, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return decided(visit, form, name, "why_not", PlansText.REASON_MISSING, visit.api().send("DELETE", api(name) + "/proposal",
            Map.of(REASON, form.text("why_not")), Template.class, match(form)));
    }

    @Post("/back")
    HttpResponse<?> back(HttpRequest<?> request, String name, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        boolean noReason = form.text("back_reason").length() < SHORTEST_REASON;
        return decided(visit, form, name, noReason ? "back_reason" : "to", noReason ? PlansText.REASON_MISSING : PlansText.BACK_NOT,
            visit.api().send("POST", api(name) + "/rollback", Map.of("to", form.text("to"), REASON, form.text("back_reason")),
                Template.class, match(form)));
    }

    private HttpResponse<?> decided(Visit visit, Form form, String name, String field, PlansText wrong, Reply<Template> reply) {
        return switch (reply) {
            case Reply.Done<Template> done -> Answers.next(visit, page(name) + "?kept=true");
            case Reply.No<Template> no when no.refusal().mendable() -> Answers.again(visit, shown(visit, fault(visit, form, field,
                no.refusal().status() == 412 ? PlansText.CHANGED : wrong), name, null, List.of()));
            case Reply.No<Template> no -> throw new Refused(no.refusal());
        };
    }

    private static Page fault(Visit visit, Form form, String field, PlansText text) {
        return visit.again(List.of(new Page.Fault(field, text)), form);
    }

    private static Map<String, String> match(Form form) {
        return form.find("etag").map(tag -> Map.of("If-Match", tag)).orElse(Map.of());
    }

    private static String field(Language language, TemplateVariant variant) {
        return language.getValue() + '-' + variant.getValue();
    }

    /** Beside the texts that the API names; at the first where it names none. */
    private static List<Page.Fault> faults(List<String> pointers, List<Map<String, String>> texts) {
        var named = pointers.stream().filter(p -> p.matches("/texts/\\d(/.*)?")).map(p -> p.charAt("/texts/".length()) - '0')
            .filter(i -> i < texts.size()).distinct().map(texts::get)
            .map(t -> new Page.Fault(t.get("language") + '-' + t.get("variant"), PlansText.WORDS_BAD)).toList();
        return named.isEmpty() ? List.of(new Page.Fault("en-neutral", PlansText.WORDS_BAD)) : named;
    }

    private static String api(String name) {
        return "/v1/staff/templates/" + Visit.encode(name);
    }

    private static String page(String name) {
        return "/staff/words/" + Visit.encode(name);
    }

    private JteModel shown(Visit visit, Page page, String name, Template preview, List<String> said) {
        Reply.Done<Template> message = visit.api().get(api(name), Template.class).done();
        List<TemplateVersion> versions = visit.api().get(api(name) + "/versions?limit=100", TemplateVersionList.class).orRefuse()
            .getItems();
        var rows = new ArrayList<List<String>>();
        var back = new LinkedHashMap<String, String>();
        for (TemplateVersion v : versions) {
            rows.add(List.of(Boolean.TRUE.equals(v.getLive()) ? page.t(PlansText.LIVE) : String.valueOf(v.getVersion()),
                v.getLiveFrom() == null ? "" : page.moment(v.getLiveFrom()), v.getLiveTo() == null ? "" : page.moment(v.getLiveTo()),
                who(page, v)));
            if (!Boolean.TRUE.equals(v.getLive())) {
                back.putIfAbsent(v.getTo(), v.getTo().equals("shipped") ? page.t(PlansText.BACK_SHIPPED)
                    : page.t(PlansText.BACK_NUMBER, v.getTo()));
            }
        }
        return templates.pagesStaffTemplate(page, message.body(), message.etag(), preview, said, rows, back);
    }

    private static String who(Page page, TemplateVersion v) {
        if (v.getRolledBackBy() != null) {
            return v.getRolledBackBy() + (v.getReason() == null ? "" : ". " + v.getReason());
        }
        return v.getProposedBy() == null ? page.t(PlansText.BACK_SHIPPED)
            : v.getProposedBy() + (v.getApprovedBy() == null ? "" : ", " + v.getApprovedBy())
                + (v.getReason() == null ? "" : ". " + v.getReason());
    }
}
