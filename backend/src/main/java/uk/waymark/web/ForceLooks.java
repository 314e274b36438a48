package uk.waymark.web;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.api.model.CaseRole;
import uk.waymark.api.model.Me;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;

/** Whose page it is: the force's name and colour, for staff and for a person of one force who is not in discreet mode; and their PIN. */
@Singleton
final class ForceLooks {
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private final ActingAs acting;
    private final MachineClock clock;
    private volatile Known known;

    ForceLooks(ActingAs acting, MachineClock clock) {
        this.acting = acting;
        this.clock = clock;
    }

    /** @param look empty where nothing is to be seen of a force; @param pinNeeded whether the person cannot sign in again without a PIN */
    record Seen(Optional<Look> look, boolean pinNeeded) {
        static final Seen NOTHING = new Seen(Optional.empty(), false);
    }

    private record Known(Map<String, Look> looks, Instant readAt) { }

    /** @param colour {@code #} and six hex digits, or null for ours */
    record Look(String code, String english, String welsh, String colour) {

        String name(Lang lang) {
            return lang == Lang.CY ? welsh : english;
        }
    }

    /** Asks only where a page is made, and never keeps one from being made. */
    Seen of(PageSession session, Visit.Asking api) {
        try {
            if (session.who() == Who.STAFF) {
                return new Seen(find(session.tokens().force()), false);
            }
            return api.get("/v1/me", Me.class) instanceof Reply.Done<Me> me
                ? new Seen(ofPerson(me.body()), Boolean.TRUE.equals(me.body().getPinNeeded())) : Seen.NOTHING;
        } catch (RuntimeException e) {
            return Seen.NOTHING;
        }
    }

    private Optional<Look> ofPerson(Me me) {
        if (me.getDiscreetMode()) {
            return Optional.empty();
        }
        var codes = me.getCases().stream().map(CaseRole::getForce).map(f -> f.getCode()).distinct().toList();
        return codes.size() == 1 ? find(codes.getFirst()) : Optional.empty();
    }

    private Optional<Look> find(String code) {
        Known now = known;
        Instant at = clock.instant();
        if (now == null || !at.isBefore(now.readAt().plus(KNOWN_FOR)) || at.isBefore(now.readAt())) {
            now = new Known(acting.as(new Caller.Nobody(), c -> Sql.list(c, "select * from waymark.gate_force_looks()",
                    r -> new Look(r.getString("force_code"), r.getString("name_en"), r.getString("name_cy"), r.getString("colour")))).stream()
                .collect(Collectors.toMap(Look::code, Function.identity())), at);
            known = now;
        }
        return Optional.ofNullable(code).map(now.looks()::get);
    }
}
