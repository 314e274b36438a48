package uk.waymark.hearings;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.api.StaffHearingsApi;
import uk.waymark.api.model.StaffHearing;
import uk.waymark.api.model.StaffHearingList;
import uk.waymark.cases.CaseReferences;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.WorkingDays;

/** Court dates of the own force, for its staff. A list names no people; reading one date, with its people, is written down. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffHearingsController implements StaffHearingsApi {
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final HearingReader reader;
    private final HearingTold told;
    private final HearingViews views;
    private final CaseReferences cases;
    private final Audit audit;
    private final CaseClock clock;

    StaffHearingsController(ActingAs acting, CurrentCaller caller, HearingReader reader, HearingTold told, HearingViews views,
                            CaseReferences cases, Audit audit, CaseClock clock) {
        this.acting = acting;
        this.caller = caller;
        this.reader = reader;
        this.told = told;
        this.views = views;
        this.cases = cases;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public HttpResponse<StaffHearingList> listHearings(LocalDate from, LocalDate to, String unit, Boolean quiet, UUID caseId, String cursor,
                                                       Integer limit) {
        Caller.Staff staff = caller.staff();
        String[] after = Cursor.decode(cursor, 2);
        LocalDate afterDay = after == null ? null : part(after[0], LocalDate::parse);
        UUID afterId = after == null ? null : part(after[1], UUID::fromString);
        var wanted = new HearingReader.Wanted(from == null ? LocalDate.ofInstant(clock.instant(), WorkingDays.LONDON) : from, to, unit,
            Boolean.TRUE.equals(quiet), caseId);
        return acting.as(staff, c -> {
            List<HearingReader.Row> rows = reader.page(c, staff.force(), wanted, afterDay, afterId, limit + 1);
            boolean more = rows.size() > limit;
            var shown = more ? rows.subList(0, limit) : rows;
            Map<UUID, String> references = cases.of(c, shown.stream().map(r -> r.hearing().caseId()).distinct().toList());
            audit.record(c, staff, "hearings_listed", null, null);
            String next = more ? Cursor.encode(shown.getLast().day().toString(), shown.getLast().hearing().id().toString()) : null;
            return HttpResponse.ok(new StaffHearingList(shown.stream()
                .map(r -> views.staff(c, r, references.get(r.hearing().caseId()))).toList(), next));
        });
    }

    @Override
    public HttpResponse<StaffHearing> getHearing(UUID id) {
        Caller.Staff staff = caller.staff();
        return acting.as(staff, c -> {
            HearingReader.Row row = reader.one(c, staff.force(), id).orElseThrow(ProblemException::notFound);
            UUID caseId = row.hearing().caseId();
            Map<UUID, List<HearingTold.Entry>> byPerson = told.of(c, List.of(id)).stream()
                .collect(Collectors.groupingBy(HearingTold.Entry::person));
            StaffHearing shown = views.staff(c, row, cases.of(c, List.of(caseId)).get(caseId));
            var people = reader.people(c, id);
            people.forEach(p -> audit.record(c, staff, "hearing_read", caseId, p.person()));
            return HttpResponse.ok(shown.people(people.stream()
                .map(p -> views.person(p, byPerson.getOrDefault(p.person(), List.of()), row.hearing().version())).toList()));
        });
    }

    private static <T> T part(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
