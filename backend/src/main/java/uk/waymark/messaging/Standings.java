package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.messaging.ContactChannels.By;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChannels.Ways;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Finds what holds of the ways to reach persons, in three queries however many they are. */
@Singleton
public final class Standings {
    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final ContactChannels channels;
    private final Confirmations confirmations;
    private final CaseClock clock;

    Standings(Sealing sealing, PhoneNumbers numbers, ContactChannels channels, Confirmations confirmations, CaseClock clock) {
        this.sealing = sealing;
        this.numbers = numbers;
        this.channels = channels;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    private record Held(UUID person, String mobile, NumberSafety safety, Instant saidAt, boolean flagged) { }

    /** @param unsafe what somebody else on the account calls so; @param unknown likewise */
    private record Shared(UUID person, String number, boolean flagged, boolean unsafeNumber, Set<String> unsafe,
                          Set<String> unknown, List<byte[]> unsafeAddresses) { }

    private static final Shared ALONE = new Shared(null, null, false, false, Set.of(), Set.of(), List.of());

    /** Of each of these persons: a force's own for staff, a system or a worker; a person's own. */
    public Map<UUID, Standing> of(Connection c, UUID[] persons) {
        Map<UUID, Ways> ways = channels.of(c, persons);
        Map<UUID, Shared> shared = shared(c, persons);
        var standings = new HashMap<UUID, Standing>();
        for (Held held : held(c, persons)) {
            standings.put(held.person(), standing(held, shared.getOrDefault(held.person(), ALONE),
                ways.getOrDefault(held.person(), Ways.NONE)));
        }
        return standings;
    }

    private Standing standing(Held held, Shared shared, Ways ways) {
        Instant now = clock.instant();
        boolean flagged = held.flagged() || shared.flagged();
        NumberSafety word = held.safety() == NumberSafety.SAFE && confirmations.lapsed(held.saidAt(), flagged, now)
            ? NumberSafety.UNKNOWN : held.safety();
        String number = shared.number() == null ? held.mobile() : shared.number();
        boolean theVery = number != null && number.equals(held.mobile());
        NumberSafety ofNumber = shared.unsafeNumber() ? NumberSafety.UNSAFE : theVery ? word : NumberSafety.UNKNOWN;
        Function<Chosen, Chosen> asItStands = w -> w.with(safety(w, shared, number, flagged, now));
        return new Standing(number, word, theVery && held.safety() == NumberSafety.SAFE ? held.saidAt() : null, ofNumber, flagged,
            ways.order().stream().map(asItStands).toList(), asItStands.apply(way(ways, Channel.SMS)),
            asItStands.apply(way(ways, Channel.CALL)));
    }

    /** What was said of it counts also where the person has left it out of their order. */
    private static Chosen way(Ways ways, Channel channel) {
        return Stream.of(ways.order(), ways.aside()).flatMap(List::stream).filter(w -> w.channel() == channel).findFirst()
            .orElseGet(() -> new Chosen(channel, null, Safety.NOT_SAID));
    }

    private Safety safety(Chosen way, Shared shared, String number, boolean flagged, Instant now) {
        boolean lapsed = confirmations.lapsed(way.said().confirmedAt(), flagged, now);
        if (way.address() != null) {
            return channels.among(shared.unsafeAddresses(), way.address()) ? Safety.UNSAFE
                : way.safety() == Safety.SAFE && (lapsed || flagged && way.said().by() == By.PERSON) ? Safety.UNKNOWN : way.safety();
        }
        String channel = way.channel().stored();
        if (way.safety() == Safety.UNSAFE || shared.unsafe().contains(channel)) {
            return Safety.UNSAFE;
        }
        if (way.safety() == Safety.UNKNOWN || shared.unknown().contains(channel)) {
            return Safety.UNKNOWN;
        }
        boolean counts = way.safety() == Safety.SAFE && !lapsed && number != null && number.equals(way.said().number());
        return counts ? Safety.SAFE : Safety.NOT_SAID;
    }

    private List<Held> held(Connection c, UUID[] persons) {
        return Sql.list(c, """
            select id, mobile, mobile_safe, mobile_confirmed_at, safety from waymark.person where id = any(?)""",
            r -> new Held(Sql.uuid(r, "id"), mobile("person.mobile", Sql.uuid(r, "id"), r.getBytes("mobile")),
                NumberSafety.valueOf(r.getString("mobile_safe").toUpperCase(Locale.ROOT)),
                Sql.instant(r, "mobile_confirmed_at"), r.getBoolean("safety")), (Object) persons);
    }

    private Map<UUID, Shared> shared(Connection c, UUID[] persons) {
        return Sql.list(c, "select * from waymark.gate_account_choices(?)",
            r -> new Shared(Sql.uuid(r, "person_id"),
                mobile("account.number", Sql.uuid(r, "account_id"), r.getBytes("number")), r.getBoolean("safety"),
                r.getBoolean("unsafe_number"), texts(r.getArray("unsafe")), texts(r.getArray("unknown")),
                List.of((byte[][]) r.getArray("unsafe_addresses").getArray())), (Object) persons).stream()
            .collect(Collectors.toMap(Shared::person, Function.identity()));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    /** Only numbers that take texts: a force may hold a landline. */
    private String mobile(String column, UUID row, byte[] sealed) {
        return sealed == null ? null : numbers.parseMobile(sealing.openText(column, row, sealed)).orElse(null);
    }
}
