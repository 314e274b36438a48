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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.waymark.api.model.AdapterHealth;
import uk.waymark.api.model.EventResult;
import uk.waymark.api.model.EventStatus;
import uk.waymark.api.model.OutboundHealth;
import uk.waymark.api.model.QuarantineList;
import uk.waymark.api.model.QueueItem;
import uk.waymark.api.model.QueueItemKind;
import uk.waymark.api.model.QueueList;
import uk.waymark.api.model.SourceHealth;
import uk.waymark.api.model.SystemsHealth;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** How connected systems are, what they sent that could not be used, and what of it waits for somebody to decide. */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffSystemsController {
    private static final String QUARANTINE = "/v1/staff/quarantine";
    /** What people are not told of, or not shown, before somebody has decided. */
    private static final Set<QueueItemKind> GATES = Set.of(QueueItemKind.TEXT_HELD, QueueItemKind.TELL_IN_PERSON, QueueItemKind.QUIET_CHANGE,
        QueueItemKind.HEARING_KINDS_DIFFER, QueueItemKind.HEARING_UNCONFIRMED, QueueItemKind.WHOSE_MEASURES,
        QueueItemKind.CONTACT_CHANGE, QueueItemKind.SUSPECT_NUMBER_MATCH, QueueItemKind.COURT_UNKNOWN, QueueItemKind.TEMPLATE_TO_APPROVE);
    private static final Set<QueueItemKind> SYSTEMS = Set.of(QueueItemKind.FEED_SILENT, QueueItemKind.OUTBOUND_LATE,
        QueueItemKind.OUTBOUND_REFUSED);
    private static final int MOST_PAGES = 10;
    private final Visits visits;
    private final Templates templates;

    StaffSystemsController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get("/systems")
    HttpResponse<?> systems(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        Page page = visit.page();
        SystemsHealth health = visit.api().get("/v1/staff/systems", SystemsHealth.class).orRefuse();
        Waiting items = waiting(visit, List.of("failures"), SYSTEMS);
        boolean fine = health.getOutbound().isEmpty() && health.getSources().stream()
                .allMatch(s -> s.getSilentSince() == null && s.getLastHeardAt() != null)
            && health.getAdapters().stream().allMatch(a -> a.getFailing() == 0);
        return Answers.page(visit, templates.pagesStaffSystems(page, health, fine,
            health.getSources().stream().map(s -> source(page, s)).toList(),
            health.getAdapters().stream().map(a -> adapter(page, a)).toList(),
            health.getOutbound().stream().map(o -> outbound(page, o)).toList(), items.items()));
    }

    @Get("/held")
    HttpResponse<?> held(HttpRequest<?> request, @Nullable @QueryValue String cursor, @Nullable @QueryValue String again) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, held(visit, "true".equals(again) ? visit.page().with(SystemsText.COUNTS_NOW) : visit.page(), cursor));
    }

    /** Whoever loads the page of what was tried again sees the list. */
    @Get("/held/{id}")
    HttpResponse<?> again(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff/held");
    }

    @Post("/held/{id}")
    HttpResponse<?> replay(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post(QUARANTINE + '/' + id + "/replay", null, EventResult.class)) {
            case Reply.Done<EventResult> done when done.body().getStatus() != EventStatus.REFUSED ->
                Answers.next(visit, "/staff/held?again=true");
            case Reply.Done<EventResult> done -> Answers.again(visit, held(visit, fault(visit, form, id, SystemsText.STILL_REFUSED), null));
            case Reply.No<EventResult> no when no.refusal().status() == 409 ->
                Answers.again(visit, held(visit, fault(visit, form, id, SystemsText.DONE_BEFORE), null));
            case Reply.No<EventResult> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/changes")
    HttpResponse<?> changes(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        Waiting items = waiting(visit, List.of("dates", "contact", "calls", "replies", "oversight"), GATES);
        return Answers.page(visit, templates.pagesStaffChanges(visit.page(), items.items(), items.more()));
    }

    /** @param more whether the queue goes on beyond what was looked through */
    private record Waiting(List<QueueItem> items, boolean more) { }

    /** @param groups of the queue that these kinds stand in */
    private static Waiting waiting(Visit visit, List<String> groups, Set<QueueItemKind> kinds) {
        var found = new ArrayList<QueueItem>();
        boolean more = false;
        for (String group : groups) {
            String cursor = null;
            int pages = 0;
            do {
                QueueList queue = visit.api().get("/v1/staff/queue?limit=100&group=" + group
                    + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), QueueList.class).orRefuse();
                queue.getItems().stream().filter(i -> kinds.contains(i.getKind())).forEach(found::add);
                cursor = queue.getNextCursor();
            } while (cursor != null && ++pages < MOST_PAGES);
            more |= cursor != null;
        }
        found.sort(Comparator.comparing(QueueItem::getDueAt));
        return new Waiting(found, more);
    }

    private static Page fault(Visit visit, Form form, UUID id, SystemsText text) {
        return visit.again(List.of(new Page.Fault("event-" + id, text)), form);
    }

    private JteModel held(Visit visit, Page page, String cursor) {
        return templates.pagesStaffHeld(page, visit.api().get(QUARANTINE + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)),
            QuarantineList.class).orRefuse());
    }

    private static List<String> source(Page page, SourceHealth s) {
        String state = s.getSilentSince() != null ? page.t(SystemsText.SILENT, page.moment(s.getSilentSince()))
            : page.t(s.getSilentAfterMinutes() == null ? SystemsText.UNWATCHED : SystemsText.ON);
        return List.of(s.getSource(), s.getLastHeardAt() == null ? page.t(SystemsText.NEVER) : page.moment(s.getLastHeardAt()), state);
    }

    private static List<String> adapter(Page page, AdapterHealth a) {
        String heard = a.getHeardAt() == null ? page.t(SystemsText.NEVER) : page.moment(a.getHeardAt());
        return List.of(a.getKind(), Boolean.TRUE.equals(a.getEnabled()) ? heard : page.t(SystemsText.OFF),
            String.valueOf(a.getAsked()), String.valueOf(a.getFailing()));
    }

    private static List<String> outbound(Page page, OutboundHealth o) {
        return List.of(o.getType().replace('_', ' '), String.valueOf(o.getWaiting()), String.valueOf(o.getLate()),
            String.valueOf(o.getRefused()), o.getOldestAt() == null ? "" : page.moment(o.getOldestAt()));
    }
}
