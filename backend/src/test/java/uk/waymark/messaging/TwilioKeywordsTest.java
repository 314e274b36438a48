package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Keyword;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.testing.WaymarkTest;

/** What proves that Twilio handles keywords though an operator has said otherwise: by the figure and by what is logged. */
class TwilioKeywordsTest extends WaymarkTest {
    private static final String NUMBER = "+447700900881";
    private ListAppender<ILoggingEvent> logged;
    private SimpleMeterRegistry meters;
    private TwilioKeywords keywords;

    @BeforeEach
    void start() {
        logged = new ListAppender<>();
        meters = new SimpleMeterRegistry();
        logged.start();
        logger().addAppender(logged);
        keywords = new TwilioKeywords(bean(ProviderAccounts.class), bean(Settings.class), meters);
        keywords.check();
        assertEquals(0, unconfirmed());
    }

    @AfterEach
    void stop() throws SQLException {
        logger().detachAppender(logged);
        say("off");
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(TwilioKeywords.class);
    }

    private void say(String word) throws SQLException {
        try (var c = database.login("waymark_owner")) {
            Sql.run(c, "update waymark.provider_account set keywords = ? where force_id = ? and kind = 'twilio'", word,
                force("northmoor"));
        }
        bean(ProviderAccounts.class).read();
    }

    private double unconfirmed() {
        return meters.get("waymark.twilio.keywords.unconfirmed").gauge().value();
    }

    private void reply(String force, String words, Keyword as) {
        String sid = SandboxForces.byCode(force).account().sid();
        keywords.taken(new InboundText("twilio", sid, "SM" + UUID.randomUUID(), NUMBER, "+447700900991", words,
            force(force)), as);
    }

    @Test
    void whatIsOffActsOnNothingAtAll() {
        reply("northmoor", "STOP", Keyword.STOP);
        assertEquals(1, unconfirmed());
        reply("northmoor", "CANCEL", Keyword.STOP);
        assertEquals(1, unconfirmed());
        assertEquals(1, logged.list.size(), "once for each account");
        reply("glanafon", "HELP", Keyword.HELP);
        assertEquals(2, unconfirmed());
        assertEquals(2, logged.list.size());
        assertTrue(logged.list.getFirst().getFormattedMessage().contains("the credential northmoor"));
        for (ILoggingEvent event : logged.list) {
            for (String never : new String[] {NUMBER, "CANCEL", "STOP", "HELP", "AC"}) {
                assertFalse(event.getFormattedMessage().contains(never), never);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"STOP,STOP,0", "Stop.,STOP,0", "STOPIO,STOP,0", "START,START,0", "DECHRAU,START,0", "HELP,HELP,0",
        "CANCEL,STOP,1", "end,STOP,1", "QUIT,STOP,1", "YES,START,1", "UNSUBSCRIBE,STOP,1", "INFO,HELP,1", "STOP,START,1",
        "anything,NONE,1"})
    void whatIsReplacedActsOnOurWordsAndNoOthers(String words, Keyword as, int shown) throws SQLException {
        say("replaced");
        reply("northmoor", words, as);
        assertEquals(shown, unconfirmed());
        assertEquals(shown, logged.list.size());
    }

    @Test
    void aNumberThatTwilioHasStoppedUnheardShowsForItsSenderAlone() {
        keywords.stoppedUnheard(force("northmoor"), "AC-of-another-account");
        assertEquals(0, unconfirmed());
        keywords.stoppedUnheard(force("northmoor"), SandboxForces.byCode("northmoor").account().sid());
        keywords.stoppedUnheard(force("northmoor"), null);
        assertEquals(1, unconfirmed());
        assertEquals(1, logged.list.size());
    }
}
