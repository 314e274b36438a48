package uk.waymark.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.LoggerFactory;

/** What the server complained of in its log: nothing that a client sends is an error of the server's. */
final class Alarms extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Map<String, String> raised = new ConcurrentSkipListMap<>();

    static Alarms listen() {
        var alarms = new Alarms();
        alarms.start();
        root().addAppender(alarms);
        return alarms;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            IThrowableProxy thrown = event.getThrowableProxy();
            raised.putIfAbsent("log " + event.getLevel() + " " + event.getLoggerName() + ": " + event.getMessage(),
                event.getFormattedMessage() + (thrown == null ? "" : " " + thrown.getClassName() + " "
                    + thrown.getMessage() + " "
                    + java.util.Arrays.stream(thrown.getStackTraceElementProxyArray()).limit(120).toList()));
        }
    }

    Map<String, String> raised() {
        return raised;
    }

    @Override
    public void close() {
        root().detachAppender(this);
    }
}
