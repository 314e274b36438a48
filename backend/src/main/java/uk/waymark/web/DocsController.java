package uk.waymark.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The contract as one document and as a page. By hand: the contract's operators include the server's own routes. */
@Controller("/docs")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DocsController {
    private static final String YAML = "application/yaml";
    private volatile String page;

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<String> docs() {
        if (page == null) {
            page = new ContractPage(resource("/openapi/openapi.yaml")).render();
        }
        return uk.waymark.platform.Html.page("Waymark: the API").raw(page).answer().header("Cache-Control", "no-cache");
    }

    @Get("/openapi.yaml")
    @Produces(YAML)
    HttpResponse<String> document() {
        return HttpResponse.ok(resource("/openapi/openapi.yaml")).contentType(YAML).header("Cache-Control", "no-cache");
    }

    @Get("/style.css")
    @Produces("text/css")
    HttpResponse<String> style() {
        return HttpResponse.ok(resource("/web/style.css")).contentType("text/css").header("Cache-Control", "no-cache");
    }

    private static String resource(String name) {
        try (InputStream in = DocsController.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
