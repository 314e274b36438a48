package uk.waymark.web;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Days that were typed into the part {@code dateInput}. */
public final class FormDays {
    private FormDays() { }

    /**
     * What was typed.
     *
     * @param day   null where nothing was typed, or no day of the calendar
     * @param empty whether nothing was typed
     */
    public record Typed(LocalDate day, boolean empty) {
        public boolean wrong() {
            return day == null && !empty;
        }
    }

    /** @param name of the part, without {@code -day} */
    public static Typed read(Form form, String name) {
        String day = form.text(name + "-day");
        String month = form.text(name + "-month");
        String year = form.text(name + "-year");
        if (day.isEmpty() && month.isEmpty() && year.isEmpty()) {
            return new Typed(null, true);
        }
        try {
            boolean whole = year.matches("\\d{4}") && month.matches("\\d{1,2}") && day.matches("\\d{1,2}");
            return new Typed(whole ? LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)) : null, false);
        } catch (DateTimeException e) {
            return new Typed(null, false);
        }
    }
}
