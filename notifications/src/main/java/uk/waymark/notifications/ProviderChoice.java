package uk.waymark.notifications;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Chooses among the accounts of a tenant. What a message needs comes first: a question leaves only from a number that takes
 * the answer, and words that give nothing away only from a sender that gives nothing away, where there is one. A person then
 * keeps the sender they know. Otherwise the weights decide, less what the {@link Circuits} have taken off them. Who is spread
 * where follows from the recipient's id, so that the same person comes out the same in every instance.
 *
 * <table>
 * <caption>Why one was chosen</caption>
 * <tr><td>{@code only}</td><td>there is no other</td></tr>
 * <tr><td>{@code discreet}</td><td>the only one for discreet messages</td></tr>
 * <tr><td>{@code asks_reply}</td><td>one that takes replies, and others do not</td></tr>
 * <tr><td>{@code kept}</td><td>the one that the person knows</td></tr>
 * <tr><td>{@code weight}</td><td>by weight</td></tr>
 * <tr><td>{@code circuit_open}</td><td>in place of one that does badly at the moment</td></tr>
 * <tr><td>{@code failover}</td><td>in place of one that has just said that it cannot take this message, or that could deliver it too late</td></tr>
 * </table>
 */
public final class ProviderChoice implements Senders {

    /** The variant of words that could come from anybody. */
    static final String DISCREET = "neutral";
    private static final String ASKS = "asks_reply";
    private static final int FULL = 100;

    private final Routes routes;
    private final Circuits circuits;
    private final KeptSenders kept;

    /** @param dispatcherLogin as for {@link Dispatcher} */
    public ProviderChoice(Routes routes, Circuits circuits, DataSource dispatcherLogin, InstantSource caseTime) {
        this.routes = routes;
        this.circuits = circuits;
        this.kept = new KeptSenders(dispatcherLogin, caseTime);
    }

    /**
     * The routes that one message could take.
     *
     * @param fits     those that the message's kind allows
     * @param left     of these, those that have not just failed it, and by which it arrives in time
     * @param narrowed why it is not all of them, or null
     * @param keeps    whether there is a sender to be kept
     * @param discreet whether it leaves by a sender for discreet messages
     */
    private record Open(Wanted wanted, List<Route> fits, List<Route> left, String narrowed, boolean keeps, boolean discreet) {
        KeptSenders.Key key() {
            return new KeptSenders.Key(wanted.recipientRef(), wanted.channel(), discreet);
        }

        boolean failover() {
            return left.size() < fits.size();
        }
    }

    @Override
    public List<Choice> choose(UUID tenant, List<Wanted> batch) {
        Map<Channel, List<Route>> known = new HashMap<>();
        List<Open> open = batch.stream()
            .map(w -> open(w, known.computeIfAbsent(w.channel(), c -> routes(tenant, c)))).toList();
        Set<KeptSenders.Key> asked = open.stream().filter(Open::keeps).map(Open::key).collect(Collectors.toSet());
        Map<KeptSenders.Key, String> senders = asked.isEmpty() ? new HashMap<>() : kept.of(tenant, asked);
        Map<KeptSenders.Key, Route> fresh = new LinkedHashMap<>();
        Map<KeptSenders.Key, Route> changed = new LinkedHashMap<>();
        List<Choice> choices = open.stream().map(one -> choose(one, senders, fresh, changed)).toList();
        if (!fresh.isEmpty() || !changed.isEmpty()) {
            kept.keep(tenant, fresh, changed);
        }
        return choices;
    }

    @Override
    public boolean hasAnother(Wanted wanted) {
        List<Route> all = routes(wanted.tenant(), wanted.channel());
        return fitting(ofKind(all, wanted), wanted).stream()
            .anyMatch(r -> wanted.inTime(r.sender()) && !wanted.unavailable().contains(r.name()));
    }

    @Override
    public void seen(Channel channel, Choice.Via via, SendOutcome outcome, Duration took) {
        circuits.seen(channel, via, outcome);
    }

    private List<Route> routes(UUID tenant, Channel channel) {
        return routes.of(tenant, channel).stream().sorted(Comparator.comparing(Route::name)).toList();
    }

    /** Whether it leaves by a sender of its own kind. */
    private static boolean discreet(List<Route> all, Wanted wanted) {
        return wanted.variant().equals(DISCREET) && all.stream().anyMatch(Route::discreet);
    }

    private static List<Route> ofKind(List<Route> all, Wanted wanted) {
        boolean discreet = discreet(all, wanted);
        return all.stream().filter(r -> r.discreet() == discreet).toList();
    }

    /** Only a text is answered where it came from. */
    private static List<Route> fitting(List<Route> ofKind, Wanted wanted) {
        boolean answered = wanted.messageClass().asks() && wanted.channel() == Channel.SMS;
        return answered ? ofKind.stream().filter(Route::twoWay).toList() : ofKind;
    }

    private static Open open(Wanted wanted, List<Route> all) {
        List<Route> ofKind = ofKind(all, wanted);
        List<Route> fits = fitting(ofKind, wanted);
        List<Route> inTime = fits.stream().filter(r -> wanted.inTime(r.sender())).toList();
        List<Route> left = inTime.stream().filter(r -> !wanted.unavailable().contains(r.name())).toList();
        boolean discreet = discreet(all, wanted);
        String narrowed = fits.size() < ofKind.size() ? ASKS : discreet ? "discreet" : null;
        return new Open(wanted, fits, !left.isEmpty() ? left : inTime.isEmpty() ? fits : inTime, narrowed,
            wanted.channel() == Channel.SMS && ofKind.size() > 1, discreet);
    }

    /** @param fresh gets who is known from now on @param changed gets who takes the place of one that does not fit */
    private Choice choose(Open open, Map<KeptSenders.Key, String> senders, Map<KeptSenders.Key, Route> fresh,
                          Map<KeptSenders.Key, Route> changed) {
        if (open.fits.isEmpty()) {
            return new Choice.Never(ASKS.equals(open.narrowed) ? "no_two_way_number" : "no_sender_for_channel");
        }
        String known = open.keeps ? senders.get(open.key()) : null;
        Route mine = open.fits.stream().filter(r -> r.name().equals(known)).findFirst().orElse(null);
        if (mine != null && open.left.contains(mine)) {
            return diverted(open, mine) ? pick(open, mine).because("circuit_open") : mine.because("kept");
        }
        Route picked = pick(open, null);
        // nobody's sender changes because one message had to go another way; codes and the like come back to no one
        if (open.keeps && mine == null && !open.failover() && !open.wanted.messageClass().wipedAtEnd()) {
            Route resting = byWeight(open.left, open.wanted.recipientRef(), Route::weight);
            (known == null ? fresh : changed).put(open.key(), resting);
            senders.put(open.key(), resting.name());
        }
        return picked.because(why(open, picked));
    }

    private String why(Open open, Route picked) {
        if (open.failover()) {
            return "failover";
        }
        if (open.left.size() == 1 || ASKS.equals(open.narrowed)) {
            return open.narrowed == null ? "only" : open.narrowed;
        }
        return picked.equals(byWeight(open.left, open.wanted.recipientRef(), Route::weight)) ? "weight" : "circuit_open";
    }

    /** Of those who keep a sender that does badly, as many are written to by another as its health lacks. */
    private boolean diverted(Open open, Route mine) {
        int health = health(open, mine);
        return health < FULL && spread(open.wanted.recipientRef(), 1) * FULL >= health
            && open.left.stream().anyMatch(r -> health(open, r) > health);
    }

    private Route pick(Open open, Route but) {
        List<Route> among = open.left.stream().filter(r -> !r.equals(but)).toList();
        return byWeight(among, open.wanted.recipientRef(), r -> (long) r.weight() * health(open, r));
    }

    private int health(Open open, Route route) {
        return circuits.health(route.provider(), route.account(), open.wanted.channel());
    }

    /** Where none has any weight left, all are the same. */
    private static Route byWeight(List<Route> among, UUID recipient, ToLongFunction<Route> weight) {
        long total = among.stream().mapToLong(weight).sum();
        ToLongFunction<Route> counted = total > 0 ? weight : r -> 1;
        double at = spread(recipient, 0) * (total > 0 ? total : among.size());
        for (Route route : among) {
            at -= counted.applyAsLong(route);
            if (at < 0) {
                return route;
            }
        }
        return among.getLast();
    }

    /** From 0 to below 1, evenly over recipients, and another for each purpose. */
    private static double spread(UUID recipient, long purpose) {
        long mixed = recipient.getMostSignificantBits() * 31 + recipient.getLeastSignificantBits()
            + purpose * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return ((mixed ^ mixed >>> 33) >>> 11) * 0x1p-53;
    }
}
