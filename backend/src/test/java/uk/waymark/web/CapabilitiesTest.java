package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every API capability of a victim has its page: by the contract's own list of what a person may call. */
class CapabilitiesTest {
    /** What only an app has, and no page needs; a browser's tokens are renewed by themselves. */
    private static final Set<String> OF_APPS = Set.of("putPushRegistration", "removePushRegistration", "refreshTokens");
    private static final Map<String, String> PAGES = pages();

    /** operationId to the method and address of the page that has it. */
    private static Map<String, String> pages() {
        var pages = new TreeMap<String, String>();
        pages.put("takeUpInvitation", "POST /activate");
        pages.put("requestSignInCode", "POST /sign-in");
        pages.put("signIn", "POST /sign-in/code");
        pages.put("exit", "GET /exit");
        pages.put("signOut", "POST /sign-out");
        pages.put("getMe", "GET /yours/pin");
        pages.put("setPin", "POST /yours/pin");
        pages.put("removePin", "POST /yours/pin/remove");
        pages.put("getActivity", "GET /yours/lists");
        pages.put("putActivity", "POST /yours/lists");
        pages.put("listDevices", "GET /yours/devices");
        pages.put("removeDevice", "POST /yours/devices/{id}");
        pages.put("removeAllDevices", "POST /yours/devices");
        pages.put("exportMine", "POST /yours/file");
        pages.put("askForErasure", "POST /yours/erase");
        pages.put("listAccessLog", "GET /yours/looked");
        pages.put("listMyNotifications", "GET /yours/sent");
        pages.put("readMyNotification", "POST /yours/sent/{id}");
        pages.put("getContactPreferences", "GET /contact");
        pages.put("putContactPreferences", "POST /contact/change/{part}");
        pages.put("getContactHistory", "GET /contact/history");
        pages.put("pauseContact", "POST /contact/pause");
        pages.put("resumeContact", "POST /contact/resume");
        pages.put("listContactChanges", "GET /contact/where");
        pages.put("startContactChange", "POST /contact/where");
        pages.put("confirmContactChange", "POST /contact/where/{id}");
        pages.put("cancelContactChange", "POST /contact/where/{id}/cancel");
        pages.put("listCases", "GET /cases");
        pages.put("getCase", "GET /cases/{id}");
        pages.put("getTimeline", "GET /cases/{id}");
        pages.put("getTimelineEntry", "GET /cases/{id}/news/{entry}");
        pages.put("listMyHearings", "GET /cases/{id}/dates");
        pages.put("getAttendance", "GET /cases/{id}/dates");
        pages.put("putAttendance", "POST /cases/{id}/dates/{date}");
        pages.put("getAvailability", "GET /cases/{id}/away");
        pages.put("putAvailability", "POST /cases/{id}/away");
        pages.put("getNeeds", "GET /cases/{id}/day");
        pages.put("putNeeds", "POST /cases/{id}/day");
        pages.put("listMyStatements", "GET /cases/{id}/words");
        pages.put("listAllMyStatements", "GET /yours/words");
        pages.put("getStatementGuidance", "GET /cases/{id}/words/before");
        pages.put("createStatement", "POST /cases/{id}/words/before");
        pages.put("getStatement", "GET /cases/{id}/words/{one}");
        pages.put("putStatement", "POST /cases/{id}/words/{one}");
        pages.put("deleteStatement", "POST /cases/{id}/words/{one}/throw");
        pages.put("submitStatement", "POST /cases/{id}/words/{one}/through");
        pages.put("getMyStatementDocument", "POST /cases/{id}/words/{one}/file");
        pages.put("putReadAloud", "POST /cases/{id}/words/{one}/aloud");
        pages.put("askForCallBack", "POST /cases/{id}/calls/new");
        pages.put("listCallBackSlots", "GET /cases/{id}/calls/new");
        pages.put("listCallBacks", "GET /cases/{id}/calls");
        pages.put("getCallBack", "GET /cases/{id}/calls/{call}");
        pages.put("changeCallBack", "POST /cases/{id}/calls/{call}");
        pages.put("cancelCallBack", "POST /cases/{id}/calls/{call}/cancel");
        pages.put("listMessages", "GET /cases/{id}/messages");
        pages.put("readMessage", "GET /cases/{id}/messages");
        pages.put("sendMessage", "POST /cases/{id}/messages/new");
        pages.put("addAttachment", "POST /cases/{id}/messages/new");
        pages.put("getAttachment", "GET /cases/{id}/messages/files/{file}");
        return pages;
    }

    /** What signing in takes, and the page and its field that has it; of several ways in each has its own. */
    private static final Map<String, List<String>> SIGN_IN = Map.of("mobile", List.of("signIn mobile", "signInCall mobile"),
        "crime_reference", List.of("signInCall reference"), "code", List.of("signInCode code", "signInCall code"),
        "pin", List.of("signInCall pin"), "new_pin", List.of("signInCode pin", "signInCall new_pin"));

    private static JsonNode contract() throws IOException {
        try (var in = CapabilitiesTest.class.getResourceAsStream("/openapi/openapi.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void everyFieldOfASignInHasItsPlaceOnAPage() throws IOException {
        var fields = new TreeSet<String>();
        contract().at("/components/schemas/SignInRequest/properties").fieldNames().forEachRemaining(fields::add);
        fields.remove("device"); // the page says which
        assertEquals(fields, new TreeSet<>(SIGN_IN.keySet()));
        for (String place : SIGN_IN.values().stream().flatMap(List::stream).toList()) {
            String[] page = place.split(" ");
            String template = Files.readString(Path.of("src/main/jte/pages/" + page[0] + ".jte"));
            assertTrue(template.contains("name = \"" + page[1] + "\""), place);
        }
    }

    @Test
    void everyOperationOfAPersonHasItsPage() throws IOException {
        var operations = new TreeSet<String>();
        contract().path("paths").forEach(path -> path.forEach(operation -> {
            var words = new TreeSet<String>();
            operation.path("x-roles").forEach(role -> words.add(role.asText()));
            operation.path("tags").forEach(tag -> words.add("tag " + tag.asText()));
            // whoever signs in is nobody yet
            if (words.contains("person") || words.contains("tag sign-in")) {
                operations.add(operation.path("operationId").asText());
            }
        }));
        operations.removeAll(OF_APPS);
        assertEquals(operations, new TreeSet<>(PAGES.keySet()), "an operation without a page, or the other way round");
    }

    @Test
    void everyPageOfTheListIsThere() {
        Set<String> routes = routes();
        assertFalse(routes.isEmpty());
        var missing = new LinkedHashMap<>(PAGES);
        missing.values().removeAll(routes);
        assertEquals(Map.of(), missing);
    }

    /** Method and address of every page, by the controllers' own annotations. */
    private static Set<String> routes() {
        var routes = new TreeSet<String>();
        for (JavaClass page : new ClassFileImporter().importPackages("uk.waymark.web")) {
            if (page.isAnnotatedWith(Controller.class)) {
                String base = page.getAnnotationOfType(Controller.class).value().replaceFirst("^/$", "");
                for (var method : page.getMethods()) {
                    if (method.isAnnotatedWith(Get.class)) {
                        routes.add("GET " + address(base, method.getAnnotationOfType(Get.class).value()));
                    } else if (method.isAnnotatedWith(Post.class)) {
                        routes.add("POST " + address(base, method.getAnnotationOfType(Post.class).value()));
                    }
                }
            }
        }
        return routes;
    }

    private static String address(String base, String path) {
        return (base + path).replaceFirst("(.)/$", "$1");
    }
}
