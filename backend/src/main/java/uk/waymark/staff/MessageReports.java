package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import uk.waymark.notifications.Figures;
import uk.waymark.notifications.RetentionRules;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Figures of a force's messages in a period: how many and how quickly, and what they cost. Nobody can be told from them. */
@Singleton
class MessageReports {
    private static final int MOST_DAYS = 366;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private final ActingAs acting;
    private final RetentionRules rules;

    MessageReports(ActingAs acting, RetentionRules rules) {
        this.acting = acting;
        this.rules = rules;
    }

    /** @param costPence or null where the force has set no price for a segment */
    record Line(Figures.Line figures, BigDecimal costPence) { }

    /** @throws ProblemException 400 for a year that cannot be meant, and a period that ends before it begins or is too long */
    List<Line> lines(Caller.Staff staff, LocalDate from, LocalDate to, Figures.By by) {
        checkYear("/from", from);
        checkYear("/to", to);
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1 || days > MOST_DAYS) {
            throw ProblemException.badRequest("/to", "must be from the first day on, and at most 366 days in all");
        }
        return acting.as(staff, c -> {
            BigDecimal price = Sql.one(c, "select segment_price_pence from waymark.force where id = ?",
                r -> r.getBigDecimal("segment_price_pence"), staff.force()).orElse(null);
            return Figures.of(c, staff.force(), from, to, by, rules.zone()).stream()
                .map(f -> new Line(f, price == null ? null : plain(price.multiply(BigDecimal.valueOf(f.segments()))))).toList();
        });
    }

    /** Years that a calendar has and a database has not. */
    private static void checkYear(String pointer, LocalDate day) {
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw ProblemException.badRequest(pointer, "must be a day of the years 2000 to 2100");
        }
    }

    /** 8044, and neither 8044.0000 nor 8.044E+3. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal shorter = number.stripTrailingZeros();
        return shorter.scale() < 0 ? shorter.setScale(0) : shorter;
    }
}
