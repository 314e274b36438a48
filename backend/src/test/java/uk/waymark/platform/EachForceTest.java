package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.WaymarkTest;

/** Two forces are served in the tests. */
class EachForceTest extends WaymarkTest {

    @Test
    void whatOneForceRunsIntoKeepsNoOtherBack() {
        EachForce forces = bean(EachForce.class);
        List<UUID> all = forces.all();
        var done = new ArrayList<UUID>();
        forces.run("a test", force -> {
            if (force.equals(all.getFirst())) {
                throw new IllegalStateException("of the first");
            }
            done.add(force);
        });
        assertEquals(all.subList(1, all.size()), done);
        assertEquals(all.size() - 1, forces.sum("a test", force -> {
            if (force.equals(all.getFirst())) {
                throw new DatabaseFailure(new java.sql.SQLException("of the first"));
            }
            return 1;
        }));
    }
}
