package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of the machine that is done for one force after the other: what one of them runs into keeps no other force's back. */
@Singleton
public final class EachForce {
    private static final Logger LOG = LoggerFactory.getLogger(EachForce.class);
    private final ActingAs acting;

    EachForce(ActingAs acting) {
        this.acting = acting;
    }

    /** Every force that is served here, always in the same order. */
    public List<UUID> all() {
        return acting.as(new Caller.Nobody(), c -> Sql.list(c, "select id from waymark.force order by id", r -> Sql.uuid(r, "id")));
    }

    /**
     * Does it for each; where it fails a line is logged, with the kind of what was thrown and not its text, and the next force's turn comes.
     *
     * @param what that is done, for the log, as in "claims that lapse"
     */
    public void run(String what, Consumer<UUID> work) {
        sum(what, force -> {
            work.accept(force);
            return 0;
        });
    }

    /**
     * Asks for each, and keeps what was said last of a force with which it failed: a gauge goes on saying what waits there.
     *
     * @param last what was said of each force, of which those that are served no more go
     */
    public <T> void ask(String what, Map<UUID, T> last, Function<UUID, T> work) {
        var served = new HashSet<UUID>();
        run(what, force -> {
            served.add(force);
            last.put(force, work.apply(force));
        });
        last.keySet().retainAll(served);
    }

    /** As {@link #run}. @return the sum of what was found for the forces with which it did not fail */
    public long sum(String what, ToLongFunction<UUID> work) {
        long sum = 0;
        for (UUID force : all()) {
            try {
                sum += work.applyAsLong(force);
            } catch (RuntimeException e) {
                LOG.error("{}: force {} had to be left out: {}; it will be tried again", what, force, e.getClass().getName());
            }
        }
        return sum;
    }
}
