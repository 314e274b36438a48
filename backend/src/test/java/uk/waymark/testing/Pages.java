package uk.waymark.testing;

import io.micronaut.web.router.UriRouteInfo;

/** Which routes are pages: those of the packages {@code web} but for the contract's own. */
public final class Pages {
    private Pages() { }

    public static boolean has(UriRouteInfo<?, ?> route) {
        String path = route.getUriMatchTemplate().toPathString();
        return route.getTargetMethod().getDeclaringType().getPackageName().startsWith("uk.waymark.web") && !path.startsWith("/docs");
    }
}
