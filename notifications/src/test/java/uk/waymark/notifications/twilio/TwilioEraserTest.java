package uk.waymark.notifications.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.notifications.Eraser.Result;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;

class TwilioEraserTest {

    private static final String ACCOUNT = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String MESSAGE = "SMbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private static final UUID TENANT = UUID.randomUUID();
    private final TwilioStandIn twilio = new TwilioStandIn();
    private final TwilioEraser eraser = new TwilioEraser(new TwilioAccounts() {
        @Override
        public TwilioAccount forTenant(UUID tenant) {
            throw new NoSuchElementException();
        }

        @Override
        public Optional<TwilioAccount> bySid(String sid) {
            return sid.equals(ACCOUNT) ? Optional.of(new TwilioAccount(ACCOUNT, "token", null, "+447700900999", TENANT))
                : Optional.empty();
        }
    }, twilio.url());

    @AfterEach
    void close() {
        eraser.close();
        twilio.close();
    }

    @Test
    void a_message_is_deleted_in_one_request() {
        twilio.react(r -> new Reaction.Answer(204, ""));
        assertEquals(Result.ERASED, eraser.erase(TENANT, ACCOUNT, MESSAGE));
        assertEquals(1, twilio.received().size());
        TwilioStandIn.Received got = twilio.received().getFirst();
        assertEquals("DELETE", got.method());
        assertEquals("/2010-04-01/Accounts/" + ACCOUNT + "/Messages/" + MESSAGE + ".json", got.path());
        assertEquals("", got.body());
    }

    @ParameterizedTest
    @CsvSource({"404, 20404, GONE", "400, 20009, LATER", "409, 20009, LATER", "401, 20003, LATER", "429, 20429, LATER",
        "405, 20004, REFUSED", "500, 20500, LATER", "503, 20503, LATER"})
    void what_an_answer_means(int status, int code, Result result) {
        twilio.react(r -> TwilioStandIn.refuse(status, code));
        assertEquals(result, eraser.erase(TENANT, ACCOUNT, MESSAGE));
        assertEquals(1, twilio.received().size(), "one request, whatever comes back");
    }

    @Test
    void without_an_answer_it_is_asked_again_later() {
        twilio.react(r -> new Reaction.Reset());
        assertEquals(Result.LATER, eraser.erase(TENANT, ACCOUNT, MESSAGE));
        twilio.react(r -> new Reaction.Garbage());
        assertEquals(Result.LATER, eraser.erase(TENANT, ACCOUNT, MESSAGE));
        assertEquals(Result.LATER, eraser.erase(TENANT, "AC0", MESSAGE), "an account that is not ours now");
        assertEquals(2, twilio.received().size());
        twilio.close();
        assertEquals(Result.LATER, eraser.erase(TENANT, ACCOUNT, MESSAGE));
    }
}
