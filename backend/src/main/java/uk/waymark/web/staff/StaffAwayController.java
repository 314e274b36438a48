package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.StaffAbsence;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.FormDays;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** When whoever is signed in is away, so that those who write to them read it and somebody else reads what they write. */
@Controller("/staff/away")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffAwayController {
    private static final String ABSENCE = "/v1/staff/me/absence";
    private static final String COVER = "cover";
    private static final String COVER_TYPED = "cover_other";
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private final Visits visits;
    private final Templates templates;

    StaffAwayController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> away(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, templates.pagesStaffAway(visit.page(), known(visit), ColleagueChoice.colleagues(visit)));
    }

    @Post
    HttpResponse<?> put(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        FormDays.Typed from = FormDays.read(form, "from");
        FormDays.Typed back = FormDays.read(form, "back");
        var faults = new ArrayList<Page.Fault>();
        if (from.day() == null) {
            faults.add(new Page.Fault("from-day", DeskText.AWAY_FROM_MISSING));
        }
        if (back.day() == null || from.day() != null && !back.day().isAfter(from.day())) {
            faults.add(new Page.Fault("back-day", DeskText.AWAY_BACK_MISSING));
        }
        if (!faults.isEmpty()) {
            return again(visit, faults, form);
        }
        var said = new LinkedHashMap<String, Object>(Map.of("from", start(from.day()), "until", start(back.day())));
        ColleagueChoice.of(form, COVER, COVER_TYPED).ifPresent(c -> said.put("cover", c));
        form.find("collar").ifPresent(c -> said.put("collar_number", c));
        return switch (visit.api().put(ABSENCE, said, StaffAbsence.class, form)) {
            case Reply.Done<StaffAbsence> done -> Answers.page(visit, templates.pagesStaffAway(visit.page().with(DeskText.DONE_AWAY),
                done.body(), ColleagueChoice.colleagues(visit)));
            case Reply.No<StaffAbsence> no when no.refusal().mendable() -> again(visit, Visit.faults(no.refusal(), Map.of(
                "/from", new Page.Fault("from-day", DeskText.AWAY_FROM_MISSING), "/cover",
                ColleagueChoice.unknown(form, COVER, COVER_TYPED),
                "/collar_number", new Page.Fault("collar", DeskText.COLLAR_WRONG)),
                new Page.Fault("back-day", DeskText.AWAY_BACK_MISSING)), form);
            case Reply.No<StaffAbsence> no -> throw new Refused(no.refusal());
        };
    }

    private HttpResponse<?> again(Visit visit, List<Page.Fault> faults, Form form) {
        return Answers.again(visit, templates.pagesStaffAway(visit.again(faults, form), known(visit), ColleagueChoice.colleagues(visit)));
    }

    /** @return null where nothing was said so far */
    private static StaffAbsence known(Visit visit) {
        return switch (visit.api().get(ABSENCE, StaffAbsence.class)) {
            case Reply.Done<StaffAbsence> done -> done.body();
            case Reply.No<StaffAbsence> no when no.refusal().status() == 404 -> null;
            case Reply.No<StaffAbsence> no -> throw new Refused(no.refusal());
        };
    }

    private static String start(LocalDate day) {
        return day.atStartOfDay(UK).toInstant().toString();
    }
}
