package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.messaging.NoticeBars;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.Sql;

/** A notice goes neither by what was replaced nor to the device that it is about. */
@Singleton
final class ChangeNotices implements NoticeBars {

    @Override
    public Map<UUID, Bars> of(Connection c, Set<UUID> subjects) {
        var bars = new HashMap<UUID, Bars>();
        Sql.list(c, "select subject_id, kind, registration_id from waymark.gate_notice_bars(?)", r -> {
            UUID subject = Sql.uuid(r, "subject_id");
            // one row an app: of an account that keeps its devices back there are several
            Set<UUID> apps = bars.containsKey(subject) ? new HashSet<>(bars.get(subject).apps()) : new HashSet<>();
            if (Sql.uuid(r, "registration_id") != null) {
                apps.add(Sql.uuid(r, "registration_id"));
            }
            return bars.put(subject, new Bars(channels(r.getString("kind")), apps));
        }, (Object) subjects.toArray(UUID[]::new));
        return bars;
    }

    /**
     * The app goes with the number: its devices are those of whoever has the old one. Of a sign-in whoever reads the number's
     * texts has just read, and it is not worth a letter.
     */
    private static Set<Channel> channels(String kind) {
        if (kind == null) {
            return EnumSet.of(Channel.SMS, Channel.CALL, Channel.LETTER);
        }
        return switch (ChangeKind.of(kind)) {
            case MOBILE -> EnumSet.of(Channel.SMS, Channel.CALL, Channel.PUSH);
            case EMAIL -> EnumSet.of(Channel.EMAIL);
            case POSTAL_ADDRESS -> EnumSet.of(Channel.LETTER);
        };
    }
}
