package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.notifications.MessageState.ACCEPTED;
import static uk.waymark.notifications.MessageState.QUEUED;
import static uk.waymark.notifications.MessageState.UNKNOWN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class MessageStatePropertyTest {

    /** Follows a random row of wishes, of which only the allowed ones are granted. */
    @Property
    void a_life_ends_once_and_is_never_resumed(@ForAll @Size(max = 30) List<MessageState> wishes) {
        MessageState state = QUEUED;
        boolean ended = false;
        for (MessageState wish : wishes) {
            if (!state.mayBecome(wish)) {
                continue;
            }
            assertFalse(ended, "nothing follows a terminal state");
            state = wish;
            ended |= state.terminal();
        }
    }

    @Property
    void a_message_is_waiting_with_a_provider_or_ended(@ForAll MessageState state) {
        assertEquals(1, List.of(state.waiting(), state.withProvider(), state.terminal()).stream().filter(b -> b)
            .count());
        assertTrue(!state.needsPerson() || state.announced() || state == UNKNOWN,
            "what needs a person is announced, or was given up");
        assertEquals(state, MessageState.fromStored(state.stored()));
    }

    @Property
    void sources_are_the_table_read_backwards(@ForAll MessageState from, @ForAll MessageState to) {
        assertEquals(from.mayBecome(to), to.beforeWhileWaiting().contains(from) || to.beforeWithProvider().contains(from)
            || to == QUEUED && MessageState.beforeNextChannel().contains(from));
    }

    @Example
    void an_answer_or_a_receipt_never_queues_what_was_accepted() {
        assertFalse(QUEUED.beforeWithProvider().contains(ACCEPTED));
    }

    @Example
    void the_table_in_the_readme_is_the_one_in_the_code() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (MessageState from : MessageState.values()) {
            String row = "| `" + from.stored() + "` | " + (from.terminal() ? "nothing" : String.join(", ",
                List.of(MessageState.values()).stream().filter(from::mayBecome).map(MessageState::stored).toList()))
                    + " |";
            assertTrue(readme.contains(row), "README.md lacks the row: " + row);
        }
    }
}
