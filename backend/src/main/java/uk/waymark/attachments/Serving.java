package uk.waymark.attachments;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Files for whoever may have them: to be kept as a file, never shown in place, and run by nothing. */
@Singleton
final class Serving {
    private final ActingAs acting;
    private final AttachmentStore store;
    private final Scanner scanner;
    private final AttachmentSettings settings;
    private final Audit audit;

    Serving(ActingAs acting, AttachmentStore store, Scanner scanner, AttachmentSettings settings, Audit audit) {
        this.settings = settings;
        this.acting = acting;
        this.store = store;
        this.scanner = scanner;
        this.audit = audit;
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
                throw ProblemException.conflict("cannot-be-opened", settings.text("title.cannot", language),
                    settings.text(file.readable() ? "cannot" : "reason.unreadable", language));
            }
            audit.record(c, person, "attachment_taken", file.caseId(), file.person());
            return answer(file, store.bytes(c, file));
        });
    }

    /** @throws ProblemException 404; 409 as {@link #mine}; 422, 428 where there is no reason that holds */
    HttpResponse<byte[]> forStaff(Caller.Staff staff, UUID id) {
        return acting.as(staff, (Connection c) -> {
            // what somebody else of the staff has not sent is nobody's to read
            Kept file = store.one(c, id).filter(k -> k.messageId() != null || staff.subject().equals(k.byStaff()))
                .orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "attachment_read", file.caseId(), file.person());
            if (file.state() == Attachment.State.CHECKING) {
                throw ProblemException.conflict("being-checked", "No scanner has looked at this file", (scanner.connected()
                    ? "The scanner has not answered yet, and is asked again. " : "No scanner is connected. ")
                    + "Your force serves nothing that was not looked at. Ask those who run the system, or ask for the file in another way.");
            }
            if (file.state() == Attachment.State.REFUSED) {
                throw ProblemException.conflict("cannot-be-opened", "This file cannot be opened", !file.readable()
                    ? "What is kept of it cannot be read any more. Ask those who run the system whether a key is missing, and ask for another one."
                    : "The scanner found something harmful in it, so it was not kept; the work item of it says what. Ask for another one.");
            }
            return answer(file, store.bytes(c, file));
        });
    }

    private static HttpResponse<byte[]> answer(Kept file, byte[] bytes) {
        return HttpResponse.ok(bytes).contentType(new MediaType(file.type()))
            .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(file.details().name()))
            .header("Content-Security-Policy", "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
