package uk.waymark.attachments;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.cases.CaseReferences;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Takes files: cleaned, looked at by the scanner, and only then kept. Neither is done while a transaction waits. */
@Singleton
final class Uploads {
    private final ActingAs acting;
    private final AttachmentStore store;
    private final Cleaning cleaning;
    private final Scanner scanner;
    private final Findings findings;
    private final AttachmentSettings settings;
    private final LargeAttachments large;
    private final WhoseConversation whose;
    private final PeopleInCase people;
    private final CaseReferences references;
    private final Idempotency once;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    Uploads(ActingAs acting, AttachmentStore store, Cleaning cleaning, Scanner scanner, Findings findings, AttachmentSettings settings,
            LargeAttachments large, WhoseConversation whose, PeopleInCase people, CaseReferences references, Idempotency once, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.cleaning = cleaning;
        this.scanner = scanner;
        this.findings = findings;
        this.settings = settings;
        this.large = large;
        this.whose = whose;
        this.people = people;
        this.references = references;
        this.once = once;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** As it came. @param name percent-encoded, or null @param key of the request, or null */
    record Sent(FileKind declared, String name, byte[] bytes, String key) {
        String request(UUID caseId, UUID person) {
            return caseId + "\n" + person + '\n' + declared + '\n' + name + '\n' + AttachmentStore.sha256(bytes);
        }

        @Override
        public String toString() {
            return "Sent[" + declared + "]";
        }
    }

    /** @param language of whoever gave it, {@code en} or {@code cy} */
    record Given(Attachment attachment, String language) { }

    /** @param person whose conversation it is for */
    private record For(UUID person, UUID force, String language, AttachmentRule rule) { }

    private record Ready(FileKind kind, String name, byte[] bytes, Scanner.Verdict verdict) { }

    /**
     * By a person, for whoever on the account has the conversation in the case.
     *
     * @throws ProblemException 404; 409 where they have given all that they can; 413, 422 for a file that is not taken
     */
    Given mine(Caller.Person person, UUID caseId, Sent sent, String acceptLanguage) {
        For to = acting.as(person, c -> Sql.one(c, """
            select pa.person_id, pa.force_id, waymark.ctx_language() as language from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
             where pa.case_id = ? and pa.person_id = ? and not pa.removed""",
            r -> new For(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), Language.of(acceptLanguage, r.getString("language")),
                AttachmentRule.of(c, caseId).orElseThrow()), caseId,
            whose.person(c, caseId).orElseThrow(ProblemException::notFound))
            .orElseThrow(ProblemException::notFound));
        Ready ready = ready(to, sent);
        return acting.as(person, c -> {
            var done = once.once(c, person, "addAttachment", sent.key(), sent.request(caseId, to.person()), () -> {
                AttachmentStore.New file = file(caseId, to, ready);
                if (store.give(c, file, clock.instant()).orElseThrow(ProblemException::notFound).equals("full")) {
                    throw full(to);
                }
                audit.record(c, person, "attachment_added", caseId, to.person());
                return file.id();
            });
            acting.goOn(c, new Caller.Worker(to.force()));
            return new Given(kept(c, done.id()), to.language());
        });
    }

    /** By staff, for somebody in the case. @throws ProblemException as {@link #mine} */
    Attachment byStaff(Caller.Staff staff, UUID caseId, UUID person, Sent sent) {
        For to = acting.as(staff, c -> {
            if (references.of(c, List.of(caseId)).isEmpty()) {
                throw ProblemException.notFound();
            }
            if (people.part(c, caseId, person).isEmpty()) {
                throw ProblemException.unprocessable("/person_id", "This person takes no part in this case. Take an id from the case's "
                    + "people.");
            }
            return new For(person, staff.force(), "en", AttachmentRule.of(c, caseId).orElseThrow());
        });
        Ready ready = ready(to, sent);
        return acting.as(staff, c -> {
            var done = once.once(c, staff, "addStaffAttachment", sent.key(), sent.request(caseId, person), () -> {
                AttachmentStore.New file = file(caseId, to, ready);
                if (AttachmentStore.ofStaff(c, caseId, person) + file.size() > to.rule().caseBytes()) {
                    throw full(to);
                }
                store.add(c, staff.force(), staff.subject(), file, clock.instant());
                audit.record(c, staff, "attachment_added", caseId, person);
                return file.id();
            });
            return kept(c, done.id());
        });
    }

    private Attachment kept(Connection c, UUID id) {
        Kept kept = store.one(c, id).orElseThrow(ProblemException::notFound);
        findings.raise(c, kept);
        return kept.shown();
    }

    /** Cleaned and looked at; nothing is kept yet. */
    private Ready ready(For to, Sent sent) {
        if (sent.bytes().length > to.rule().fileBytes()) {
            throw large.tooLarge(to.rule().fileBytes(), to.language());
        }
        String name = FileNames.of(sent.name(), sent.declared());
        return switch (cleaning.clean(sent.declared(), sent.bytes())) {
            case Cleaned.Refused r -> throw ProblemException.of(HttpStatus.UNPROCESSABLE_ENTITY, "file-" + r.why(),
                settings.text("title.refused", to.language()), settings.text("refused." + r.why(), to.language()));
            // what was made anew can be larger than what came, and is what is kept
            case Cleaned.Clean clean when clean.bytes().length > to.rule().fileBytes() ->
                throw large.tooLarge(to.rule().fileBytes(), to.language());
            case Cleaned.Clean clean -> new Ready(sent.declared(), name, clean.bytes(), scanner.scan(clean.bytes()));
        };
    }

    private AttachmentStore.New file(UUID caseId, For to, Ready ready) {
        boolean infected = ready.verdict() instanceof Scanner.Verdict.Infected;
        boolean waiting = ready.verdict() instanceof Scanner.Verdict.CannotSay;
        var details = new Kept.Details(ready.name(), AttachmentStore.sha256(ready.bytes()),
            ready.verdict() instanceof Scanner.Verdict.Infected found ? found.finding() : null);
        return new AttachmentStore.New(ids.next(), caseId, to.person(), ready.kind().type(), infected ? new byte[0] : ready.bytes(),
            ready.bytes().length, details, infected ? Kept.INFECTED : waiting ? Kept.WAITING : Kept.CLEAN,
            waiting ? clock.instant().plus(settings.time("again.first")) : clock.instant());
    }

    private ProblemException full(For to) {
        return ProblemException.conflict("attachments-full", settings.text("title.full", to.language()),
            settings.text("full", to.language()).replace("{most}", LargeAttachments.megabytes(to.rule().caseBytes())));
    }
}
