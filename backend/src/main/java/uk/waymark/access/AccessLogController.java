package uk.waymark.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.List;
import uk.waymark.api.MyAccessLogApi;
import uk.waymark.api.model.AccessBy;
import uk.waymark.api.model.AccessEntry;
import uk.waymark.api.model.AccessLogPage;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;

/** Who looked at my information, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class AccessLogController implements MyAccessLogApi {
    private final AccessLog log;
    private final CurrentCaller caller;

    AccessLogController(AccessLog log, CurrentCaller caller) {
        this.log = log;
        this.caller = caller;
    }

    @Override
    public HttpResponse<AccessLogPage> listAccessLog(String cursor, Integer limit, String acceptLanguage) {
        String[] from = Cursor.decode(cursor, 1);
        List<AccessLog.Entry> found = log.page(caller.person(), from == null ? null : number(from[0]), limit + 1,
            Language.of(acceptLanguage, null));
        boolean more = found.size() > limit;
        List<AccessLog.Entry> shown = more ? found.subList(0, limit) : found;
        return HttpResponse.ok(new AccessLogPage(shown.stream().map(AccessLogController::view).toList(),
            more ? Cursor.encode(Long.toString(shown.getLast().id())) : null));
    }

    private static AccessEntry view(AccessLog.Entry entry) {
        var shown = new AccessEntry(entry.at().atOffset(ZoneOffset.UTC), entry.what(), AccessBy.valueOf(entry.by().name()))
            .force(entry.force()).caseId(entry.caseId()).unit(entry.unit()).name(entry.name());
        if (!entry.roles().isEmpty()) {
            shown.setRoles(entry.roles());
        }
        return shown;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
