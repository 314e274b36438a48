package uk.waymark.attachments;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Files for whoever may have them: to be kept as a file, never shown in place, and run by nothing. */
@Singleton
public final class Serving {
    private static final String CANNOT = "cannot-be-opened";
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private final ActingAs acting;
    private final AttachmentStore store;
    private final Findings findings;
    private final Scanner scanner;
    private final AttachmentSettings settings;
    private final Audit audit;

    Serving(ActingAs acting, AttachmentStore store, Findings findings, Scanner scanner, AttachmentSettings settings, Audit audit) {
        this.findings = findings;
        this.settings = settings;
        this.acting = acting;
        this.store = store;
        this.scanner = scanner;
        this.audit = audit;
    }

    /** What is answered, or why not. What was written down of it commits in both cases. */
    private record Tried(HttpResponse<byte[]> answer, ProblemException refused) {
        private HttpResponse<byte[]> orThrow() {
            if (refused != null) {
                throw refused;
            }
            return answer;
        }
    }

    /** @throws ProblemException 404; 409 where it is being checked, or cannot be opened */
    HttpResponse<byte[]> mine(Caller.Person person, UUID caseId, UUID id, String acceptLanguage) {
        return acting.as(person, (Connection c) -> {
            String language = Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language", r -> r.getString("language"))
                .orElse("en"));
            Kept file = store.one(c, id).filter(k -> k.caseId().equals(caseId)).orElseThrow(ProblemException::notFound);
            if (file.state() == Attachment.State.CHECKING) {
                throw ProblemException.conflict("being-checked", settings.text("title.checking", language), settings.text("checking", language));
            }
            if (file.state() == Attachment.State.REFUSED) {
                throw ProblemException.conflict(CANNOT, settings.text("title.cannot", language),
                    settings.text(file.readable() ? "cannot" : "reason.unreadable", language));
            }
            audit.record(c, person, "attachment_taken", file.caseId(), file.person());
            return tried(c, file, ProblemException.conflict(CANNOT, settings.text("title.cannot", language),
                settings.text("reason.unreadable", language)));
        }).orThrow();
    }

    /** @throws ProblemException 404; 409 as {@link #mine}; 422, 428 where there is no reason that holds */
    HttpResponse<byte[]> forStaff(Caller.Staff staff, UUID id) {
        return acting.as(staff, (Connection c) -> {
            // what somebody else of the staff has not sent is nobody's to read
            Kept file = store.one(c, id).filter(k -> k.messageId() != null || staff.subject().equals(k.byStaff()))
                .orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "attachment_read", file.caseId(), file.person());
            check(file);
            return tried(c, file, unreadable());
        }).orThrow();
    }

    /**
     * For the force's own system, as part of what waits for it.
     *
     * @param named finds, in a transaction of the system, what waits, and says whether it names the file; 404 where it does not
     * @throws ProblemException 404; 409 where no scanner has looked at it, or it cannot be opened
     */
    public HttpResponse<byte[]> forSystem(Caller.System system, UUID id, Predicate<Connection> named) {
        return acting.as(system, (Connection c) -> {
            if (!named.test(c)) {
                throw ProblemException.notFound();
            }
            acting.goOn(c, new Caller.Worker(system.force()));
            Kept file = store.one(c, id).filter(k -> k.messageId() != null).orElseThrow(ProblemException::notFound);
            acting.goOn(c, system);
            audit.record(c, system, "attachment_passed_on", file.caseId(), file.person());
            acting.goOn(c, new Caller.Worker(system.force()));
            check(file);
            return tried(c, file, unreadable());
        }).orThrow();
    }

    private void check(Kept file) {
        if (file.state() == Attachment.State.CHECKING) {
            throw ProblemException.conflict("being-checked", "No scanner has looked at this file", (scanner.connected()
                ? "The scanner has not answered yet, and is asked again. " : "No scanner is connected. ")
                + "Your force serves nothing that was not looked at. Ask those who run the system, or ask for the file in another way.");
        }
        if (!file.readable()) {
            throw unreadable();
        }
        if (file.state() == Attachment.State.REFUSED) {
            throw ProblemException.conflict(CANNOT, "This file cannot be opened",
                "The scanner found something harmful in it, so nobody is given it; the work item of it says what. Ask for another one.");
        }
    }

    private static ProblemException unreadable() {
        return ProblemException.conflict(CANNOT, "This file cannot be opened",
            "What is kept of it cannot be read any more. Ask those who run the system whether a key is missing, and ask for another one.");
    }

    /** Staff are told of what is damaged. @param refused what is answered then */
    private Tried tried(Connection c, Kept file, ProblemException refused) {
        byte[] bytes;
        try {
            bytes = store.bytes(c, file);
        } catch (IllegalStateException e) {
            LOG.error("what is kept of file {} cannot be read", file.id());
            acting.goOn(c, new Caller.Worker(file.force()));
            findings.unreadable(c, file);
            return new Tried(null, refused);
        }
        return new Tried(answer(file, bytes), null);
    }

    private static HttpResponse<byte[]> answer(Kept file, byte[] bytes) {
        return HttpResponse.ok(bytes).contentType(new MediaType(file.type()))
            .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(file.details().name()))
            .header("Content-Security-Policy", "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
