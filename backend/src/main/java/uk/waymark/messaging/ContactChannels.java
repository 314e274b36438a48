package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * By which channels each person wants to be told, in their own order; and the emails and postal addresses for it, which are
 * used only once staff have said that they are safe.
 */
@Singleton
public final class ContactChannels {
    /** What holds for whoever has chosen nothing: the app, then a text. */
    public static final List<Chosen> USUAL =
        List.of(new Chosen(Channel.PUSH, null, Safety.UNKNOWN), new Chosen(Channel.SMS, null, Safety.UNKNOWN));
    private static final String ADDRESS = "contact_channel.address:";
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

    /** What staff say of an address. */
    public enum Safety { SAFE, UNSAFE, UNKNOWN;
        /** As stored and as in the contract. */
        public String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param address of an email or a letter (its lines, a name first); null for every other channel */
    public record Chosen(Channel channel, String address, Safety safety) {
        /** Without the address. */
        @Override
        public String toString() {
            return "Chosen[channel=" + channel + ", safety=" + safety + "]";
        }
    }

    /** @param place null where it is not chosen any more */
    private record Row(UUID person, Integer place, Chosen chosen) { }

    /** The order of each of these persons that has chosen one. */
    public Map<UUID, List<Chosen>> of(Connection c, UUID[] persons) {
        return rows(c, persons).stream().filter(r -> r.place() != null)
            .collect(Collectors.groupingBy(Row::person, Collectors.mapping(Row::chosen, Collectors.toList())));
    }

    /**
     * A person's own choice, in a transaction of theirs. What staff have said of an address stays as long as it is the same
     * one; a new one is for staff to confirm.
     *
     * @param person   of the account
     * @param channels in order; what they say of safety is not looked at
     */
    public void choose(Connection c, UUID person, List<Chosen> channels) {
        List<Row> before = rows(c, new UUID[] {person});
        String[] names = channels.stream().map(w -> w.channel().stored()).toArray(String[]::new);
        String known = channels.stream().map(w -> Boolean.toString(w.address() == null || before.stream()
            .anyMatch(b -> b.chosen().channel() == w.channel() && w.address().equals(b.chosen().address()))))
            .collect(Collectors.joining(",", "{", "}"));
        Sql.call(c, "select waymark.gate_choose_channels(?, ?, ?, ?::boolean[], ?, ?, ?)", person, names,
            channels.stream().map(w -> sealed(person, w)).toArray(byte[][]::new), known, ids.next(), clock.instant(),
            dueTimes.addressToConfirm(clock.instant()));
    }

    /** What staff put down on a person's behalf, with their word on each address; replaces what stood there. */
    public void set(Connection c, UUID person, List<Chosen> channels) {
        Sql.run(c, "delete from waymark.contact_channel where person_id = ?", person);
        for (int place = 1; place <= channels.size(); place++) {
            Chosen chosen = channels.get(place - 1);
            Sql.run(c, """
                insert into waymark.contact_channel (person_id, channel, force_id, place, address, safety)
                values (?, ?, waymark.ctx_force(), ?, ?, ?)""", person, chosen.channel().stored(), place,
                sealed(person, chosen), chosen.safety().stored());
            remember(c, person, chosen);
        }
    }

    /** An address that was called unsafe is so for good, also when another took its place meanwhile: until it is called safe. */
    private void remember(Connection c, UUID person, Chosen chosen) {
        if (chosen.address() != null && chosen.safety() == Safety.UNSAFE) {
            Sql.run(c, """
                insert into waymark.unsafe_address (person_id, address_key, force_id) values (?, ?, waymark.ctx_force())
                on conflict do nothing""", person, sealing.key(ADDRESS_KEY, comparable(chosen.address())));
        } else if (chosen.address() != null && chosen.safety() == Safety.SAFE) {
            Sql.run(c, "delete from waymark.unsafe_address where person_id = ? and address_key = any(?)", person,
                sealing.keys(ADDRESS_KEY, comparable(chosen.address())));
        }
    }

    private static String comparable(String address) {
        return address.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** @param unsafe keyed hashes of the person's unsafe addresses, or null for none */
    private Safety safety(String stored, String address, Array unsafe) throws SQLException {
        if (address != null && unsafe != null) {
            byte[][] keys = sealing.keys(ADDRESS_KEY, comparable(address));
            for (byte[] known : (byte[][]) unsafe.getArray()) {
                if (Arrays.stream(keys).anyMatch(key -> Arrays.equals(key, known))) {
                    return Safety.UNSAFE;
                }
            }
        }
        return Safety.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    private byte[] sealed(UUID person, Chosen chosen) {
        return sealing.sealText(ADDRESS + chosen.channel().stored(), person, chosen.address());
    }

    private List<Row> rows(Connection c, UUID[] persons) {
        return Sql.list(c, """
            select person_id, channel, place, address, safety,
                   (select array_agg(u.address_key) from waymark.unsafe_address u where u.person_id = chosen.person_id) as unsafe
              from waymark.contact_channel chosen
             where person_id = any(?) order by person_id, place""",
            r -> {
                UUID person = Sql.uuid(r, "person_id");
                String channel = r.getString("channel");
                String address = sealing.openText(ADDRESS + channel, person, r.getBytes("address"));
                return new Row(person, r.getObject("place", Integer.class), new Chosen(
                    Channel.valueOf(channel.toUpperCase(Locale.ROOT)), address,
                    safety(r.getString("safety"), address, r.getArray("unsafe"))));
            }, (Object) persons);
    }
}
