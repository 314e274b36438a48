package uk.waymark.web;

import gg.jte.models.runtime.JteModel;
import gg.jte.output.Utf8ByteOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** How pages leave: the policy that keeps everything foreign out, and the cookies. */
public final class Answers {
    /** No inline script or style, nothing from anywhere else. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final int A_YEAR = 365 * 24 * 3_600;

    private Answers() { }

    public static MutableHttpResponse<byte[]> page(Visit visit, JteModel page) {
        return page(visit, HttpStatus.OK, page);
    }

    /** A form that is shown again because something has to be mended. */
    public static MutableHttpResponse<byte[]> again(Visit visit, JteModel page) {
        return page(visit, HttpStatus.UNPROCESSABLE_ENTITY, page);
    }

    public static MutableHttpResponse<byte[]> page(Visit visit, HttpStatus status, JteModel page) {
        return cookies(visit, headers(HttpResponse.<byte[]>status(status).body(bytes(page)).contentType("text/html; charset=utf-8")));
    }

    /** After something was done: the next page, so that loading it again does nothing twice. @param path one of ours */
    public static MutableHttpResponse<?> next(Visit visit, String path) {
        return cookies(visit, HttpResponse.seeOther(URI.create(path)));
    }

    /** The browser forgets who it was. */
    public static <T> MutableHttpResponse<T> forgotten(MutableHttpResponse<T> answer) {
        answer.cookie(cookie(Visits.COOKIE, "").maxAge(0));
        return answer;
    }

    /** As {@link #forgotten}, and in which language it read as well: nothing is left that was of this site. */
    static <T> MutableHttpResponse<T> nothingLeft(MutableHttpResponse<T> answer) {
        return forgotten(answer).cookie(cookie(Visits.LANGUAGE, "").maxAge(0));
    }

    public static <T> MutableHttpResponse<T> headers(MutableHttpResponse<T> answer) {
        answer.header("Content-Security-Policy", POLICY);
        // not no-referrer: with it browsers send 'Origin: null' with a form
        answer.header("Referrer-Policy", "same-origin");
        answer.header("Cross-Origin-Opener-Policy", "same-origin");
        answer.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
        return answer;
    }

    private static <T> MutableHttpResponse<T> cookies(Visit visit, MutableHttpResponse<T> answer) {
        if (visit.fresh()) {
            answer.cookie(cookie(Visits.COOKIE, visit.cookie()));
        }
        if (visit.chosen() != null) {
            answer.cookie(cookie(Visits.LANGUAGE, visit.chosen().tag()).maxAge(A_YEAR));
        } else {
            Visits.toKeep(visit).ifPresent(language -> answer.cookie(cookie(Visits.LANGUAGE, language)));
        }
        return answer;
    }

    /** Lax: who comes by a link from a message is still signed in; no form of another site takes it along. */
    private static Cookie cookie(String name, String value) {
        return Cookie.of(name, value).path("/").secure(true).httpOnly(true).sameSite(SameSite.Lax);
    }

    private static byte[] bytes(JteModel page) {
        var output = new Utf8ByteOutput();
        page.render(output);
        var bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
