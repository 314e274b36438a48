package uk.waymark.bridge;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.sql.Connection;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.BridgeOutboundApi;
import uk.waymark.api.model.OutboundAcknowledgement;
import uk.waymark.api.model.OutboundItem;
import uk.waymark.api.model.OutboundList;
import uk.waymark.api.model.OutboundRefusal;
import uk.waymark.cases.CaseReferences;
import uk.waymark.outbound.Arrivals;
import uk.waymark.outbound.Parcels;
import uk.waymark.outbound.Waiting;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** What waits for a force's system, for those that fetch it themselves. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class OutboundController implements BridgeOutboundApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() { };
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final Parcels parcels;
    private final Arrivals arrivals;
    private final Deliveries deliveries;
    private final CaseReferences references;
    private final CaseClock clock;
    private final Audit audit;

    OutboundController(ActingAs acting, CurrentCaller caller, Parcels parcels, Arrivals arrivals, Deliveries deliveries,
                       CaseReferences references, CaseClock clock, Audit audit) {
        this.acting = acting;
        this.caller = caller;
        this.parcels = parcels;
        this.arrivals = arrivals;
        this.deliveries = deliveries;
        this.references = references;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public HttpResponse<OutboundList> listOutbound(String cursor, Integer limit) {
        long after = after(cursor);
        Caller.System system = caller.system();
        return EventIntake.retrying(() -> acting.as(system, (Connection c) -> {
            List<Waiting> found = parcels.page(c, after, limit + 1);
            List<Waiting> shown = found.subList(0, Math.min(found.size(), limit));
            parcels.fetched(c, system.force(), clock.instant());
            if (!shown.isEmpty()) {
                audit.record(c, system, "outbound_fetched", null, null);
            }
            // nobody can ever take them: they are for staff from now on, and the rest goes its way
            List<Waiting> unreadable = shown.stream().filter(w -> w.data() == null).toList();
            unreadable.forEach(w -> arrivals.refused(c, system, w.id(), Arrivals.UNREADABLE, null));
            deliveries.count(Delivery.Outcome.REFUSED, unreadable.size());
            return HttpResponse.ok(new OutboundList(shown.stream()
                .filter(w -> w.data() != null && arrivals.mayLeave(c, w)).map(w -> view(c, w)).toList(),
                found.size() > limit ? Cursor.encode(Long.toString(shown.getLast().number())) : null));
        }));
    }

    private static long after(String cursor) {
        String[] from = Cursor.decode(cursor, 1);
        if (from == null) {
            return 0;
        }
        if (!from[0].matches("\\d{1,18}")) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
        return Long.parseLong(from[0]);
    }

    private OutboundItem view(Connection c, Waiting waiting) {
        CaseReferences.Names names = references.names(c, waiting.caseId(), waiting.personId());
        var item = new OutboundItem(waiting.id(), waiting.type(), names.crimeReference(), waiting.createdAt().atOffset(ZoneOffset.UTC),
            object(waiting.data()));
        item.setSource(names.source());
        item.setSourcePersonId(names.sourcePersonId());
        return item;
    }

    private static Map<String, Object> object(JsonNode data) {
        return JSON.convertValue(data, OBJECT);
    }

    @Override
    public HttpResponse<Void> acknowledgeOutbound(UUID id, OutboundAcknowledgement said) {
        Caller.System system = caller.system();
        answer(EventIntake.retrying(() -> acting.as(system,
            (Connection c) -> arrivals.acknowledged(c, system, id, said.getSourceReference()))), Delivery.Outcome.ACKNOWLEDGED);
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> refuseOutbound(UUID id, OutboundRefusal said) {
        Caller.System system = caller.system();
        answer(EventIntake.retrying(() -> acting.as(system,
            (Connection c) -> arrivals.refused(c, system, id, "refused_by_system", said.getReason()))), Delivery.Outcome.REFUSED);
        return HttpResponse.noContent();
    }

    private void answer(Arrivals.Said said, Delivery.Outcome outcome) {
        switch (said) {
            case NOTED -> deliveries.count(outcome, 1);
            case KNOWN -> { }
            case ARRIVED_BEFORE -> throw ProblemException.conflict("already-acknowledged", "Acknowledged before",
                "Your system has said that it has this. Nothing waits any more; there is nothing to refuse.");
            case NOT_THERE -> throw ProblemException.notFound();
        }
    }
}
