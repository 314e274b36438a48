package uk.waymark.statements;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import uk.waymark.api.model.Problem;

/** 412 as problem details, with the draft as it stands and its tag. */
@Singleton
final class DraftChangedAnswer implements ExceptionHandler<DraftChanged, HttpResponse<?>> {
    private static final MediaType PROBLEM = new MediaType("application/problem+json");
    private final StatementViews views;
    private final StatementWords words;
    private final JsonMapper json;

    DraftChangedAnswer(StatementViews views, StatementWords words, JsonMapper json) {
        this.views = views;
        this.words = words;
        this.json = json;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, DraftChanged changed) {
        var problem = new Problem("urn:waymark:problem:precondition-failed", "It has changed",
            HttpStatus.PRECONDITION_FAILED.getCode(), words.of(changed.language(), changed.shown() ? "changed" : "changed_unseen"));
        if (changed.shown()) {
            problem.setPresent(views.draft(changed.present(), changed.language()));
        }
        try {
            return HttpResponse.status(HttpStatus.PRECONDITION_FAILED).contentType(PROBLEM)
                .header(HttpHeaders.ETAG, changed.present().tag())
                .body(json.writeValueAsBytes(problem));
        } catch (IOException e) {
            throw new IllegalStateException("a draft cannot be written as JSON");
        }
    }
}
