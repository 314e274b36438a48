package uk.waymark.hearings;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who is not to have the extra reminders, so that it can be seen whether these do any good. */
public interface HeldOut {

    /**
     * Asked of each reminder of a plan when it falls due; never of the notice of a date, its change or its end, and never of
     * what staff send.
     *
     * @param c of a transaction that acts for the force
     */
    boolean extra(Connection c, UUID hearing, UUID person);

    /**
     * Who is left without as things stand, to be shown; nothing is drawn by it. Whom no reminder has fallen due for yet is not among them.
     *
     * @param c of a transaction that acts for the force, or of its staff
     */
    Optional<Without> standing(Connection c, Collection<UUID> persons);

    /**
     * @param from    the first day of the court dates of which they are left without reminders
     * @param to      the last one
     * @param persons who
     */
    record Without(LocalDate from, LocalDate to, Set<UUID> persons) {
        /** @param person who has to be there */
        public boolean reminders(CourtHearing h, UUID person) {
            LocalDate day = h.on() != null ? h.on() : h.weekOf();
            return persons.contains(person) && day != null && !day.isBefore(from) && !day.isAfter(to);
        }
    }
}
