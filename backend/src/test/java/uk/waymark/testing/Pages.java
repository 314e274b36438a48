package uk.waymark.testing;

import io.micronaut.web.router.UriRouteInfo;

/**
 * Which routes are pages: those of the package {@code web} but for the contract's own, and the one of the stand-in for a force's identity
 * provider on which a browser chooses who signs in.
 */
public final class Pages {
    private Pages() { }

    public static boolean has(UriRouteInfo<?, ?> route) {
        String path = route.getUriMatchTemplate().toPathString();
        return path.equals("/sandbox/idp/{force}/authorize") || route.getTargetMethod().getDeclaringType().getPackageName().matches("uk[.]waymark[.]web([.].*)?")
            && !path.startsWith("/docs");
    }
}
