package uk.waymark.cases;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.UUID;
import uk.waymark.api.StaffCaseAccessApi;
import uk.waymark.api.model.BreakGlass;
import uk.waymark.api.model.BreakGlassByReference;
import uk.waymark.api.model.CaseAccessChoice;
import uk.waymark.api.model.CaseAccessList;
import uk.waymark.api.model.CaseAccessMember;
import uk.waymark.api.model.OpenedCase;
import uk.waymark.platform.CurrentCaller;

/** Restricted cases over HTTP: who may open them, and opening one all the same. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class CaseAccessController implements StaffCaseAccessApi {
    private final CaseAccess access;
    private final CurrentCaller caller;

    CaseAccessController(CaseAccess access, CurrentCaller caller) {
        this.access = access;
        this.caller = caller;
    }

    @Override
    public HttpResponse<CaseAccessList> getCaseAccess(UUID id) {
        return answer(access.read(caller.staff(), id));
    }

    @Override
    public HttpResponse<CaseAccessList> putCaseAccess(UUID id, CaseAccessChoice wanted, String ifMatch) {
        return answer(access.name(caller.staff(), id, ifMatch, wanted.getNames()));
    }

    @Override
    public HttpResponse<OpenedCase> breakGlass(UUID id, BreakGlass asked) {
        return answer(access.breakGlass(caller.staff(), id, asked.getReason()));
    }

    @Override
    public HttpResponse<OpenedCase> breakGlassByReference(BreakGlassByReference asked) {
        return answer(access.breakGlassOf(caller.staff(), asked.getCrimeReference(), asked.getReason()));
    }

    private static HttpResponse<OpenedCase> answer(CaseAccess.Opened opened) {
        return HttpResponse.ok(new OpenedCase(opened.caseId(), opened.until().atOffset(ZoneOffset.UTC)));
    }

    private static HttpResponse<CaseAccessList> answer(CaseAccess.Access access) {
        var shown = new CaseAccessList(access.restricted(), access.members().stream().map(CaseAccessController::view).toList());
        return HttpResponse.ok(shown).header(HttpHeaders.ETAG, access.tag());
    }

    private static CaseAccessMember view(CaseAccess.Member member) {
        return new CaseAccessMember(member.name(), member.brokeGlass(), member.since().atOffset(ZoneOffset.UTC))
            .until(member.until() == null ? null : member.until().atOffset(ZoneOffset.UTC));
    }
}
