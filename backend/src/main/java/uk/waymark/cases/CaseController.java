package uk.waymark.cases;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.api.CasesApi;
import uk.waymark.api.model.Case;
import uk.waymark.api.model.CaseList;
import uk.waymark.api.model.TimelineEntry;
import uk.waymark.api.model.TimelineList;
import uk.waymark.cases.TimelineDocuments.Document;
import uk.waymark.feeds.Silence;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;

/** A victim's or witness's own cases. Somebody else's case answers 404: it is not there. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class CaseController implements CasesApi {
    /** The contract's limit where none is named: the page that is rendered ahead. */
    private static final int FIRST_PAGE = 25;
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final CaseReader reader;
    private final CaseViews views;
    private final Silence silence;
    private final TimelineDocuments documents;
    private final NewsRead newsRead;

    CaseController(ActingAs acting, CurrentCaller caller, CaseReader reader, CaseViews views, Silence silence,
                   TimelineDocuments documents, NewsRead newsRead) {
        this.acting = acting;
        this.caller = caller;
        this.reader = reader;
        this.views = views;
        this.silence = silence;
        this.documents = documents;
        this.newsRead = newsRead;
    }

    @Override
    public HttpResponse<CaseList> listCases(String cursor, Integer limit, String acceptLanguage) {
        String[] from = Cursor.decode(cursor, 2);
        return acting.as(caller.person(), c -> {
            String language = language(c, acceptLanguage);
            List<CaseReader.Row> rows = from == null ? reader.page(c, null, null, limit + 1)
                : reader.page(c, parse(from[0], Instant::parse), parse(from[1], UUID::fromString), limit + 1);
            boolean more = rows.size() > limit;
            var shown = more ? rows.subList(0, limit) : rows;
            String next = more ? Cursor.encode(shown.getLast().updatedAt().toString(), shown.getLast().id().toString()) : null;
            var silent = silence.of(c, shown.stream().map(CaseReader.Row::id).toList());
            var list = new CaseList(shown.stream().map(r -> views.summary(r, silent.get(r.id()), language)).toList(), next);
            return HttpResponse.ok(list).header(HttpHeaders.CONTENT_LANGUAGE, language);
        });
    }

    @Override
    public HttpResponse<Case> getCase(UUID caseId, String ifNoneMatch, String acceptLanguage) {
        return acting.as(caller.person(), c -> {
            String language = language(c, acceptLanguage);
            Case shown = views.full(reader.one(c, caseId).orElseThrow(ProblemException::notFound),
                silence.of(c, List.of(caseId)).get(caseId), language);
            return tagged(shown, ifNoneMatch, language);
        });
    }

    @Override
    public HttpResponse<TimelineList> getTimeline(UUID caseId, String cursor, Integer limit, String ifNoneMatch,
                                                  String acceptLanguage) {
        String[] parts = Cursor.decode(cursor, 2);
        CaseReader.Last from = parts == null ? null
            : new CaseReader.Last(parse(parts[0], Instant::parse), parse(parts[1], UUID::fromString));
        boolean first = from == null && limit == FIRST_PAGE;
        Optional<Document> ahead = first ? documents.find(caller.person(), caseId, Language.of(acceptLanguage, null))
            : Optional.empty();
        Document shown = ahead.orElseGet(() -> first ? renderAndKeep(caseId, limit, acceptLanguage)
            : acting.as(caller.person(), c -> render(c, caseId, from, limit, language(c, acceptLanguage))));
        return tagged(shown, ifNoneMatch);
    }

    @Override
    public HttpResponse<TimelineEntry> getTimelineEntry(UUID caseId, UUID entryId, String acceptLanguage) {
        return acting.as(caller.person(), c -> {
            String language = language(c, acceptLanguage);
            return HttpResponse.ok(views.whole(reader.entry(c, caseId, entryId).orElseThrow(ProblemException::notFound), language))
                .header(HttpHeaders.CONTENT_LANGUAGE, language);
        });
    }

    private Document renderAndKeep(UUID caseId, int limit, String acceptLanguage) {
        var readers = new ArrayList<TimelineDocuments.Place>();
        Document made = acting.as(caller.person(), c -> {
            readers.addAll(documents.places(c, caseId));
            Document rendered = render(c, caseId, null, limit, language(c, acceptLanguage));
            if (readers.size() == 1) {
                documents.keep(c, readers.getFirst(), rendered);
            }
            return rendered;
        });
        newsRead.by(readers);
        return made;
    }

    private Document render(Connection c, UUID caseId, CaseReader.Last from, int limit, String language) {
        reader.one(c, caseId).orElseThrow(ProblemException::notFound);
        List<CaseReader.EntryRow> rows = reader.timeline(c, caseId, from, limit + 1);
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return documents.render(new TimelineList(shown.stream().map(r -> views.entry(r, language)).toList(),
            more ? Cursor.encode(shown.getLast().occurredAt().toString(), shown.getLast().id().toString()) : null), language);
    }

    /** The contract's type by name, its text as bytes: it was rendered before, perhaps long ago. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static HttpResponse<TimelineList> tagged(Document shown, String ifNoneMatch) {
        MutableHttpResponse response = ETags.matches(ifNoneMatch, shown.etag()) ? HttpResponse.notModified()
            : HttpResponse.ok(shown.text()).contentType(MediaType.APPLICATION_JSON_TYPE);
        return validated(response, shown.etag(), shown.language());
    }

    private String language(Connection c, String acceptLanguage) {
        return Language.of(acceptLanguage, reader.language(c));
    }

    private static <T> HttpResponse<T> tagged(T shown, String ifNoneMatch, String language) {
        String tag = ETags.of(language + shown);
        return validated(ETags.matches(ifNoneMatch, tag) ? HttpResponse.<T>notModified() : HttpResponse.ok(shown), tag, language);
    }

    private static <T> HttpResponse<T> validated(MutableHttpResponse<T> response, String tag, String language) {
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CONTENT_LANGUAGE, language)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    }

    private static <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw notOurs();
        }
    }

    private static ProblemException notOurs() {
        return ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
    }
}
