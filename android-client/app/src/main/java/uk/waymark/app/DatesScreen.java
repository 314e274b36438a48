package uk.waymark.app;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.provider.CalendarContract;
import com.google.android.material.textfield.TextInputEditText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.waymark.client.Seen;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.AttendanceChoice;
import uk.waymark.client.model.AttendanceRequest;
import uk.waymark.client.model.AttendanceSaid;
import uk.waymark.client.model.HearingState;
import uk.waymark.client.model.MyAnswer;
import uk.waymark.client.model.MyHearing;
import uk.waymark.client.model.MyHearingList;

/** The dates of a case: where and when, whether the person has to be there, and their answer. */
public final class DatesScreen extends Screen {
    /** Under which name it is kept whether the person has discreet mode on: unknown counts as on. */
    static final String DISCREET = "discreet";

    /** The server has said whether it is on. Where that is not kept it is not known, which counts as on. */
    static void discreet(Core core, boolean on) {
        if (!core.keep(DISCREET, String.valueOf(on))) {
            core.drop(DISCREET);
        }
    }

    /** Under which name it is kept of which case a date is that was answered here. @param path of the answer */
    static String caseOf(String path) {
        return "case of " + path;
    }

    private Runnable keepReason = () -> { };

    @Override
    protected void onStop() {
        keepReason.run();
        super.onStop();
    }

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
        page.quiet(getString(R.string.days), () -> go(DaysScreen.class, about()));
        page.quiet(getString(R.string.needs), () -> go(NeedsScreen.class, about()));
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
            for (String more : new String[] {date.getCourt().getAddress(), date.getCourt().getEntrance(), date.getCourt().getTravel(),
                    date.getCourt().getPhone()}) {
                if (more != null) {
                    card.text(more);
                }
            }
        }
        card.text(date.getRequiredWords());
        if (date.getExpect() != null) {
            card.text(date.getExpect());
        }
        if (listed && Boolean.TRUE.equals(date.getChanged())) {
            card.text(getString(R.string.date_changed));
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

    /** What was answered, from this phone or elsewhere, and answering. */
    private void answer(Page card, MyHearing date) {
        String path = "/v1/me/hearings/" + date.getId() + "/attendance";
        Page said = card.section();
        said(said, date, path, now().reads().last(path, language(), DatesScreen::parse).value());
        later(() -> now().reads().read(path, language(), DatesScreen::parse), seen -> said(said, date, path, seen.value()));
        card.heading(getString(R.string.can_you_come));
        card.button(getString(R.string.i_can), () -> answer(path, date.getVersion(), AttendanceChoice.YES, null));
        card.quiet(getString(R.string.i_cannot), () -> why(path, date.getVersion()));
        card.quiet(getString(R.string.i_want_to_talk), () -> answer(path, date.getVersion(), AttendanceChoice.NEED_TO_TALK, null));
    }

    private static AttendanceSaid parse(String json) {
        return JSON.getGson().fromJson(json, AttendanceSaid.class);
    }

    private void said(Page section, MyHearing date, String path, Optional<AttendanceSaid> stands) {
        section.clear();
        List<Written> written = written(path);
        Written last = written.isEmpty() ? null : written.get(written.size() - 1);
        if (last != null && last.state() == Written.State.CONFLICT && last.theirs() != null) {
            both(section, last);
            return;
        }
        stands.filter(s -> s.getAnswer() != null).ifPresent(s -> {
            words(section, s);
            MyAnswer old = date.getAnswered();
            boolean anew = last != null && last.unsent(); // on its way
            if (!anew && old != null && s.getAnsweredAt().isEqual(old.getAnsweredAt()) && date.getVersion() != null && old.getVersion() < date.getVersion()) {
                section.text(getString(R.string.answer_old));
            }
        });
        if (last != null) {
            section.text(switch (last.state()) {
                case SENT -> last.words().isEmpty() ? getString(R.string.sent) : last.words();
                case REFUSED -> getString(R.string.not_taken, last.words());
                default -> getString(R.string.kept_to_send);
            });
        }
    }

    private List<Written> written(String path) {
        return now().outbox().all().stream().filter(w -> w.path().equals(path)).collect(Collectors.toList());
    }

    private void words(Page section, AttendanceSaid said) {
        String when = time(said.getAnsweredAt().toInstant());
        section.text(getString(Boolean.TRUE.equals(said.getByStaff()) ? R.string.answer_noted : R.string.answer_was, when,
                choice(said.getAnswer())));
    }

    private String choice(AttendanceChoice answer) {
        return getString(answer == AttendanceChoice.YES ? R.string.i_can : answer == AttendanceChoice.CANNOT ? R.string.i_cannot
                : R.string.i_want_to_talk);
    }

    /** Another answer was given since this one was written: the person says which is right. */
    private void both(Page section, Written mine) {
        AttendanceSaid theirs = parse(mine.theirs());
        AttendanceRequest own = JSON.getGson().fromJson(mine.body(), AttendanceRequest.class);
        section.text(getString(R.string.changed_elsewhere));
        section.heading(getString(R.string.from_here));
        section.text(choice(own.getAnswer()));
        if (own.getReason() != null) {
            section.text(own.getReason());
        }
        section.heading(getString(R.string.stands_now));
        if (theirs.getAnswer() != null) {
            words(section, theirs);
        }
        section.button(getString(R.string.use_mine), () -> {
            own.setVersion(theirs.getVersion());
            now().outbox().settle(mine.id(), JSON.getGson().toJson(own));
            send();
        });
        section.quiet(getString(R.string.keep_theirs), () -> {
            now().outbox().drop(mine.id());
            show();
        });
    }

    private void why(String path, Integer version) {
        android.widget.LinearLayout box = new android.widget.LinearLayout(this);
        box.setPadding(48, 0, 48, 0);
        box.setOrientation(android.widget.LinearLayout.VERTICAL);
        TextInputEditText reason = new Page(box).words(getString(R.string.reason), 2000, 3);
        String draft = "reason " + path;
        core().kept(draft).ifPresent(reason::setText);
        keepReason = () -> {
            if (theirs()) { // whoever has left meanwhile leaves nothing
                keepReason(draft, String.valueOf(reason.getText()).trim());
            }
        };
        new Question(this).setTitle(R.string.i_cannot).setView(box)
                .setPositiveButton(R.string.send, (d, w) -> {
                    keepReason = () -> { };
                    answer(path, version, AttendanceChoice.CANNOT, String.valueOf(reason.getText()).trim());
                    core().drop(draft);
                }).setNegativeButton(R.string.cancel, null).setOnDismissListener(d -> {
                    keepReason.run();
                    keepReason = () -> { };
                }).show();
    }

    /** A reason that is typed and not sent is there again when the person comes back. */
    private void keepReason(String draft, String reason) {
        if (reason.isEmpty()) {
            core().drop(draft);
        } else {
            keep(draft, reason);
        }
    }

    /**
     * By the answer as it was read last and the date as it is shown: what is written without a line does not win over what is said elsewhere
     * since, and is not taken for a day that nobody saw.
     *
     * @param version of the date that is shown; null where it was read from a server that does not say
     */
    private void answer(String path, Integer version, AttendanceChoice choice, String reason) {
        keep(caseOf(path), about());
        AttendanceRequest request = new AttendanceRequest();
        request.setAnswer(choice);
        if (reason != null && !reason.isEmpty()) {
            request.setReason(reason);
        }
        Seen<AttendanceSaid> read = now().reads().last(path, language(), DatesScreen::parse);
        request.setVersion(version != null ? version : read.value().map(AttendanceSaid::getVersion).orElse(null));
        List<Written> written = written(path);
        String etag = read.etag();
        for (Written w : written) {
            if (w.state() == Written.State.REFUSED) {
                now().outbox().drop(w.id()); // another answer takes its place
            } else if (!w.unsent() && w.match() != null && read.asAt() != null && !w.at().isBefore(read.asAt())) {
                etag = w.match();
            }
        }
        String body = JSON.getGson().toJson(request);
        Optional<Written> undecided = written.stream().filter(w -> w.state() == Written.State.CONFLICT).findFirst();
        if (undecided.isPresent()) {
            now().outbox().settle(undecided.get().id(), body);
        } else {
            now().outbox().change("attendance", path, body, etag, null);
        }
        send();
    }

    private void send() {
        Sending.soon(this);
        send(core().sends(), outcome -> show()); // at once where there is a line
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
