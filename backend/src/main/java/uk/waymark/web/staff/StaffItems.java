package uk.waymark.web.staff;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.api.model.QueueItem;
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.api.model.StaffStatement;
import uk.waymark.api.model.StaffStatementList;
import uk.waymark.web.Form;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;

/** Takes an item on, and asks for what its kind needs: a number is given last, and only to whoever has it. */
@Singleton
final class StaffItems {
    private static final Set<String> OF_STATEMENTS = Set.of("statement_to_confirm", "statement_signed", "statement_read_aloud",
        "statement_flagged_since");

    /** The item that a form is about. @throws Refused 400 where it names none */
    static UUID named(Form form, String field) {
        try {
            return UUID.fromString(form.text(field));
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.own(400, "bad-request"));
        }
    }

    /** What is already theirs is given again. */
    Reply<StaffItem> take(Visit visit, UUID id) {
        return switch (visit.api().post("/v1/staff/queue/" + id + "/claim", null, QueueItem.class)) {
            case Reply.Done<QueueItem> done -> with(visit, done);
            case Reply.No<QueueItem> no -> new Reply.No<>(no.refusal());
        };
    }

    private Reply<StaffItem> with(Visit visit, Reply.Done<QueueItem> taken) {
        QueueItem item = taken.body();
        var outcomes = new LinkedHashMap<String, String>();
        StaffOutcomes.of(item.getKind().getValue()).forEach(o -> outcomes.put(o, StaffOutcomes.words(visit.page(), o)));
        StaffCallBack call = null;
        if (item.getCallBackId() != null) {
            switch (visit.api().post("/v1/staff/call-backs/" + item.getCallBackId() + "/claim", null, StaffCallBack.class)) {
                case Reply.Done<StaffCallBack> done -> call = done.body();
                case Reply.No<StaffCallBack> no -> {
                    return new Reply.No<>(no.refusal());
                }
            }
        }
        return new Reply.Done<>(taken.status(), new StaffItem(item, outcomes, call, statement(visit, item)), null);
    }

    private static StaffStatement statement(Visit visit, QueueItem item) {
        if (!OF_STATEMENTS.contains(item.getKind().getValue()) || item.getCaseId() == null) {
            return null;
        }
        return visit.api().send("GET", "/v1/staff/statements?limit=100&case_id=" + item.getCaseId(), null, StaffStatementList.class,
                Map.of("Waymark-Reason-Task", item.getId().toString())).orRefuse()
            .getItems().stream().filter(s -> s.getId().equals(item.getSubjectId())).findFirst().orElse(null);
    }
}
