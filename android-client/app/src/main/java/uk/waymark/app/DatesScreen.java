package uk.waymark.app;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.provider.CalendarContract;
import com.google.android.material.textfield.TextInputEditText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.AttendanceChoice;
import uk.waymark.client.model.AttendanceRequest;
import uk.waymark.client.model.HearingState;
import uk.waymark.client.model.MyHearing;
import uk.waymark.client.model.MyHearingList;

/** The dates of a case: where and when, whether the person has to be there, and their answer. */
public final class DatesScreen extends Screen {
    /** Under which name it is kept whether the person has discreet mode on: unknown counts as on. */
    static final String DISCREET = "discreet";

    @Override
    protected void show() {
        title(getString(R.string.dates));
        read("/v1/me/cases/" + about() + "/hearings", json -> JSON.getGson().fromJson(json, MyHearingList.class), this::show);
    }

    private void show(MyHearingList dates) {
        page.clear();
        if (dates.getItems().isEmpty()) {
            page.text(getString(R.string.no_dates));
        }
        for (MyHearing date : dates.getItems()) {
            show(page.card(), date);
        }
    }

    private void show(Page card, MyHearing date) {
        boolean listed = date.getState() == HearingState.LISTED;
        card.heading(date.getWhenWords() == null ? date.getWhat() : date.getWhenWords());
        if (!listed) {
            card.text(getString(R.string.called_off));
        }
        card.text(date.getWhat());
        if (date.getCourt() != null) {
            card.text(date.getCourt().getName() + (date.getCourt().getRoom() == null ? "" : " · " + date.getCourt().getRoom()));
            for (String more : new String[] {date.getCourt().getAddress(), date.getCourt().getEntrance(), date.getCourt().getTravel()}) {
                if (more != null) {
                    card.text(more);
                }
            }
        }
        card.text(date.getRequiredWords());
        if (date.getExpect() != null) {
            card.text(date.getExpect());
        }
        if (date.getNote() != null) {
            card.text(date.getNote());
        }
        card.text(date.getAsAtWords());
        if (!listed) {
            return;
        }
        if (date.getRequired()) {
            answer(card, date);
        }
        if (date.getCourt() != null && (date.getCourt().getMap() != null || date.getCourt().getAddress() != null)) {
            card.quiet(getString(R.string.travel), () -> open(new Intent(Intent.ACTION_VIEW, date.getCourt().getMap() != null
                    ? Uri.parse(date.getCourt().getMap().toString()) : Uri.parse("geo:0,0?q=" + Uri.encode(date.getCourt().getAddress())))));
        }
        if (date.getStartsAt() != null && core().kept(DISCREET).filter("false"::equals).isPresent()) {
            card.quiet(getString(R.string.to_calendar), () -> open(new Intent(Intent.ACTION_INSERT, CalendarContract.Events.CONTENT_URI)
                    .putExtra(CalendarContract.Events.TITLE, getString(R.string.appointment)) // and neither what nor where
                    .putExtra(CalendarContract.EXTRA_EVENT_BEGIN_TIME, date.getStartsAt().toInstant().toEpochMilli())));
        }
    }

    private void answer(Page card, MyHearing date) {
        String path = "/v1/me/hearings/" + date.getId() + "/attendance";
        List<Written> written = now().outbox().all().stream().filter(w -> w.path().equals(path)).collect(Collectors.toList());
        if (!written.isEmpty()) {
            Written last = written.get(written.size() - 1);
            card.text(switch (last.state()) {
                case SENT -> last.words().isEmpty() ? getString(R.string.sent) : last.words();
                case REFUSED -> getString(R.string.not_taken, last.words());
                default -> getString(R.string.kept_to_send);
            });
        }
        card.heading(getString(R.string.can_you_come));
        card.button(getString(R.string.i_can), () -> answer(path, AttendanceChoice.YES, null));
        card.quiet(getString(R.string.i_cannot), () -> why(path));
        card.quiet(getString(R.string.i_want_to_talk), () -> answer(path, AttendanceChoice.NEED_TO_TALK, null));
    }

    private void why(String path) {
        android.widget.LinearLayout box = new android.widget.LinearLayout(this);
        box.setPadding(48, 0, 48, 0);
        box.setOrientation(android.widget.LinearLayout.VERTICAL);
        TextInputEditText reason = new Page(box).words(getString(R.string.reason), 2000, 3);
        new Question(this).setTitle(R.string.i_cannot).setView(box)
                .setPositiveButton(R.string.send, (d, w) -> answer(path, AttendanceChoice.CANNOT, String.valueOf(reason.getText()).trim()))
                .setNegativeButton(R.string.cancel, null).show();
    }

    private void answer(String path, AttendanceChoice choice, String reason) {
        AttendanceRequest request = new AttendanceRequest();
        request.setAnswer(choice);
        if (reason != null && !reason.isEmpty()) {
            request.setReason(reason);
        }
        now().outbox().change("attendance", path, JSON.getGson().toJson(request), null, null);
        Sending.soon(this);
        later(() -> now().outbox().send(), outcome -> show()); // at once where there is a line
        say(Optional.of(getString(R.string.kept_to_send)));
    }

    private void open(Intent intent) {
        try {
            startActivity(intent);
        } catch (ActivityNotFoundException e) {
            say(Optional.of(getString(R.string.no_app)));
        }
    }
}
