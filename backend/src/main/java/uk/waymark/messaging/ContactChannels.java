package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * By which channels each person wants to be told, in their own order, and what has been said of each: whether it is safe, and
 * when that was confirmed. What holds of it now is {@link Standing}'s to say.
 */
@Singleton
public final class ContactChannels {
    /** What holds for whoever has chosen nothing: the app, then a text. */
    public static final List<Chosen> USUAL = List.of(new Chosen(Channel.PUSH, null, Safety.NOT_SAID),
        new Chosen(Channel.SMS, null, Safety.NOT_SAID));
    private static final String ADDRESS = "contact_channel.address:";
    private static final String NUMBER = "contact_channel.number:";
    private static final String ADDRESS_KEY = "unsafe_address";

    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;
    private final DueTimes dueTimes;

    ContactChannels(Sealing sealing, Ids ids, CaseClock clock, DueTimes dueTimes) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
        this.dueTimes = dueTimes;
    }

    /** What is said of a channel; nothing was said of it: the force's word on the number holds. */
    public enum Safety { SAFE, UNSAFE, UNKNOWN, NOT_SAID;
        /** As stored and as in the contract. */
        public String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who says what is known of a channel. */
    public enum By { PERSON, STAFF }

    /**
     * @param by          null where nobody has said anything
     * @param confirmedAt case time at which it was last said to be safe, or null
     * @param number      that was said to be safe, E.164; null of an address, and where it was not
     */
    public record Said(By by, Instant confirmedAt, String number) {
        static final Said NOTHING = new Said(null, null, null);

        /** Without the number. */
        @Override
        public String toString() {
            return "Said[by=" + by + ", confirmedAt=" + confirmedAt + "]";
        }
    }

    /** @param address of an email or a letter (its lines, a name first); null for every other channel */
    public record Chosen(Channel channel, String address, Safety safety, Said said) {
        public Chosen(Channel channel, String address, Safety safety) {
            this(channel, address, safety, Said.NOTHING);
        }

        Chosen with(Safety other) {
            return new Chosen(channel, address, other, said);
        }

        /** Without the address. */
        @Override
        public String toString() {
            return "Chosen[channel=" + channel + ", safety=" + safety + "]";
        }
    }

    /**
     * @param order what the person wants, or the usual; @param aside what was said of channels that are not in it
     */
    record Ways(List<Chosen> order, List<Chosen> aside) {
        static final Ways NONE = new Ways(USUAL, List.of());
    }

    /** @param place null where it is not chosen any more */
    private record Row(UUID person, Integer place, Chosen chosen) { }

    /** What each of these persons that has chosen anything wants, and what was said of it. */
    Map<UUID, Ways> of(Connection c, UUID[] persons) {
        return rows(c, persons).stream().collect(Collectors.groupingBy(Row::person,
            Collectors.collectingAndThen(Collectors.toList(), ContactChannels::ways)));
    }

    /** What one person wants and what was said of it, as it was said; also of channels that are not wanted any more. */
    public List<Chosen> said(Connection c, UUID person) {
        return rows(c, new UUID[] {person}).stream().map(Row::chosen).toList();
    }

    private static Ways ways(List<Row> rows) {
        List<Chosen> order = rows.stream().filter(r -> r.place() != null).map(Row::chosen).toList();
        List<Chosen> aside = rows.stream().filter(r -> r.place() == null).map(Row::chosen).toList();
        return order.isEmpty() ? new Ways(USUAL.stream().map(u -> aside.stream()
            .filter(a -> a.channel() == u.channel()).findFirst().orElse(u)).toList(), aside) : new Ways(order, aside);
    }

    /**
     * A person's own choice, in a transaction of theirs. What was said of an address stays as long as it is the same one; a
     * new one is for staff to confirm. What they call unsafe is so from now on; nothing becomes safer by it.
     *
     * @param person   of the account
     * @param channels in order
     */
    public void choose(Connection c, UUID person, List<Chosen> channels) {
        List<Row> before = rows(c, new UUID[] {person});
        String[] names = channels.stream().map(w -> w.channel().stored()).toArray(String[]::new);
        Sql.call(c, "select waymark.gate_order_channels(?, ?, ?, ?, ?::boolean[], ?::boolean[], ?, ?, ?)", person, names,
            channels.stream().map(w -> sealed(person, w)).toArray(byte[][]::new),
            channels.stream().map(w -> w.address() == null ? null : key(w.address())).toArray(byte[][]::new),
            each(channels, w -> w.address() == null || before.stream()
                .anyMatch(b -> b.chosen().channel() == w.channel() && w.address().equals(b.chosen().address()))),
            each(channels, w -> w.safety() == Safety.UNSAFE), ids.next(), clock.instant(),
            dueTimes.addressToConfirm(clock.instant()));
    }

    private static String each(List<Chosen> channels, Function<Chosen, Boolean> what) {
        return channels.stream().map(w -> what.apply(w).toString()).collect(Collectors.joining(",", "{", "}"));
    }

    /** The person says that a channel is safe which is not held to be: staff are asked to find out. */
    public void saidSafe(Connection c, UUID person, Channel channel) {
        Sql.call(c, "select waymark.gate_ask_of_channel(?, ?, ?, ?, ?)", ids.next(), person, channel.stored(), clock.instant(),
            dueTimes.channelToConfirm(clock.instant()));
    }

    /**
     * What staff put down on a person's behalf, with their word on each channel; replaces the order, and what was said of the
     * channels in it. What was called unsafe and is not in it any more stays so.
     */
    public void set(Connection c, UUID person, List<Chosen> channels) {
        Sql.run(c, "update waymark.contact_channel set place = null where person_id = ?", person);
        for (int place = 1; place <= channels.size(); place++) {
            Chosen chosen = channels.get(place - 1);
            Said said = said(chosen);
            Sql.run(c, """
                insert into waymark.contact_channel (person_id, channel, force_id, place, address, safety, said_by, confirmed_at,
                                                     number)
                values (?, ?, waymark.ctx_force(), ?, ?, ?, ?, ?::timestamptz, ?::bytea)
                on conflict (person_id, channel) do update
                   set place = excluded.place, address = excluded.address, safety = excluded.safety,
                       said_by = excluded.said_by, confirmed_at = excluded.confirmed_at, number = excluded.number""",
                person, chosen.channel().stored(), place, sealed(person, chosen),
                chosen.safety() == Safety.NOT_SAID ? "unknown" : chosen.safety().stored(),
                said.by() == null ? null : said.by().name().toLowerCase(Locale.ROOT), said.confirmedAt(),
                sealing.sealText(NUMBER + chosen.channel().stored(), person, said.number()));
            remember(c, person, chosen);
        }
        Sql.run(c, """
            delete from waymark.contact_channel
             where person_id = ? and place is null and (safety <> 'unsafe' or channel in ('email', 'letter'))""", person);
    }

    /** Who says it now says it today. */
    private Said said(Chosen chosen) {
        if (chosen.safety() == Safety.NOT_SAID || chosen.said().by() != null) {
            return chosen.said();
        }
        return new Said(By.STAFF, chosen.safety() == Safety.SAFE ? clock.instant() : null, chosen.said().number());
    }

    /** An address that was called unsafe is so for good, also when another took its place meanwhile: until it is called safe. */
    private void remember(Connection c, UUID person, Chosen chosen) {
        if (chosen.address() != null && chosen.safety() == Safety.UNSAFE) {
            Sql.run(c, """
                insert into waymark.unsafe_address (person_id, address_key, force_id) values (?, ?, waymark.ctx_force())
                on conflict do nothing""", person, key(chosen.address()));
        } else if (chosen.address() != null && chosen.safety() == Safety.SAFE) {
            Sql.run(c, "delete from waymark.unsafe_address where person_id = ? and address_key = any(?)", person,
                sealing.keys(ADDRESS_KEY, comparable(chosen.address())));
        }
    }

    private byte[] key(String address) {
        return sealing.key(ADDRESS_KEY, comparable(address));
    }

    private static String comparable(String address) {
        return address.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** @param unsafe keyed hashes of unsafe addresses, or null for none */
    boolean among(Array unsafe, String address) throws SQLException {
        if (address == null || unsafe == null) {
            return false;
        }
        byte[][] keys = sealing.keys(ADDRESS_KEY, comparable(address));
        return Arrays.stream((byte[][]) unsafe.getArray())
            .anyMatch(known -> Arrays.stream(keys).anyMatch(key -> Arrays.equals(key, known)));
    }

    /** @param unsafe keyed hashes of unsafe addresses */
    boolean among(List<byte[]> unsafe, String address) {
        byte[][] keys = unsafe.isEmpty() ? new byte[0][] : sealing.keys(ADDRESS_KEY, comparable(address));
        return unsafe.stream().anyMatch(known -> Arrays.stream(keys).anyMatch(key -> Arrays.equals(key, known)));
    }

    private byte[] sealed(UUID person, Chosen chosen) {
        return sealing.sealText(ADDRESS + chosen.channel().stored(), person, chosen.address());
    }

    private List<Row> rows(Connection c, UUID[] persons) {
        return Sql.list(c, """
            select person_id, channel, place, address, safety, said_by, confirmed_at, number,
                   (select array_agg(u.address_key) from waymark.unsafe_address u where u.person_id = chosen.person_id) as unsafe
              from waymark.contact_channel chosen
             where person_id = any(?) order by person_id, place""",
            r -> new Row(Sql.uuid(r, "person_id"), r.getObject("place", Integer.class), chosen(r)), (Object) persons);
    }

    private Chosen chosen(ResultSet r) throws SQLException {
        UUID person = Sql.uuid(r, "person_id");
        String channel = r.getString("channel");
        String by = r.getString("said_by");
        String address = sealing.openText(ADDRESS + channel, person, r.getBytes("address"));
        Safety safety = among(r.getArray("unsafe"), address) ? Safety.UNSAFE
            : address == null && by == null ? Safety.NOT_SAID : Safety.valueOf(r.getString("safety").toUpperCase(Locale.ROOT));
        return new Chosen(Channel.valueOf(channel.toUpperCase(Locale.ROOT)), address, safety,
            new Said(by == null ? null : By.valueOf(by.toUpperCase(Locale.ROOT)), Sql.instant(r, "confirmed_at"),
                sealing.openText(NUMBER + channel, person, r.getBytes("number"))));
    }
}
