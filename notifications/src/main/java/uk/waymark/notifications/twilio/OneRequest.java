package uk.waymark.notifications.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/**
 * The SDK's way out for one attempt: exactly one HTTP request, whatever comes back. The SDK's own client repeats a POST
 * up to three times on any 5xx, and Twilio has no idempotency key for messages, so one text could leave three times.
 * It also keeps the last request and answer, number and text, in fields; this one is dropped with its attempt.
 */
final class OneRequest extends HttpClient {

    private final CloseableHttpClient client;
    private final URI base;
    private int status;

    /** @param base stands in for {@code https://api.twilio.com} where it is not null */
    OneRequest(CloseableHttpClient client, URI base) {
        this.client = client;
        this.base = base;
    }

    /** The status of the answer, or 0 while there is none. */
    int status() {
        return status;
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        try {
            return client.execute(request.getMethod() == HttpMethod.POST ? post(request) : withoutBody(request), answer -> {
                status = answer.getCode();
                String body = answer.getEntity() == null ? ""
                    : EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8);
                return new Response(body, status, answer.getHeaders());
            });
        } catch (ConnectException | ConnectTimeoutException | UnknownHostException | NoRouteToHostException
                 | SSLHandshakeException | ConnectionRequestTimeoutException e) {
            throw new NotSent(e);
        } catch (IOException e) {
            throw new NoAnswer(e);
        }
    }

    private HttpUriRequestBase withoutBody(Request request) {
        if (request.getMethod() != HttpMethod.GET && request.getMethod() != HttpMethod.DELETE) {
            throw new IllegalStateException("messages are created, read and deleted this way, nothing else");
        }
        return to(request);
    }

    private HttpUriRequestBase to(Request request) {
        URI url = URI.create(request.constructURL().toString());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        HttpUriRequestBase out = new HttpUriRequestBase(request.getMethod().toString(),
            base == null ? url : URI.create(base + url.getRawPath() + query));
        out.addHeader(HttpHeaders.AUTHORIZATION, request.getAuthString());
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> out.addHeader(name, value)));
        return out;
    }

    private HttpUriRequestBase post(Request request) {
        HttpUriRequestBase post = to(request);
        post.removeHeaders(HttpHeaders.CONTENT_TYPE); // the entity brings its own, with the character set
        List<NameValuePair> form = new ArrayList<>();
        request.getPostParams()
            .forEach((name, values) -> values.forEach(value -> form.add(new BasicNameValuePair(name, value))));
        post.setEntity(new UrlEncodedFormEntity(form, StandardCharsets.UTF_8));
        return post;
    }

    /** No connection was made, so that Twilio cannot have the message. Carries the kind of failure only. */
    static final class NotSent extends RuntimeException {
        NotSent(IOException cause) {
            super(cause.getClass().getSimpleName(), null, false, false);
        }
    }

    /** The connection failed once the request may have left. Carries the kind of failure only. */
    static final class NoAnswer extends RuntimeException {
        NoAnswer(IOException cause) {
            super(cause.getClass().getSimpleName(), null, false, false);
        }
    }
}
