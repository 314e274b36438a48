package uk.waymark.web;

import gg.jte.generated.precompiled.StaticTemplates;
import gg.jte.generated.precompiled.Templates;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.beans.Introspector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which templates pages were made from, so that a look at a page is known to be one at that page. */
final class Rendered {
    private static final String PAGES = "pages";
    private static final String OFFLINE = "offline";
    private final List<String> names = new CopyOnWriteArrayList<>();

    private Rendered() { }

    /** Whether the last one was this, as its file is called. The worker fetches the page for when there is no line by itself. */
    boolean endsWith(String name) {
        return name.equals(names.stream().filter(n -> !n.equals(OFFLINE) || name.equals(OFFLINE)).reduce((a, b) -> b).orElse(""));
    }

    void forget() {
        names.clear();
    }

    @Factory
    @Requires(property = "probe")
    static final class Watched {
        @Singleton
        Rendered rendered() {
            return new Rendered();
        }

        @Singleton
        @Replaces(bean = Templates.class, factory = WebFactory.class)
        Templates templates(Rendered rendered) {
            var real = new StaticTemplates();
            return (Templates) Proxy.newProxyInstance(Templates.class.getClassLoader(), new Class<?>[] {Templates.class}, (proxy, method, with) -> {
                if (method.getName().startsWith(PAGES)) {
                    rendered.names.add(Introspector.decapitalize(method.getName().substring(PAGES.length())));
                }
                try {
                    return method.invoke(real, with);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }
    }
}
