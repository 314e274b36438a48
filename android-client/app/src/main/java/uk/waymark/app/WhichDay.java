package uk.waymark.app;

import android.widget.DatePicker;
import java.time.LocalDate;
import java.util.function.Consumer;

/** Asks for a day of the calendar. */
final class WhichDay {
    private WhichDay() {}

    /** @param at the day that is shown first */
    static void ask(Screen screen, int title, LocalDate at, Consumer<LocalDate> chosen) {
        DatePicker picker = new DatePicker(screen);
        picker.updateDate(at.getYear(), at.getMonthValue() - 1, at.getDayOfMonth());
        new Question(screen).setTitle(title).setView(picker)
                .setPositiveButton(R.string.choose, (d, w) -> chosen.accept(LocalDate.of(picker.getYear(), picker.getMonth() + 1, picker.getDayOfMonth())))
                .setNegativeButton(R.string.cancel, null).show();
    }
}
