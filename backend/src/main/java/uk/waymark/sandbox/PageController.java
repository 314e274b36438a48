package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.ProblemText;

/** The forms of the sandbox's page. Each does what it is for and sends the browser back to the page. */
@Controller("/sandbox/page")
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PageController {
    private static final Pattern DRAMA = Pattern.compile("\\+447700900\\d{3}");
    private final SandboxClock clock;
    private final Replies replies;
    private final Happenings happenings;
    private final Phones phones;
    private final Notices notices;

    PageController(SandboxClock clock, Replies replies, Happenings happenings, Phones phones, Notices notices) {
        this.clock = clock;
        this.replies = replies;
        this.happenings = happenings;
        this.phones = phones;
        this.notices = notices;
    }

    @Post("/clock")
    HttpResponse<?> moveClock(@Body String body) {
        Form form = Form.of(body);
        return done("clock", () -> {
            clock.advance(form.needed("advance"));
            return new SandboxPage.Notice(true, "The clock has moved, and what fell due has been done.");
        });
    }

    @Post("/replies")
    HttpResponse<?> reply(@Body String body) {
        Form form = Form.of(body);
        String from = form.needed("from");
        String text = form.needed("body");
        return done(phones.number(from).map(SandboxPage::anchor).orElse(""), () -> {
            replies.send(from, text);
            return new SandboxPage.Notice(true, "The reply has been sent. Staff find it in their queue.");
        });
    }

    @Post("/events")
    HttpResponse<?> happen(@Body String body) {
        Form form = Form.of(body);
        String happening = form.needed("happening");
        return done("", () -> notice("new_case".equals(happening)
            ? happenings.newCase(force(form), form.needed("given_name"), form.needed("family_name"), mobile(form))
            : happenings.inCase(happening, form.needed("crime_reference"))));
    }

    private static SandboxForces.Force force(Form form) {
        return SandboxForces.find(form.needed("force"))
            .orElseThrow(() -> ProblemException.badRequest("/force", "is no force of the sandbox"));
    }

    private String mobile(Form form) {
        return phones.number(form.needed("mobile")).filter(n -> DRAMA.matcher(n).matches())
            .orElseThrow(() -> ProblemException.badRequest("/mobile", "must be a number from 07700 900000 to 07700 900999"));
    }

    private static SandboxPage.Notice notice(Happenings.Done done) {
        return done.accepted() ? new SandboxPage.Notice(true, "It has been reported in " + done.reference() + ".")
            : new SandboxPage.Notice(false, "It was refused: " + done.reason());
    }

    /** What went wrong in a way that a person can mend is shown on the page, like what went well. */
    private HttpResponse<?> done(String anchor, Supplier<SandboxPage.Notice> work) {
        SandboxPage.Notice notice;
        try {
            notice = work.get();
        } catch (ProblemException e) {
            notice = new SandboxPage.Notice(false, ProblemText.of(e));
        }
        notices.leave(notice);
        return HttpResponse.seeOther(URI.create(anchor.isEmpty() ? "/sandbox" : "/sandbox#" + anchor));
    }
}
