package uk.waymark.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A server that says what a test tells it to say, by the beginning of method and path; the longest that fits counts. */
final class Said extends Dispatcher {
    static final String CASE = "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10";
    static final String DATE = "0198c2a4-7e00-7e11-8a2b-1c2d3e4f5a07";

    final MockWebServer server = new MockWebServer();
    final List<String> calls = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    final List<okhttp3.Headers> headers = new ArrayList<>();
    private final Map<String, MockResponse> says = new LinkedHashMap<>();

    Said() throws IOException {
        server.setDispatcher(this);
        server.start(TestApp.PORT);
    }

    synchronized Said say(String methodAndPath, int status, String json) {
        says.put(methodAndPath, new MockResponse().setResponseCode(status).setHeader("Content-Type", "application/json").setBody(json));
        return this;
    }

    /** With a version. */
    synchronized Said say(String methodAndPath, int status, String json, String etag) {
        say(methodAndPath, status, json);
        says.get(methodAndPath).setHeader("ETag", etag);
        return this;
    }

    /** Makes what was said there ask for a sign-in of the last minutes. */
    synchronized void fresh(String methodAndPath) {
        says.get(methodAndPath).setHeader("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", max_age=300");
    }

    /** Says this to everything that is read. */
    synchronized Said only(int status) {
        says.replaceAll((call, was) -> call.startsWith("GET ") ? new MockResponse().setResponseCode(status) : was);
        return this;
    }

    /** What the last call of these words carried. */
    synchronized String body(String methodAndPath) {
        return bodies.get(calls.lastIndexOf(methodAndPath));
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        String call = request.getMethod() + " " + request.getPath();
        calls.add(call);
        headers.add(request.getHeaders());
        bodies.add(request.getBody().readUtf8());
        return says.keySet().stream().filter(call::startsWith).max(java.util.Comparator.comparingInt(String::length))
                .map(says::get).orElseGet(() -> new MockResponse().setResponseCode(404));
    }

    /** What a case looks like, in English or Welsh. */
    Said everything(String language) {
        boolean cy = language.equals("cy");
        String stage = cy ? "Mae rhywun wedi’i gyhuddo." : "Somebody has been charged.";
        String summary = "'id': '" + CASE + "', 'crime_reference': 'NS/20417/27', 'force': {'code': 'northshire', 'name': 'Northshire'}, "
                + "'role': 'victim', 'stage': {'code': 'charged', 'words': '" + stage + "', 'language': '" + language + "'}, "
                + "'next_expected_update': '2027-03-12', 'updated_at': '2027-03-04T10:00:00Z'";
        say("POST /v1/sign-in/activations", 202, j("{'expires_in': 600, 'detail': '" + (cy ? "Rydym wedi anfon cod atoch. Mae’n para 10 munud."
                : "We have sent you a code. It lasts 10 minutes.") + "'}"));
        say("POST /v1/sign-in/codes", 202, j("{'expires_in': 600, 'detail': '" + (cy ? "Os ydym yn gwybod y rhif hwn, mae cod ar ei ffordd."
                : "If we know this number, a code is on its way.") + "'}"));
        say("POST /v1/sign-in/tokens", 200, j("{'access_token': 'a-1', 'token_type': 'Bearer', 'expires_in': 600, 'refresh_token': 'r-1234567890'}"));
        say("GET /v1/me", 200, j("{'account_id': '0198c2a4-6b02-7a10-8d44-2f9e1c0b7a01', 'cases': [], 'may': [], 'has_pin': false, 'language': '"
                + language + "', 'discreet_mode': false}"));
        say("GET /v1/me/cases", 200, j("{'items': [{" + summary + "}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE, 200, j("{" + summary + ", 'officer': {'name': 'DC Amira Khan'}}"));
        say("GET /v1/me/cases/" + CASE + "/timeline", 200, j("{'items': [{'id': '0198c2a4-7c00-7e11-8a2b-1c2d3e4f5a03', "
                + "'occurred_at': '2027-03-04T10:00:00Z', 'kind': 'suspect_charged', 'headline': '" + stage + "'}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE + "/hearings", 200, j("{'items': [{'id': '" + DATE + "', 'state': 'listed', 'kind': 'trial', 'what': '"
                + (cy ? "treial" : "trial") + "', 'starts_at': '2027-03-30T09:00:00Z', 'when_words': '"
                + (cy ? "Dydd Mawrth 30 Mawrth 2027, 10:00" : "Tuesday 30 March 2027, 10:00") + "', 'court': {'name': '"
                + (cy ? "Llys y Goron Northmoor" : "Northmoor Crown Court") + "', 'room': '2', 'address': '1 Example Street, Northmoor'}, "
                + "'required': true, 'required_words': '" + (cy ? "Mae angen i chi fod yno." : "You need to be there.") + "', 'as_at': "
                + "'2027-03-08T17:30:00Z', 'as_at_words': '" + (cy ? "Fel y dywedwyd wrthym ddydd Llun 8 Mawrth 2027" : "As we were told on Monday 8 March 2027") + "'}]}"));
        say("PUT /v1/me/hearings/" + DATE + "/attendance", 200, j("{'answer': 'yes', 'answered_at': '2027-03-04T18:02:10Z', 'version': 1, 'next': '"
                + (cy ? "Diolch am roi gwybod i ni." : "Thank you for telling us.") + "'}"));
        say("GET /v1/me/cases/" + CASE + "/call-backs", 200, j("{'items': [{'id': '0198c2a4-9000-7a01-9c3d-6e5f4a3b2c01', 'case_id': '" + CASE
                + "', 'reason': 'question', 'state': 'asked', 'asked_at': '2027-03-04T18:02:10Z', 'due_at': '2027-03-05T10:30:00Z', "
                + "'withhold_number': false, 'language': '" + language + "', 'next': '" + (cy ? "Diolch. Bydd rhywun yn eich ffonio."
                : "Thank you. Somebody rings you.") + "'}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE + "/statements", 200, j("{'items': [], 'next_cursor': null, 'may_add': true}"));
        say("GET /v1/me/contact-preferences", 200, j("{'language': '" + language + "', 'discreet_mode': true, 'channels': [{'channel': 'sms'}], "
                + "'voicemail': false, 'paused': false}"));
        say("GET /v1/me/devices", 200, j("{'items': [{'id': '0198c2a4-70aa-7d31-a6c0-9b8f7e6d5c01', 'name': 'Pixel 9', 'platform': 'android', "
                + "'signed_in_at': '2027-03-01T09:12:44Z', 'last_seen_at': '2027-03-04T18:02:10Z', 'this_device': true}, "
                + "{'id': '0198c2a4-70aa-7d31-a6c0-9b8f7e6d5c02', 'name': 'Galaxy A15', 'platform': 'android', "
                + "'signed_in_at': '2027-03-01T09:12:44Z', 'last_seen_at': '2027-03-02T18:02:10Z', 'this_device': false}], 'next_cursor': null}"));
        say("GET /v1/me/access-log", 200, j("{'items': [{'at': '2027-03-04T10:12:00Z', 'what': '" + (cy ? "Darllen eich manylion" : "Read your details")
                + "', 'by': 'staff', 'force': 'Northshire', 'roles': ['" + (cy ? "Swyddog gofal tystion" : "Witness care officer") + "']}], 'next_cursor': null}"));
        say("POST /v1/exit", 204, "");
        SaidStatements.say(this, language);
        SaidAccount.say(this, language);
        return this;
    }

    static String j(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
