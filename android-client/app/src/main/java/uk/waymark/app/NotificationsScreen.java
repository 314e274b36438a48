package uk.waymark.app;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.MyNotification;
import uk.waymark.client.model.MyNotificationList;

/** What was sent to the person and how it went. What is shown here counts as read, and is not sent again another way. */
public final class NotificationsScreen extends Screen {
    private static final String PATH = "/v1/me/notifications";
    private static final String LIST = PATH + "?limit=25";
    private static final Map<String, Integer> WAYS = Map.of("push", R.string.way_push, "sms", R.string.way_sms, "email", R.string.way_email,
            "letter", R.string.way_letter, "call", R.string.way_call);

    @Override
    protected void show() {
        title(getString(R.string.sent_to_you));
        read(LIST, NotificationsScreen::parse, seen -> show(seen.value().get()), false);
    }

    private static MyNotificationList parse(String json) {
        return JSON.getGson().fromJson(json, MyNotificationList.class);
    }

    private void show(MyNotificationList list) {
        page.clear();
        if (list.getItems().isEmpty()) {
            page.text(getString(R.string.sent_none));
        }
        add(list);
    }

    private void add(MyNotificationList list) {
        for (MyNotification one : list.getItems()) {
            Page card = page.card();
            card.text(time(one.getSentAt().toInstant()));
            card.heading(getString(R.string.of_way, getString(WAYS.getOrDefault(one.getChannel(), R.string.way_other)), getString(how(one))));
            if (one.getText() != null) {
                card.selectable(one.getText());
            } else {
                card.text(getString(words(one)));
            }
        }
        older(page, LIST, list.getNextCursor(), NotificationsScreen::parse, this::add, false);
        List<String> unread = list.getItems().stream().filter(n -> n.getReadAt() == null).map(n -> n.getId().toString()).collect(Collectors.toList());
        if (!unread.isEmpty()) {
            later(() -> tell(unread), done -> News.clear(this));
        }
    }

    private static int how(MyNotification one) {
        return switch (one.getState()) {
            case ACCEPTED -> R.string.sent_accepted;
            case DELIVERED -> R.string.sent_delivered;
            case FAILED -> R.string.sent_failed;
            default -> R.string.sent_unknown;
        };
    }

    private static int words(MyNotification one) {
        return switch (one.getWords()) {
            case WIPED -> R.string.sent_wiped;
            default -> R.string.sent_not_kept;
        };
    }

    /** Says that they have been read; what cannot be said now is said the next time. */
    private boolean tell(List<String> unread) {
        try {
            for (String id : unread) {
                if (now().line().post(PATH + "/" + id + "/read").later()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
