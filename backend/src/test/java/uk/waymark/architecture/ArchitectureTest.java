package uk.waymark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.micronaut.http.annotation.Controller;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** What the packages may know of each other, and who may ask what time it is. */
@AnalyzeClasses(packages = "uk.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule platformKnowsNoFeature = noClasses().that().resideInAPackage("uk.waymark.platform..")
        .should().dependOnClassesThat().resideInAnyPackage("uk.waymark.account..", "uk.waymark.cases..", "uk.waymark.bridge..",
            "uk.waymark.messaging..", "uk.waymark.staff..", "uk.waymark.sandbox..", "uk.waymark.web..", "uk.waymark.api..");

    @ArchTest
    static final ArchRule notificationsKnowNothingOfTheRest = noClasses().that().resideInAPackage("uk.waymark.notifications..")
        .should().dependOnClassesThat().resideInAnyPackage("io.micronaut..", "uk.waymark.platform..", "uk.waymark.cases..",
            "uk.waymark.account..", "uk.waymark.messaging..", "uk.waymark.staff..", "uk.waymark.bridge..", "uk.waymark.api..");

    @ArchTest
    static final ArchRule providersStayInTheirLeaf = noClasses().that().resideOutsideOfPackages("uk.waymark.notifications.twilio..")
        .should().dependOnClassesThat().resideInAnyPackage("com.twilio..");

    /** Adding an adapter touches no package but {@code bridge}: what courts or vendors call things is known to its own leaf alone. */
    @ArchTest
    static final ArchRule adaptersStayInTheirLeaf = noClasses().that().resideOutsideOfPackages("uk.waymark.bridge..")
        .should().dependOnClassesThat().resideInAnyPackage("uk.waymark.bridge.hmcts..", "uk.waymark.bridge.webhook..");

    @ArchTest
    static final ArchRule adaptersKnowTheirPortsOnly = noClasses().that().resideInAnyPackage("uk.waymark.bridge.hmcts..", "uk.waymark.bridge.webhook..")
        .should().dependOnClassesThat().resideInAnyPackage("uk.waymark.cases..", "uk.waymark.account..", "uk.waymark.messaging..",
            "uk.waymark.staff..", "uk.waymark.preferences..", "uk.waymark.web..", "uk.waymark.api..", "uk.waymark.notifications..",
            "uk.waymark.outbound..", "java.sql..");

    @ArchTest
    static final ArchRule nothingLeansOnTheSandbox = noClasses().that()
        .resideOutsideOfPackages("uk.waymark.sandbox..", "uk.waymark.bench..", "uk.waymark")
        .should().dependOnClassesThat().resideInAnyPackage("uk.waymark.sandbox..");

    @ArchTest
    static final ArchRule nobodyReadsTheWallClock = noClasses().that()
        .resideOutsideOfPackages("uk.waymark.platform..", "uk.waymark.bench..")
        .should().callMethod(Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis")
        .orShould().callMethod(LocalDate.class, "now").orShould().callMethod(LocalDateTime.class, "now")
        .orShould().callMethod(OffsetDateTime.class, "now").orShould().callMethod(ZonedDateTime.class, "now")
        .orShould().callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule controllersAreNobodysBusiness = classes().that().areAnnotatedWith(Controller.class)
        .and().resideOutsideOfPackage("uk.waymark.api..").should().notBePublic();

    /** What a page shows and does it asks of the API: so there is no second set of rules (docs/adr/0042). */
    @ArchTest
    static final ArchRule pagesKnowNoFeature = noClasses().that().resideInAPackage("uk.waymark.web..")
        .should().dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe("features of Waymark",
            c -> c.getPackageName().startsWith("uk.waymark.") && !c.getPackageName().matches("uk\\.waymark\\.(web|platform|api)(\\..*)?")));

    @ArchTest
    static final ArchRule noCyclesBetweenFeatures = slices().matching("uk.waymark.(*)..").should().beFreeOfCycles();
}
