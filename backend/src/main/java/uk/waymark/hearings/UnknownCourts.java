package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import uk.waymark.courts.Court;
import uk.waymark.courts.Courts;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * A court that the force has not described gets a person's attention, once for each court: people read its name meanwhile, and
 * nothing that would have to be guessed.
 */
@Singleton
final class UnknownCourts implements ApplicationEventListener<HearingChanged> {
    private final Courts courts;
    private final WorkItems workItems;
    private final WorkingDays days;

    UnknownCourts(Courts courts, WorkItems workItems, WorkingDays days) {
        this.courts = courts;
        this.workItems = workItems;
        this.days = days;
    }

    @Override
    public void onApplicationEvent(HearingChanged changed) {
        CourtHearing now = changed.now();
        CourtHearing before = changed.before();
        boolean sameCourt = before != null && Objects.equals(before.court(), now.court()) && Objects.equals(before.ouCode(), now.ouCode());
        if (!now.listed() || sameCourt || now.court() == null && now.ouCode() == null
                || HearingViews.past(now, LocalDate.ofInstant(changed.at(), WorkingDays.LONDON))
                || !courts.any(changed.connection(), changed.force())
                || courts.find(changed.connection(), changed.force(), now.ouCode(), now.court()).isPresent()) {
            return;
        }
        String code = now.ouCode() == null ? "" : now.ouCode().strip().toUpperCase(Locale.ROOT);
        String name = now.court() == null ? "" : now.court();
        workItems.open(changed.connection(), new NewWorkItem("court_unknown", "court:" + code + ':' + Court.key(name), null, null, null,
            code.isEmpty() ? "name_not_known" : "code_not_known", "The court \"" + name + "\"" + (code.isEmpty() ? "" : " (" + code + ")")
            + " is not among the force's courts, or its code is another one's. People read its name and no address, door or way. Find "
            + "out which court it is, and have it put into the force's file.", days.after(changed.at(), 1)));
    }
}
