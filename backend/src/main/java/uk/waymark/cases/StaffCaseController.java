package uk.waymark.cases;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import uk.waymark.access.UnusualReading;
import uk.waymark.account.AccountStates;
import uk.waymark.api.StaffCasesApi;
import uk.waymark.api.model.FoundPeople;
import uk.waymark.api.model.InvitationState;
import uk.waymark.api.model.InvitationSummary;
import uk.waymark.api.model.MobileSafety;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.api.model.PersonSearch;
import uk.waymark.api.model.ReadReason;
import uk.waymark.api.model.StaffCase;
import uk.waymark.api.model.StaffCaseList;
import uk.waymark.api.model.StaffCaseSummary;
import uk.waymark.api.model.StaffPerson;
import uk.waymark.api.model.StaffTimelineEntry;
import uk.waymark.api.model.StageCode;
import uk.waymark.api.model.TimelineEntryKind;
import uk.waymark.api.model.ToldInPerson;
import uk.waymark.api.model.Words;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.ProblemException;

/** Staff find and read cases of their own force; every read is audited, with each person it shows. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffCaseController implements StaffCasesApi {
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final StaffCases cases;
    private final CaseStore store;
    private final CaseWords words;
    private final AccountStates accounts;
    private final Cases changes;
    private final FreeText freeText;
    private final Audit audit;
    private final UnusualReading unusual;
    private final CaseClock clock;
    private final PersonSearches search;

    StaffCaseController(ActingAs acting, CurrentCaller caller, StaffCases cases, CaseStore store, CaseWords words,
                        AccountStates accounts, Cases changes, FreeText freeText, Audit audit, UnusualReading unusual,
                        CaseClock clock, PersonSearches search) {
        this.search = search;
        this.acting = acting;
        this.caller = caller;
        this.cases = cases;
        this.store = store;
        this.words = words;
        this.accounts = accounts;
        this.changes = changes;
        this.freeText = freeText;
        this.audit = audit;
        this.unusual = unusual;
        this.clock = clock;
    }

    @Override
    public HttpResponse<StaffCaseList> findCases(String crimeReference, String cursor, Integer limit, ReadReason reason,
                                                 UUID reasonTask, String reasonText) {
        Caller.Staff staff = caller.staff();
        if (cursor != null) {
            // a crime reference finds one case at most, so there is never a second page
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
        return acting.as(staff, (Connection c) -> {
            var items = cases.find(c, crimeReference).stream().map(row -> {
                audit.record(c, staff, "case_found", row.id(), null);
                cases.people(c, row.id()).forEach(p -> audit.record(c, staff, "case_found", row.id(), p.id()));
                return new StaffCaseSummary(row.id(), row.crimeReference(), StageCode.fromValue(row.stage()),
                    List.copyOf(row.facts().knownFlags()), row.recorded() && row.onPhones(), row.updatedAt().atOffset(ZoneOffset.UTC));
            }).toList();
            return HttpResponse.ok(new StaffCaseList(items, null));
        });
    }

    @Override
    public HttpResponse<FoundPeople> searchPeople(PersonSearch wanted, ReadReason reason, UUID reasonTask, String reasonText) {
        Caller.Staff staff = caller.staff();
        return HttpResponse.ok(search.find(staff, wanted.getName(), wanted.getMobile()));
    }

    @Override
    public HttpResponse<StaffCase> getStaffCase(UUID id, ReadReason reason, UUID reasonTask, String reasonText) {
        Caller.Staff staff = caller.staff();
        return acting.as(staff, (Connection c) -> {
            StaffCases.Row row = cases.one(c, id).orElseThrow(ProblemException::notFound);
            var people = cases.people(c, id);
            audit.record(c, staff, "case_read", id, null);
            people.forEach(p -> {
                audit.record(c, staff, "case_read", id, p.id());
                unusual.shown(c, staff, id, p.id(), p.details().familyName());
            });
            var shown = new StaffCase(row.id(), row.crimeReference(), StageCode.fromValue(row.stage()),
                List.copyOf(row.facts().knownFlags()), row.recorded() && row.onPhones(), people(c, people), timeline(c, id, people),
                row.updatedAt().atOffset(ZoneOffset.UTC));
            shown.setOffence(CaseViews.in(row.facts().offence(), "en"));
            shown.setOfficer(CaseViews.officer(row.facts().officer()));
            shown.setLiaisonOfficer(CaseViews.officer(row.facts().liaisonOfficer()));
            shown.setUnit(CaseViews.unit(row.facts().unit()));
            shown.setUrns(row.facts().urns());
            return HttpResponse.ok(shown);
        });
    }

    @Override
    public HttpResponse<Void> toldInPerson(UUID id, ToldInPerson said) {
        Caller.Staff staff = caller.staff();
        Instant now = clock.instant();
        Instant at = said.getAt() == null ? now : said.getAt().toInstant();
        acting.as(staff, (Connection c) -> {
            cases.one(c, id).orElseThrow(ProblemException::notFound);
            if (at.isAfter(now)) {
                throw ProblemException.unprocessable("/at", "Nobody has been told yet at a time to come.");
            }
            changes.toldInPerson(c, staff.force(), id, said.getPersonId(),
                said.getEntries() == null ? null : Set.copyOf(new HashSet<>(said.getEntries())), at, staff.subject());
            audit.record(c, staff, "told_in_person", id, said.getPersonId());
            return null;
        });
        return HttpResponse.noContent();
    }

    private List<StaffPerson> people(Connection c, List<StaffCases.PersonRow> rows) {
        Map<UUID, AccountStates.State> states = accounts.of(c, rows.stream().map(StaffCases.PersonRow::id).toList());
        return rows.stream().map(p -> {
            AccountStates.State state = states.get(p.id());
            var person = new StaffPerson(p.id(), p.source(), p.sourcePersonId(), ParticipantRole.fromValue(p.role()),
                p.details().givenName(), p.details().familyName(), MobileSafety.fromValue(p.mobileSafe()), p.language(),
                p.deceased(), state != null && state.signedUp());
            person.setMobile(p.mobile());
            if (state != null && state.invitation() != null) {
                person.setInvitation(new InvitationSummary(state.invitation().id(),
                    InvitationState.fromValue(state.invitation().state()), state.invitation().expiresAt().atOffset(ZoneOffset.UTC)));
            }
            return person;
        }).toList();
    }

    /** Everything that happened, with what people are not shown: the force's own words and what was taken back. */
    private List<StaffTimelineEntry> timeline(Connection c, UUID caseId, List<StaffCases.PersonRow> people) {
        CaseStore.History history = store.history(c, caseId);
        List<Event> events = history.events().stream().sorted().toList();
        Set<UUID> retracted = Retractions.of(events);
        Map<UUID, CaseState.Body> bodies = new HashMap<>();
        Map<CaseState.PersonKey, UUID> ids = new HashMap<>();
        people.forEach(p -> ids.put(new CaseState.PersonKey(p.source(), p.sourcePersonId()), p.id()));
        CaseState state = Fold.of(events, history.staff(), clock.instant().atZone(HearingDays.LONDON).toLocalDate(), freeText);
        state.entries().forEach(e -> bodies.put(e.event().id(), e.body()));
        var entries = new ArrayList<StaffTimelineEntry>();
        for (Event e : events.reversed()) {
            CaseState.Body body = bodies.get(e.id());
            boolean correction = e.type() == EventType.EVENT_RETRACTED;
            if (!e.type().shown() || correction && body == null) {
                continue;
            }
            CaseState.Body told = body != null ? body : new CaseState.Body(null, null, null, null, null, null, null);
            var entry = new StaffTimelineEntry(e.id(), e.occurredAt().atOffset(ZoneOffset.UTC),
                TimelineEntryKind.fromValue(correction ? "correction" : e.type().wireName()),
                words.headline("en", correction ? "correction" : e.type().wireName(), told), e.source(), e.sourceEventId(),
                Boolean.TRUE.equals(told.heldBack()), retracted.contains(e.id()));
            entry.setSuspectNumber(told.suspectNumber());
            List<UUID> toTell = state.inPerson().stream().filter(w -> w.event().equals(e.id())).map(w -> ids.get(w.person()))
                .filter(Objects::nonNull).toList();
            if (!toTell.isEmpty()) {
                entry.setToTell(toTell);
            }
            CaseState.Words detail = CaseFacts.words(e.data(), "explanation", "detail", "reason");
            if (detail != null) {
                var shown = new Words();
                shown.setEn(detail.en());
                shown.setCy(detail.cy());
                entry.setDetail(shown);
            }
            entries.add(entry);
        }
        return entries;
    }
}
