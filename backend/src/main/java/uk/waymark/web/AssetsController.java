package uk.waymark.web;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import uk.waymark.platform.Colours;
import uk.waymark.platform.ProblemException;

/** Style, script and icon of the pages, what makes them installable, and the worker that has a page for when there is no line. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
final class AssetsController {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private final Assets assets;

    AssetsController(Assets assets) {
        this.assets = assets;
    }

    @Get("/assets/{version}/{name}")
    HttpResponse<byte[]> file(String version, String name, @Nullable @Header(HttpHeaders.ACCEPT_ENCODING) String accept) {
        Assets.File file = assets.find(version, name);
        if (file == null) {
            throw ProblemException.notFound();
        }
        boolean small = accept != null && accept.contains("gzip");
        var answer = HttpResponse.ok(small ? file.gzip() : file.plain()).contentType(file.type())
            .header(HttpHeaders.CACHE_CONTROL, FOR_EVER).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return small ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
    }

    /**
     * The colour of a force, by itself, so that nobody learns from an address whose page it was.
     *
     * @param name six hex digits and {@code .css}; only what white letters can be read on
     */
    @Get("/assets/colour/{name}")
    HttpResponse<String> colour(String name) {
        String hex = '#' + name.replaceFirst("[.]css$", "");
        if (!name.endsWith(".css") || !Colours.carryWhite(hex)) {
            throw ProblemException.notFound();
        }
        return HttpResponse.ok(":root{--app-force:" + hex + '}').contentType("text/css; charset=utf-8")
            .header(HttpHeaders.CACHE_CONTROL, FOR_EVER);
    }

    /** A browser asks for it anew each day, and it needs the root as its scope. */
    @Get("/sw.js")
    HttpResponse<byte[]> worker() {
        return HttpResponse.ok(Assets.read("/web/pages/sw.js")).contentType("text/javascript; charset=utf-8")
            .header(HttpHeaders.CACHE_CONTROL, "no-cache")
            // a worker is held to the policy of its own script: without this it may fetch nothing to keep
            .header("Content-Security-Policy", "default-src 'none'; connect-src 'self'");
    }

    /** The name on a home screen says nothing of what it is. */
    @Get("/manifest.webmanifest")
    HttpResponse<String> manifest() {
        return HttpResponse.ok("""
            {"id":"/","name":"%1$s","short_name":"%1$s","start_url":"/","scope":"/","display":"standalone",\
            "background_color":"#ffffff","theme_color":"#14365d","icons":[\
            {"src":"%2$s","sizes":"192x192","type":"image/png"},\
            {"src":"%3$s","sizes":"512x512","type":"image/png","purpose":"any"},\
            {"src":"%3$s","sizes":"512x512","type":"image/png","purpose":"maskable"}]}"""
            .formatted(Texts.of(CommonText.HOME_SCREEN, Lang.EN), assets.url("icon-192.png"), assets.url("icon-512.png")))
            .contentType("application/manifest+json").header(HttpHeaders.CACHE_CONTROL, "max-age=3600");
    }
}
