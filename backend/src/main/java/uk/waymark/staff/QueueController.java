package uk.waymark.staff;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.StaffQueueApi;
import uk.waymark.api.model.Colleague;
import uk.waymark.api.model.ColleagueList;
import uk.waymark.api.model.QueueAssigned;
import uk.waymark.api.model.QueueAssignment;
import uk.waymark.api.model.QueueAssignments;
import uk.waymark.api.model.QueueCompletion;
import uk.waymark.api.model.QueueCount;
import uk.waymark.api.model.QueueGroup;
import uk.waymark.api.model.QueueItem;
import uk.waymark.api.model.QueueItemKind;
import uk.waymark.api.model.QueueList;
import uk.waymark.api.model.QueueSummary;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;

/** The work queue over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class QueueController implements StaffQueueApi {
    private final WorkQueue queue;
    private final Assignments assignments;
    private final Colleagues colleagues;
    private final CurrentCaller caller;

    QueueController(WorkQueue queue, Assignments assignments, Colleagues colleagues, CurrentCaller caller) {
        this.colleagues = colleagues;
        this.queue = queue;
        this.assignments = assignments;
        this.caller = caller;
    }

    @Override
    public HttpResponse<QueueList> listQueue(Boolean escalated, QueueGroup group, String claimedBy, String cursor, Integer limit) {
        var wanted = new WorkQueue.Wanted(Boolean.TRUE.equals(escalated), group == null ? null : group.getValue(), claimedBy);
        String[] from = Cursor.decode(cursor, 3);
        WorkQueue.Place after = from == null ? null : new WorkQueue.Place(Boolean.parseBoolean(from[0]),
            Views.fromCursor(from[1], Instant::parse), Views.fromCursor(from[2], UUID::fromString));
        Caller.Staff staff = caller.staff();
        List<WorkQueue.Item> items = queue.page(staff, wanted, after, limit + 1);
        boolean more = items.size() > limit;
        var shown = more ? items.subList(0, limit) : items;
        String next = more ? Cursor.encode(String.valueOf(shown.getLast().later()), shown.getLast().dueAt().toString(),
            shown.getLast().id().toString()) : null;
        return HttpResponse.ok(new QueueList(views(staff, shown), next));
    }

    @Override
    public HttpResponse<QueueSummary> summariseQueue() {
        Caller.Staff staff = caller.staff();
        List<WorkQueue.Count> counts = queue.counts(staff);
        Map<String, String> names = colleagues.names(staff, counts.stream().map(WorkQueue.Count::claimedBy).toList());
        return HttpResponse.ok(new QueueSummary(counts.stream().map(n -> new QueueCount(
            QueueGroup.fromValue(n.group()), n.open(), n.overdue(), n.escalated()).claimedBy(n.claimedBy())
            .claimedByName(names.get(n.claimedBy()))).toList()));
    }

    @Override
    public HttpResponse<ColleagueList> listColleagues() {
        return HttpResponse.ok(new ColleagueList(colleagues.all(caller.staff()).stream()
            .map(one -> new Colleague(one.id(), one.name())).toList()));
    }

    @Override
    public HttpResponse<Void> giveBackQueueItem(UUID id) {
        assignments.giveBack(caller.staff(), id);
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<QueueItem> claimQueueItem(UUID id) {
        Caller.Staff staff = caller.staff();
        return HttpResponse.ok(views(staff, List.of(queue.claim(staff, id))).getFirst());
    }

    @Override
    public HttpResponse<Void> completeQueueItem(UUID id, QueueCompletion completion) {
        queue.complete(caller.staff(), id, completion.getOutcome().getValue(), completion.getNote());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> assignQueueItem(UUID id, QueueAssignment given) {
        assignments.assign(caller.staff(), id, given.getTo());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<QueueAssigned> assignQueueItems(QueueAssignments given) {
        return HttpResponse.ok(new QueueAssigned(assignments.assignAll(caller.staff(), given.getFrom(), given.getTo())));
    }

    private List<QueueItem> views(Caller.Staff staff, List<WorkQueue.Item> items) {
        Map<String, String> names = colleagues.names(staff, items.stream().map(WorkQueue.Item::claimedBy).toList());
        return items.stream().map(item -> view(item).claimedByName(names.get(item.claimedBy()))).toList();
    }

    private static QueueItem view(WorkQueue.Item item) {
        return new QueueItem(item.id(), QueueItemKind.fromValue(item.kind()), item.reason(), Views.utc(item.dueAt()),
                Views.utc(item.createdAt()))
            .caseId(item.caseId()).personId(item.personId()).subjectId(item.subjectId()).callBackId(item.callBackId()).detail(item.detail())
            .claimedBy(item.claimedBy()).claimedAt(Views.utc(item.claimedAt()))
            .escalatedAt(Views.utc(item.escalatedAt()));
    }
}
