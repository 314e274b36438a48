package uk.waymark.messaging;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import uk.waymark.api.StaffTemplatesApi;
import uk.waymark.api.model.Template;
import uk.waymark.api.model.TemplateApproval;
import uk.waymark.api.model.TemplateRollback;
import uk.waymark.api.model.TemplateVersionList;
import uk.waymark.api.model.TemplateWithdrawal;
import uk.waymark.api.model.TemplateWords;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.Templates;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** The words of messages, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class TemplatesController implements StaffTemplatesApi {
    private final ForceWords words;
    private final WordsChanges changes;
    private final WordsHistory history;
    private final TemplateViews views;
    private final CurrentCaller caller;

    TemplatesController(ForceWords words, WordsChanges changes, WordsHistory history, Templates templates, TemplateStore store,
                        CurrentCaller caller) {
        this.words = words;
        this.changes = changes;
        this.history = history;
        this.views = new TemplateViews(templates, store);
        this.caller = caller;
    }

    @Override
    public HttpResponse<Template> getTemplate(String name) {
        return answer(words.read(caller.staff(), name));
    }

    @Override
    public HttpResponse<Template> putTemplate(String name, TemplateWords wanted, Boolean dryRun, String ifMatch) {
        List<WordsChanges.Words> texts = wanted.getTexts().stream().map(t -> new WordsChanges.Words(t.getLanguage().getValue(),
            t.getVariant().getValue(), t.getText())).toList();
        return answer(changes.propose(caller.staff(), name, texts, wanted.getReason(), ifMatch, Boolean.TRUE.equals(dryRun)));
    }

    @Override
    public HttpResponse<Template> approveTemplate(String name, TemplateApproval approval, String ifMatch) {
        return answer(changes.approve(caller.staff(), name, approval.getProposalId(), ifMatch));
    }

    @Override
    public HttpResponse<Template> withdrawTemplateProposal(String name, TemplateWithdrawal withdrawal, String ifMatch) {
        return answer(changes.withdraw(caller.staff(), name, withdrawal.getReason(), ifMatch));
    }

    @Override
    public HttpResponse<Template> rollBackTemplate(String name, TemplateRollback rollback, String ifMatch) {
        return answer(changes.rollBack(caller.staff(), name, rollback.getTo(), rollback.getReason(), ifMatch));
    }

    @Override
    public HttpResponse<TemplateVersionList> listTemplateVersions(String name, String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        List<WordsHistory.Lived> page = history.page(caller.staff(), name, from == null ? null : version(from[0]), limit + 1);
        boolean more = page.size() > limit;
        List<WordsHistory.Lived> shown = more ? page.subList(0, limit) : page;
        return HttpResponse.ok(new TemplateVersionList(shown.stream().map(views::version).toList(),
            more ? Cursor.encode(String.valueOf(shown.getLast().version())) : null));
    }

    private static Integer version(String part) {
        try {
            return Integer.valueOf(part);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }

    private HttpResponse<Template> answer(ForceWords.WordsNow now) {
        return HttpResponse.ok(views.template(now)).header(HttpHeaders.ETAG, now.tag());
    }
}
