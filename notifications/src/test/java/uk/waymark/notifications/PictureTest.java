package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation's picture of states is what the code allows. */
class PictureTest {

    @Test
    void every_arrow_is_allowed_and_every_way_has_its_arrow() throws IOException {
        var drawn = Pattern.compile("^ +([a-z]+) --> ([a-z]+)$", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/messaging.md"))).results()
            .map(m -> m.group(1) + " " + m.group(2)).collect(Collectors.toCollection(TreeSet::new));
        var allowed = new TreeSet<String>();
        for (MessageState from : MessageState.values()) {
            for (MessageState to : MessageState.values()) {
                if (from.mayBecome(to)) {
                    allowed.add(from.stored() + " " + to.stored());
                }
            }
        }
        assertEquals(allowed, drawn);
    }
}
