package uk.waymark.hearings;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.api.HearingsApi;
import uk.waymark.api.model.MyHearingList;
import uk.waymark.cases.CaseReferences;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** A person's own court dates. Somebody else's case answers 404: it is not there. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MyHearingsController implements HearingsApi {
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final HearingReader reader;
    private final HearingAnswers answers;
    private final HearingViews views;
    private final CaseReferences cases;
    private final CaseClock clock;

    MyHearingsController(ActingAs acting, CurrentCaller caller, HearingReader reader, HearingAnswers answers, HearingViews views,
                         CaseReferences cases, CaseClock clock) {
        this.acting = acting;
        this.caller = caller;
        this.reader = reader;
        this.answers = answers;
        this.views = views;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public HttpResponse<MyHearingList> listMyHearings(UUID caseId, String acceptLanguage) {
        return acting.as(caller.person(), c -> {
            if (cases.of(c, List.of(caseId)).isEmpty()) {
                throw ProblemException.notFound();
            }
            String language = Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language",
                r -> r.getString("language")).orElse("en"));
            LocalDate today = LocalDate.ofInstant(clock.instant(), WorkingDays.LONDON);
            // what is still to come first, in its order
            List<HearingReader.Own> own = reader.own(c, caseId);
            Map<UUID, HearingAnswers.Entry> said = answers.fromPhone(c, own.stream().map(o -> o.hearing().id()).toList()).stream()
                .collect(Collectors.toMap(HearingAnswers.Entry::hearing, e -> e));
            var dates = own.stream()
                .sorted(Comparator.comparing(o -> !o.hearing().listed() || HearingViews.past(o.hearing(), today)))
                .map(o -> views.mine(c, o, said.get(o.hearing().id()), language, today)).toList();
            return HttpResponse.ok(new MyHearingList(dates)).header(HttpHeaders.CONTENT_LANGUAGE, language)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        });
    }
}
