package uk.waymark.web;

import gg.jte.generated.precompiled.StaticTemplates;
import gg.jte.generated.precompiled.Templates;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What the pages are made of that is not ours to annotate. */
@Factory
final class WebFactory {

    /** Templates as they were compiled: a wrong parameter, or a text that there is not, is a compile error. */
    @Singleton
    Templates templates() {
        return new StaticTemplates();
    }
}
