package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.waymark.bridge.hmcts.HearingTypes;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.CaseReferences;
import uk.waymark.cases.Cases;
import uk.waymark.cases.HearingKind;
import uk.waymark.courts.Court;
import uk.waymark.courts.Courts;
import uk.waymark.feeds.Feeds;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CsvRows;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sources;
import uk.waymark.platform.Urns;

/**
 * Takes court dates in from a CSV, each row in a transaction of its own. A row is taken as far as it is right; what says whose date
 * it is and when has to be, the rest is left out and named.
 */
@Singleton
final class HearingRows {
    private static final Set<String> KNOWN =
        Set.of("crime_reference", "urn", "hearing_id", "kind", "date", "time", "week_commencing", "court", "room", "required",
            "state");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}");
    private static final Pattern CODE = Pattern.compile("[A-Z]\\d{2}[A-Z]{2}\\d{2}");
    /** Takes off whoever was needed: an empty field says nothing of it. */
    private static final String NOBODY = "nobody";
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_DETAIL = 300;
    private static final String PREFIX = NamelessDates.PREFIX;
    private final ReportedDates dates;
    private final NamelessDates nameless;
    private final Cases cases;
    private final CaseReferences references;
    private final Courts courts;
    private final ActingAs acting;
    private final Audit audit;
    private final Feeds feeds;

    HearingRows(ReportedDates dates, NamelessDates nameless, Cases cases, CaseReferences references, Courts courts, ActingAs acting, Audit audit,
                Feeds feeds) {
        this.dates = dates;
        this.nameless = nameless;
        this.cases = cases;
        this.references = references;
        this.courts = courts;
        this.acting = acting;
        this.audit = audit;
        this.feeds = feeds;
    }

    /** @param detail names columns and rules, never values; nulls are left out of the answer */
    record RowResult(long line, String status, String reason, String detail) {
        static RowResult refused(long line, String reason, String detail) {
            return new RowResult(line, "refused", reason, detail);
        }
    }

    record Results(long accepted, long duplicate, long refused, List<String> ignoredColumns, List<RowResult> results) { }

    /** @throws ProblemException 400 or 422 where it is no CSV, or its columns do not say whose dates they are */
    Results take(Caller.System caller, String source, byte[] body) {
        if (!SOURCE.matcher(source).matches() || Sources.ours(source)) {
            throw ProblemException.badRequest("/source", "names the reporting system, as in your events: letters, digits, '_', '.', '-', "
                + "at most 60; names of what courts publish are kept");
        }
        try (var rows = CsvRows.of(body)) {
            if (rows.missing("crime_reference").isPresent() && rows.missing("urn").isPresent()) {
                throw ProblemException.unprocessable("", "needs a column crime_reference or urn in its first line");
            }
            if (rows.missing("date").isPresent() && rows.missing("week_commencing").isPresent()) {
                throw ProblemException.unprocessable("", "needs a column date or week_commencing in its first line");
            }
            var results = new ArrayList<RowResult>();
            var file = new ArrayList<NamelessDates.Told>();
            rows.forEachRemaining(row -> results.add(EventIntake.retrying(() ->
                acting.as(caller, (Connection c) -> take(c, caller, source, row, file)))));
            results.replaceAll(result -> besides(caller, source, result, file));
            acting.as(caller, (Connection c) -> {
                audit.record(c, caller, "listing_events_received", null, null);
                return null;
            });
            if (results.stream().anyMatch(r -> !"refused".equals(r.status()))) {
                feeds.heard(caller, source);
            }
            return new Results(count(results, "accepted"), count(results, "duplicate"), count(results, "refused"),
                rows.columns().stream().filter(name -> !KNOWN.contains(name)).map(n -> n.substring(0, Math.min(100, n.length()))).toList(),
                results);
        }
    }

    private static long count(List<RowResult> results, String status) {
        return results.stream().filter(r -> r.status().equals(status)).count();
    }

    private RowResult take(Connection c, Caller.System caller, String source, CsvRows.Row row, List<NamelessDates.Told> file) {
        if (row.error() != null) {
            return RowResult.refused(row.line(), "bad_row", row.error());
        }
        List<UUID> concerned = concerned(c, row);
        if (concerned.isEmpty()) {
            return RowResult.refused(row.line(), "unknown_case", "No case of this force has this crime_reference or urn.");
        }
        var missed = new ArrayList<String>();
        Optional<When> when = RowTimes.when(row, missed);
        if (when.isEmpty()) {
            return RowResult.refused(row.line(), "bad_date", "It says neither a date nor a week_commencing that can be read: write "
                + "2027-05-11 or 11/05/2027.");
        }
        String id = row.text("hearing_id");
        if (id != null && id.length() > LONGEST_ID) {
            return RowResult.refused(row.line(), "bad_hearing_id", "hearing_id is longer than " + LONGEST_ID + " characters.");
        }
        CourtSchedule.Court court = court(c, caller.force(), row, missed);
        String kind = kind(row, missed);
        boolean off = off(row, missed);
        boolean news = false;
        for (UUID caseId : concerned) {
            String hearing = id != null ? id : PREFIX + ReportedDate.hash(caseId + "|" + (when.get().on() != null ? when.get().on()
                : "week " + when.get().weekOf()) + '|' + (court == null ? "" : Court.key(court.name() + ' ' + court.ouCode())));
            if (off) {
                String meant = id != null ? id : nameless.ofDay(c, caller.force(), caseId, source, hearing, when.get());
                if (meant == null) {
                    return RowResult.refused(row.line(), "unknown_hearing", "A state of vacated needs its hearing_id, or the day of the one "
                        + "date that this source reported without.");
                }
                news |= dates.take(c, caller.force(), caseId, source, meant, before -> new ReportedDate(meant, null,
                    before.timed() ? null : when.get(), null, null, null, false, true), false);
                nameless.settled(c, caseId, meant);
                continue;
            }
            List<String> required = required(c, caseId, source, row, missed);
            boolean keepsTime = RowTimes.unreadable(row);
            news |= dates.take(c, caller.force(), caseId, source, hearing, before -> new ReportedDate(hearing, kind,
                keepsTime && before.on(when.get().on()) ? null : when.get(), court, required, null, false, false), false);
            if (id == null) {
                file.add(new NamelessDates.Told(row.line(), caseId, hearing));
            }
        }
        return new RowResult(row.line(), news ? "accepted" : "duplicate", missed.isEmpty() ? null : "in_part",
            missed.isEmpty() ? null : words(missed));
    }

    private static String words(List<String> missed) {
        String all = String.join(" ", missed.stream().distinct().toList());
        return all.substring(0, Math.min(LONGEST_DETAIL, all.length()));
    }

    private static boolean off(CsvRows.Row row, List<String> missed) {
        String state = row.text("state") == null ? "listed" : row.text("state").strip().toLowerCase(Locale.ROOT);
        if (!Set.of("listed", "vacated").contains(state)) {
            missed.add("state is neither listed nor vacated: it was left out.");
        }
        return "vacated".equals(state);
    }

    /** Whoever gives no hearing_id cannot move a date: where another one stands, the row says so and staff ask. */
    private RowResult besides(Caller.System caller, String source, RowResult result, List<NamelessDates.Told> file) {
        boolean stands = false;
        for (var told : file.stream().filter(t -> t.line() == result.line()).toList()) {
            stands |= acting.as(caller, (Connection c) -> nameless.standBeside(c, caller.force(), source, told, file));
        }
        return !stands ? result : new RowResult(result.line(), result.status(), "other_date_stands", words(Stream.of("Another date of the case "
            + "stands: a row without hearing_id moves none. State vacated calls it off.", result.detail()).filter(d -> d != null).toList()));
    }

    private List<UUID> concerned(Connection c, CsvRows.Row row) {
        if (row.text("crime_reference") != null) {
            return references.caseOf(c, row.text("crime_reference")).map(List::of).orElse(List.of());
        }
        String urn = row.text("urn") == null ? "" : Urns.key(row.text("urn"));
        return urn.isEmpty() ? List.of() : cases.ofUrns(c, List.of(urn)).stream().map(CaseOfUrn::caseId).sorted().distinct().toList();
    }

    /** By its code or its name. One that the force has not described keeps what the row says. */
    private CourtSchedule.Court court(Connection c, UUID force, CsvRows.Row row, List<String> missed) {
        String text = row.text("court");
        String room = row.text("room");
        if (text == null) {
            return null;
        }
        boolean code = CODE.matcher(text.toUpperCase(Locale.ROOT)).matches();
        if (text.length() > 150 || room != null && room.length() > 60) {
            missed.add("court is longer than 150 characters or room than 60: both were left out.");
            return null;
        }
        return courts.find(c, force, code ? text : null, code ? null : text)
            .map(known -> new CourtSchedule.Court(known.nameEn(), known.ouCode(), known.address(), room))
            .orElseGet(() -> code ? new CourtSchedule.Court("", text.toUpperCase(Locale.ROOT), null, room)
                : new CourtSchedule.Court(text, null, null, room));
    }

    private static String kind(CsvRows.Row row, List<String> missed) {
        String text = row.text("kind");
        if (text == null) {
            return null;
        }
        HearingKind known = HearingKind.of(text);
        String kind = known != HearingKind.OTHER ? known.wireName() : HearingTypes.kind(text);
        if ("other".equals(kind) && !"other".equalsIgnoreCase(text)) {
            missed.add("kind is none that is known: it is shown as a hearing.");
        }
        return kind;
    }

    private List<String> required(Connection c, UUID caseId, String source, CsvRows.Row row, List<String> missed) {
        if (row.text("required") == null) {
            return null;
        }
        if (NOBODY.equalsIgnoreCase(row.text("required").strip())) {
            return List.of();
        }
        List<String> named = Arrays.stream(row.text("required").split(";")).map(String::strip).filter(s -> !s.isEmpty()).distinct().toList();
        Set<String> known = references.peopleOf(c, caseId, source, named);
        if (known.size() < named.size()) {
            // the others alone would call off whoever was only written wrong
            missed.add("required names " + (named.size() - known.size()) + " not reported by this source in the case: all of it was left out.");
            return null;
        }
        return named.isEmpty() ? null : named;
    }
}
