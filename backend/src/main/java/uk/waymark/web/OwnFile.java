package uk.waymark.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;

/** A file as the API gives it: always to be kept, and run by nothing. */
public record OwnFile(byte[] bytes, String type, String disposition) {
    static final String SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static OwnFile of(java.net.http.HttpResponse<byte[]> answer) {
        return new OwnFile(answer.body(), answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
            answer.headers().firstValue("Content-Disposition").orElse("attachment"));
    }

    /** For the browser: stored nowhere, and under a policy by which nothing in it runs. */
    public MutableHttpResponse<byte[]> answer() {
        MutableHttpResponse<byte[]> answer = Answers.headers(HttpResponse.ok(bytes)).contentType(type)
            .header("Content-Disposition", disposition);
        answer.getHeaders().remove("Content-Security-Policy");
        return answer.header("Content-Security-Policy", SANDBOX);
    }

    /** Without its name or what is in it. */
    @Override
    public String toString() {
        return "OwnFile[" + type + "]";
    }
}
