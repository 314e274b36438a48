package uk.waymark.platform;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.context.ServerRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object a line. The texts of exceptions are left out but for our own, which hold no values: those of others may
 * quote a row, a number or a header.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAMES = 30;

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new LinkedHashMap<String, Object>();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(p -> line.put(p.key, p.value));
        }
        if (!line.containsKey("request_id")) {
            ServerRequestContext.<Object>currentRequest()
                .flatMap(r -> r.getAttribute(RequestLog.REQUEST_ID, String.class))
                .ifPresent(id -> line.put("request_id", id));
        }
        if (event.getThrowableProxy() != null) {
            line.put("error", failure(event.getThrowableProxy()));
        }
        try {
            return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return "{\"level\":\"ERROR\",\"message\":\"a log line could not be written\"}\n".getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<Map<String, Object>> failure(IThrowableProxy thrown) {
        var chain = new ArrayList<Map<String, Object>>();
        for (IThrowableProxy t = thrown; t != null && chain.size() < 8; t = t.getCause() == t ? null : t.getCause()) {
            var one = new LinkedHashMap<String, Object>();
            one.put("class", t.getClassName());
            if (t.getClassName().startsWith("uk.waymark.")) {
                one.put("text", t.getMessage());
            }
            var frames = new ArrayList<String>();
            for (int i = 0; i < Math.min(FRAMES, t.getStackTraceElementProxyArray().length); i++) {
                frames.add(t.getStackTraceElementProxyArray()[i].getStackTraceElement().toString());
            }
            one.put("at", frames);
            chain.add(one);
        }
        return chain;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
