package uk.waymark.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.sql.Connection;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Reading by staff that somebody should look into: many people in an hour, several without a task or another reason, the
 * own surname, the own postcode. Nothing is refused: supervisors find it in their queue, once for each hour or person.
 * Made at start, so that its figures are there before anything happens.
 */
@Context
public final class UnusualReading {
    private static final String HOUR_AGO = "clock_timestamp() - interval '1 hour'";
    /** Lists of messages and of things to do show neither words nor numbers, and are long by their nature. */
    private static final List<String> LISTS = List.of("queue_read", "queue_hearing_read", "notifications_read");
    /** Rows looked at: past as many, one who reads the same few again and again is not counted on. */
    private static final int MOST_ROWS = 2_000;
    private final WorkItems workItems;
    private final Sealing sealing;
    private final CaseClock clock;
    private final MachineClock machineClock;
    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
    private final int manyPeople;
    private final int withoutReason;
    private final Duration due;

    /** What was unusual; in lower case it is the item's reason and the figure's kind. */
    enum Kind {
        MANY_PEOPLE, NO_TASK, OWN_NAME, OWN_ADDRESS;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param manyPeople    people in an hour, from which on it is unusual
     * @param withoutReason the same, read without a reason
     * @param due           how long supervisors have to look into it
     */
    UnusualReading(WorkItems workItems, Sealing sealing, CaseClock clock, MachineClock machineClock, MeterRegistry meters,
                   @Value("${waymark.reading.many-people:100}") int manyPeople,
                   @Value("${waymark.reading.without-reason:30}") int withoutReason,
                   @Value("${waymark.reading.due:P1D}") Duration due) {
        this.workItems = workItems;
        this.sealing = sealing;
        this.clock = clock;
        this.machineClock = machineClock;
        this.manyPeople = manyPeople;
        this.withoutReason = withoutReason;
        this.due = due;
        for (Kind kind : Kind.values()) {
            counters.put(kind, Counter.builder("waymark.unusual.reading").tag("kind", kind.code())
                .description("Reading by staff that supervisors were asked to look into").register(meters));
        }
    }

    /** Looks back over this member's last hour; the audit log's time is the database's. */
    void count(Connection c, Caller.Staff staff, String action) {
        if (!Reasons.reads(action) || LISTS.contains(action)) {
            return;
        }
        record Counted(int people, int unreasoned) { }
        Counted counted = Sql.one(c, """
            select count(distinct person_id) as people,
                   count(distinct person_id) filter (where reason = 'none_given') as unreasoned
              from (select person_id, reason from waymark.audit_log
                     where force_id = ? and caller = ? and person_id is not null
                       and (action like '%!_read' escape '!' or action like '%!_found' escape '!') and action <> all (?)
                       and at >\s""" + HOUR_AGO + """
                     order by at desc limit ?) lately""",
            r -> new Counted(r.getInt("people"), r.getInt("unreasoned")), staff.force(), staff.auditName(),
            LISTS.toArray(String[]::new), MOST_ROWS)
            .orElseThrow();
        Instant hour = machineClock.instant().truncatedTo(ChronoUnit.HOURS);
        if (counted.people() >= manyPeople) {
            raise(c, staff, Kind.MANY_PEOPLE, hour.toString(), null, null,
                "read about " + counted.people() + " people within an hour");
        }
        if (counted.unreasoned() >= withoutReason) {
            raise(c, staff, Kind.NO_TASK, hour.toString(), null, null,
                "read about " + counted.unreasoned() + " people within an hour without a task or another reason");
        }
    }

    /**
     * A member of staff is shown somebody: is it their own family?
     *
     * @param familyName of the person, or null
     */
    public void shown(Connection c, Caller.Staff staff, UUID caseId, UUID personId, String familyName) {
        if (same(staff.self().familyName(), familyName)) {
            raise(c, staff, Kind.OWN_NAME, personId.toString(), caseId, personId, "read about somebody of the same surname");
        }
    }

    /**
     * A member of staff is shown where somebody lives: is it their own street?
     *
     * @param address with its postcode, or null
     */
    public void shownAddress(Connection c, Caller.Staff staff, UUID personId, String address) {
        String postcode = plain(staff.self().postcode());
        if (!postcode.isEmpty() && address != null && plain(address).contains(postcode)) {
            raise(c, staff, Kind.OWN_ADDRESS, personId.toString(), null, personId, "read an address with their own postcode");
        }
    }

    private void raise(Connection c, Caller.Staff staff, Kind kind, String once, UUID caseId, UUID personId, String what) {
        String key = "unusual:" + kind.code() + ':'
            + HexFormat.of().formatHex(sealing.key("unusual_reading", staff.auditName() + ' ' + once), 0, 16);
        boolean isNew = workItems.open(c, new NewWorkItem("unusual_reading", key, caseId, personId, null, kind.code(),
            "Staff member " + staff.subject() + " " + what + ". Look into whether that was for their work.",
            clock.instant().plus(due), staff.subject(), staff.supervisor()));
        if (isNew) {
            counters.get(kind).increment();
        }
    }

    private static boolean same(String one, String other) {
        return one != null && other != null && !plain(one).isEmpty() && plain(one).equals(plain(other));
    }

    /** Letters and digits only, small, without accents. */
    private static String plain(String text) {
        return text == null ? "" : Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
