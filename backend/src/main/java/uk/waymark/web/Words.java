package uk.waymark.web;

/**
 * A text of the pages. Each part of them has an enum of its own, named {@code …Text}, that implements this: {@code CasesText}
 * has its texts in {@code pages/cases_en.properties} and {@code pages/cases_cy.properties}, under the names of its constants in
 * small letters. A template that names a missing one does not compile; a test holds enums and files together.
 */
public interface Words {
    /** Of the constant. */
    String name();

    /** The enum. */
    Class<?> getDeclaringClass();
}
