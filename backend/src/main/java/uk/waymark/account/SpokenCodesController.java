package uk.waymark.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import uk.waymark.account.SpokenCodes.Purpose;
import uk.waymark.api.StaffCodesApi;
import uk.waymark.api.model.CallWithWord;
import uk.waymark.api.model.CodeToReadOut;
import uk.waymark.platform.CurrentCaller;

/** Staff make a code that they read out on a call. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SpokenCodesController implements StaffCodesApi {
    private final CurrentCaller caller;
    private final SpokenCodes codes;

    SpokenCodesController(CurrentCaller caller, SpokenCodes codes) {
        this.caller = caller;
        this.codes = codes;
    }

    @Override
    public HttpResponse<CodeToReadOut> makeSpokenCode(UUID person, CallWithWord call, String key) {
        return answer(person, Purpose.SIGN_IN, call, key);
    }

    @Override
    public HttpResponse<CodeToReadOut> resetPin(UUID person, CallWithWord call, String key) {
        return answer(person, Purpose.NEW_PIN, call, key);
    }

    private HttpResponse<CodeToReadOut> answer(UUID person, Purpose purpose, CallWithWord call, String key) {
        OffsetDateTime at = call.getCall().getAt();
        SpokenCodes.ReadOut made = codes.make(caller.staff(), person, purpose,
            new SpokenCodes.Call(call.getAgreedWord(), at == null ? null : at.toInstant()), key);
        var model = new CodeToReadOut(made.id(), made.expiresAt().atOffset(ZoneOffset.UTC));
        model.setCode(made.code());
        return HttpResponse.created(model);
    }
}
