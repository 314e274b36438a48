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
import okhttp3.mockwebserver.SocketPolicy;

/** A server that says what a test tells it to say, by the beginning of method and path; the longest that fits counts. */
final class Said extends Dispatcher {
    static final String CASE = "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10";
    static final String DATE = "0198c2a4-7e00-7e11-8a2b-1c2d3e4f5a07";

    static final String CALL = "0198c2a4-9000-7a01-9c3d-6e5f4a3b2c01";
    static final String PICTURE = "0198c2a4-9000-7a01-9c3d-6e5f4a3b2d01";
    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoCAIAAAAt2Q6oAAAAUUlEQVR42u3XoQ0AIAxFQTZhLAxrswOCITD4IhqCuOTpn5NtGWuG1d7CXu4UaG"
            + "hoaGjodPRvoJsdaGhoaGjofLTbAxoaGhoa2o8IDQ0NDQ192s+wUYFrswNyAAAAAElFTkSuQmCC";

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

    static byte[] png() {
        return java.util.Base64.getDecoder().decode(PNG);
    }

    /** Makes what was said there ask for a sign-in of the last minutes. */
    synchronized void fresh(String methodAndPath) {
        says.get(methodAndPath).setHeader("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", max_age=300");
    }

    /** Takes what is asked there, and never answers. */
    synchronized void silent(String methodAndPath) {
        says.put(methodAndPath, new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    }

    /** Waits until all of these have been asked. */
    synchronized void awaits(String... asked) throws InterruptedException {
        long until = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(60);
        while (!calls.containsAll(List.of(asked))) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(List.of(asked) + " in " + calls);
            }
            wait(left);
        }
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
        notifyAll();
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
                + (cy ? "Diolch am roi gwybod i ni." : "Thank you for telling us.") + "'}"), "\"h2\"");
        say("GET /v1/me/cases/" + CASE + "/call-backs", 200, j("{'items': [{'id': '0198c2a4-9000-7a01-9c3d-6e5f4a3b2c01', 'case_id': '" + CASE
                + "', 'reason': 'question', 'state': 'asked', 'asked_at': '2027-03-04T18:02:10Z', 'due_at': '2027-03-05T10:30:00Z', "
                + "'withhold_number': false, 'language': '" + language + "', 'next': '" + (cy ? "Diolch. Bydd rhywun yn eich ffonio."
                : "Thank you. Somebody rings you.") + "'}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE + "/statements", 200, j("{'items': [], 'next_cursor': null, 'may_add': true}"));
        written(language, cy);
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

    private void written(String language, boolean cy) {
        String contact = "{'language': '" + language + "', 'discreet_mode': true, 'channels': [{'channel': 'push', 'safety': 'unknown'}, "
                + "{'channel': 'sms', 'safety': 'safe', 'confirmed_on': '2027-02-01'}, {'channel': 'email', 'confirmed': false, 'safety': 'unknown'}, "
                + "{'channel': 'call', 'safety': 'unsafe'}], 'safe_times': [{'day': 'monday', 'from': '18:30', 'to': '21:00'}], "
                + "'quiet_hours': {'from': '21:00', 'to': '08:00'}, 'telling': 'weekly_summary', 'urgent_news': {'by': 'call', 'at_night': true}, "
                + "'voicemail': false, 'word_set': true, 'accessibility_needs': ['interpreter'], 'interpreter_language': 'pl', "
                + "'kept_back': ['may_also_be_told'], 'paused': false}";
        say("GET /v1/me/contact-preferences", 200, j(contact), "\"7\"");
        String conversation = "/v1/me/cases/" + CASE + "/messages";
        say("GET " + conversation, 200, j("{'items': [{'id': '0198c2a4-9000-7c01-9c3d-6e5f4a3b2c03', 'from': 'staff', 'body': '"
                + (cy ? "Cewch. Dewch at y drws ochr." : "Yes. Come to the side entrance.") + "', 'sent_at': '2027-03-05T10:12:00Z', "
                + "'nobody_has_read_this_yet': false, 'attachments': [{'id': '" + PICTURE + "', 'name': 'map.png', 'type': 'image/png', 'size': 900, "
                + "'state': 'ready'}]}, {'id': '0198c2a4-9000-7c01-9c3d-6e5f4a3b2c01', 'from': 'person', 'body': '"
                + (cy ? "Gaf i ddod â’m chwaer?" : "Can I bring my sister?") + "', 'sent_at': '2027-03-04T18:02:10Z', "
                + "'nobody_has_read_this_yet': true}], 'next_cursor': null, 'to': 'witness_care', 'before_you_write': {'emergency': '"
                + (cy ? "Nid yw hyn ar gyfer argyfyngau. Os ydych mewn perygl nawr, ffoniwch 999." : "This is not for emergencies. If you are in "
                + "danger now, ring 999.") + "', 'read_when': '" + (cy ? "Darllenir negeseuon o ddydd Llun i ddydd Gwener, 9am i 5pm." : "Messages are "
                + "read Monday to Friday, 9am to 5pm.") + "', 'may_be_shown': '" + (cy ? "Efallai y bydd yn rhaid i staff ddangos yr hyn a ysgrifennwch."
                : "Staff may have to show what you write.") + "'}, 'replies_usually_take': {'known': true, 'minutes': 240, 'words': '"
                + (cy ? "Fel arfer mae ateb yn cymryd tua 4 awr." : "Replies usually take about 4 hours.") + "'}, 'open_now': true, 'out_of_office': "
                + "{'until': '2027-03-10T09:00:00Z', 'words': '" + (cy ? "I ffwrdd tan ddydd Mercher; mae cydweithiwr yn darllen." : "Away until "
                + "Wednesday; a colleague reads.") + "'}, 'danger': {'title': '" + (cy ? "Gwybodaeth" : "Information") + "', 'dismissible': true, "
                + "'nobody_has_read_this_yet': true, 'words': '" + (cy ? "Anfonwyd eich neges. Does neb wedi’i darllen eto." : "Your message was sent. "
                + "Nobody has read it so far.") + "', 'ways': [{'kind': 'call_999', 'words': '" + (cy ? "Ffoniwch 999." : "Call 999.")
                + "', 'number': '999'}, {'kind': 'silent_solution', 'words': '" + (cy ? "Os na allwch siarad: pwyswch 55." : "If you cannot speak: "
                + "press 55.") + "', 'number': '999'}, {'kind': 'text_999', 'words': '" + (cy ? "Neu anfonwch neges at 999." : "Or text 999.")
                + "', 'number': '999'}]}}"), "\"c1\"");
        says.put("GET " + conversation + "/attachments/" + PICTURE, new MockResponse().setHeader("Content-Type", "image/png")
                .setBody(new okio.Buffer().write(png())));
        say("POST " + conversation, 201, j("{'id': '0198c2a4-9000-7c01-9c3d-6e5f4a3b2c09', 'from': 'person', 'body': '', "
                + "'sent_at': '2027-03-05T18:02:10Z', 'nobody_has_read_this_yet': true, 'next': '" + (cy ? "Diolch. Mae gyda ni." : "Thank you. It is "
                + "with us.") + "'}"));
        say("POST " + conversation + "/0198c2a4-9000-7c01-9c3d-6e5f4a3b2c03/read", 204, "");
        say("POST " + conversation + "/attachments", 201, j("{'id': '" + PICTURE + "', 'name': 'photo.png', 'type': 'image/png', 'size': 900, "
                + "'state': 'ready'}"));
        say("GET /v1/me/cases/" + CASE + "/call-backs/slots", 200, j("{'free': [{'from': '2027-03-05T10:00:00Z', 'to': '2027-03-05T10:30:00Z'}, "
                + "{'from': '2027-03-08T11:00:00Z', 'to': '2027-03-08T11:30:00Z'}]}"));
        say("GET /v1/me/call-backs/" + CALL, 200, j("{'id': '" + CALL + "', 'case_id': '" + CASE + "', 'reason': 'question', 'state': 'booked', "
                + "'asked_at': '2027-03-04T18:02:10Z', 'due_at': '2027-03-05T10:30:00Z', 'slot': {'from': '2027-03-05T10:00:00Z', "
                + "'to': '2027-03-05T10:30:00Z'}, 'withhold_number': false, 'language': '" + language + "', 'next': '" + (cy ? "Diolch. Bydd rhywun yn "
                + "eich ffonio." : "Thank you. Somebody rings you.") + "'}"), "\"k1\"");
        say("GET /v1/me/cases/" + CASE + "/availability", 200, j("{'dates_to_avoid': [{'from': '2027-05-03', 'to': '2027-05-14'}], "
                + "'given_at': '2027-03-04T18:02:10Z', 'words_left_out': true}"), "\"a1\"");
        say("GET /v1/me/cases/" + CASE + "/needs", 200, j("{'screens': true, 'live_link': false, 'interpreter': {'language': 'pl'}, "
                + "'separate_waiting': true, 'expenses': false, 'visit_before': false, 'given_at': '2027-03-04T18:02:10Z'}"), "\"n1\"");
        say("GET /v1/me/hearings/" + DATE + "/attendance", 200, j("{'version': 1, 'answer': 'need_to_talk', 'answered_at': '2027-03-04T18:02:10Z'}"),
                "\"h1\"");
    }

    static String j(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
