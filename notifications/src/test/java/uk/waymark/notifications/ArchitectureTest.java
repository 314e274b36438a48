package uk.waymark.notifications;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.OffsetDateTime;

@AnalyzeClasses(packages = "uk.waymark.notifications", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule twilio_is_known_in_one_package_only = noClasses().that()
        .resideOutsideOfPackage("..notifications.twilio..").should().dependOnClassesThat()
        .resideInAnyPackage("com.twilio..", "org.apache.hc..");

    @ArchTest
    static final ArchRule firebase_is_known_in_one_package_only = noClasses().that()
        .resideOutsideOfPackage("..notifications.firebase..").should().dependOnClassesThat()
        .resideInAnyPackage("com.google.firebase..", "com.google.auth..", "com.google.api..");

    @ArchTest
    static final ArchRule govuk_notify_is_known_in_one_package_only = noClasses().that()
        .resideOutsideOfPackage("..notifications.notify..").should().dependOnClassesThat()
        .resideInAnyPackage("uk.gov.service..", "org.json..");

    @ArchTest
    static final ArchRule there_is_no_framework = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("io.micronaut..", "jakarta..", "org.springframework..");

    @ArchTest
    static final ArchRule time_is_injected = noClasses().should().callMethod(Instant.class, "now")
        .orShould().callMethod(OffsetDateTime.class, "now").orShould().callMethod(System.class, "currentTimeMillis");
}
