package uk.waymark.cases;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Somebody comes of age: the case is folded again on the day, and whoever acted for them sees it no longer. Birthdays are
 * sealed, so those of the few cases with somebody under 18 are opened each time; every instance may do it, and twice does
 * no harm.
 */
@Singleton
class Birthdays implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(Birthdays.class);
    private final ActingAs acting;
    private final EachForce forces;
    private final Sealing sealing;
    private final Cases cases;
    private final CaseClock clock;

    /** @param day on which somebody of the case is 18 */
    private record Coming(UUID force, UUID caseId, LocalDate day) {
        Instant at() {
            return day.atStartOfDay(HearingDays.LONDON).toInstant();
        }
    }

    Birthdays(ActingAs acting, EachForce forces, Sealing sealing, Cases cases, CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.sealing = sealing;
        this.cases = cases;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "20s", fixedDelay = "5m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("nobody could look who has come of age; in five minutes it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        coming().filter(b -> !b.at().isAfter(now)).map(b -> new Coming(b.force(), b.caseId(), null)).distinct()
            .forEach(this::review);
    }

    /** What fails for one case is not to keep the others from coming of age. */
    private void review(Coming b) {
        try {
            acting.as(new Caller.Worker(b.force()), (Connection c) -> {
                cases.review(c, b.force(), b.caseId());
                return null;
            });
        } catch (RuntimeException e) {
            LOG.error("nobody could see to who has come of age in case {}; it will be tried again", b.caseId(), e);
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return coming().map(Coming::at).filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    private Stream<Coming> coming() {
        return forces.all().stream().flatMap(force -> acting.as(new Caller.Worker(force), (Connection c) -> of(c, force)).stream())
            .flatMap(Optional::stream);
    }

    private List<Optional<Coming>> of(Connection c, UUID force) {
        return Sql.list(c, """
            select case_id, person_id, facts from waymark.participant
             where force_id = waymark.ctx_force() and minor and facts is not null""",
            r -> {
                UUID caseId = Sql.uuid(r, "case_id");
                return birthday(caseId, Sql.uuid(r, "person_id"), r.getBytes("facts")).map(day -> new Coming(force, caseId, day));
            });
    }

    /** One whose facts cannot be read keeps nobody else from coming of age. */
    private Optional<LocalDate> birthday(UUID caseId, UUID person, byte[] sealed) {
        try {
            var facts = CaseJson.read(sealing.openText("participant.facts:" + person, caseId, sealed), CaseState.PersonFacts.class);
            return ActingFor.birthday(facts.dateOfBirth());
        } catch (RuntimeException e) {
            LOG.error("whether somebody has come of age in case {} cannot be read ({}); it will be tried again", caseId,
                e.getClass().getName());
            return Optional.empty();
        }
    }
}
