package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import android.os.Looper;
import android.text.style.UnderlineSpan;
import android.widget.ImageView;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonParser;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import uk.waymark.client.Outbox;
import uk.waymark.client.Written;

/** What somebody says in their own words, from the first word to the document. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class StatementTest {
    private static final String DRAFT = SaidStatements.DRAFT;
    private static final String NEW = WritingScreen.begin(Said.CASE);
    private static final String OPEN = WritingScreen.draft(Said.CASE, DRAFT);
    private Said said;

    @Before
    public void begin() throws Exception {
        said = new Said().everything("en");
        Phone.signIn();
        Phone.app().core().keep(DatesScreen.DISCREET, "false");
    }

    @After
    public void end() throws Exception {
        said.server.shutdown();
    }

    private static Outbox outbox() {
        return Phone.app().core().now().get().outbox();
    }

    private void roleIs(String role) throws Exception {
        said.say("GET /v1/me", 200, Said.j("{'account_id': '0198c2a4-6b02-7a10-8d44-2f9e1c0b7a01', 'may': [], 'has_pin': false, 'language': 'en', "
                + "'discreet_mode': false, 'cases': [{'case_id': '" + Said.CASE + "', 'crime_reference': 'NS/1', 'role': '" + role
                + "', 'force': {'code': 'northshire', 'name': 'N'}}]}"));
        Phone.open(CasesScreen.class, null).close();
    }

    @Test
    public void what_to_know_comes_before_the_first_word_and_questions_can_be_left_out() {
        said.say("POST " + SaidStatements.CASE_PATH, 201, Said.j("{'id': '" + DRAFT + "', 'state_words': 'Not signed.'}"), "\"1\"");
        try (var c = Phone.open(WritingScreen.class, NEW)) {
            WritingScreen screen = c.get();
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("The defence and the court may read it."));
            assertFalse(Phone.texts(screen).contains(screen.getString(R.string.statement_text)));
            Phone.press(screen, R.string.statement_understood);
            Phone.type(screen, R.string.statement_text, "Since that night");
            Phone.field(screen, "What has it cost you, or what could you not earn?").setText("A lock.");
            Phone.press(screen, R.string.save);
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains(screen.getString(R.string.saved_there)));
        }
        var sent = JsonParser.parseString(said.body("POST " + SaidStatements.CASE_PATH)).getAsJsonObject();
        assertEquals("Since that night", sent.get("text").getAsString());
        assertEquals("[{\"question\":\"money\",\"text\":\"A lock.\"}]", sent.get("answers").toString());
        assertFalse("no field of a business is sent for somebody else", sent.has("organisation"));
    }

    @Test
    public void a_parent_is_told_for_whom_and_a_business_says_what_it_is() throws Exception {
        roleIs("parent");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("You make this as a parent or guardian."));
        }
        roleIs("bereaved_relative");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            assertTrue(Phone.texts(c.get()).contains("You make this as a close relative."));
        }
        roleIs("business_contact");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            Phone.type(c.get(), R.string.statement_organisation, "Harbour Bakery");
            Phone.type(c.get(), R.string.statement_authority, "Manager");
            Phone.press(c.get(), R.string.save);
        }
        var sent = JsonParser.parseString(said.body("PUT " + SaidStatements.PATH + DRAFT)).getAsJsonObject();
        assertEquals("Harbour Bakery", sent.get("organisation").getAsString());
        assertEquals("Manager", sent.get("authority").getAsString());
        assertEquals("\"7\"", said.headers.get(said.calls.lastIndexOf("PUT " + SaidStatements.PATH + DRAFT)).get("If-Match"));
    }

    @Test
    public void a_number_is_pointed_at_beside_the_words_and_nothing_is_changed() {
        said.say("PUT " + SaidStatements.PATH + DRAFT, 200, Said.j("{'id': '" + DRAFT + "', 'state_words': 'Not signed.', 'notices': "
                + "[{'kind': 'address', 'pointer': '/answers/0/text', 'from': 2, 'to': 10, 'words': 'This looks like an address.'}]}"), "\"8\"");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            WritingScreen screen = c.get();
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("“07700 900123”: This looks like a phone number."));
            TextInputEditText field = (TextInputEditText) Phone.field(screen, screen.getString(R.string.statement_text));
            UnderlineSpan[] marks = field.getText().getSpans(0, field.length(), UnderlineSpan.class);
            assertEquals(1, marks.length);
            assertEquals("07700 900123", field.getText().subSequence(field.getText().getSpanStart(marks[0]), field.getText().getSpanEnd(marks[0])).toString());
            field.setText("I do not sleep.");
            Phone.field(screen, "What has it cost you, or what could you not earn?").setText("🙂 NM1 2AB"); // one character there, two here
            Phone.press(screen, R.string.save);
            String texts = Phone.texts(screen);
            assertTrue(texts, texts.contains("“NM1 2AB”: This looks like an address."));
            assertFalse("what is not there any more is not pointed at", texts.contains("phone number"));
            assertEquals("I do not sleep.", field.getText().toString());
        }
    }

    @Test
    public void on_a_full_phone_what_is_typed_stays_on_the_screen_and_is_kept_once_there_is_room() throws Exception {
        said.say("POST " + SaidStatements.CASE_PATH, 503, "");
        try (var c = Phone.open(WritingScreen.class, NEW)) {
            WritingScreen screen = c.get();
            Phone.press(screen, R.string.statement_understood);
            Phone.type(screen, R.string.statement_text, "Since that night");
            Phone.press(screen, R.string.save);
            Phone.full("kept");
            Phone.type(screen, R.string.statement_text, "Since that night I do not sleep");
            Shadows.shadowOf(Looper.getMainLooper()).idleFor(Duration.ofSeconds(2)); // a pause in typing
            notKept(screen);
            Phone.press(screen, R.string.save);
            notKept(screen);
            Phone.press(screen, R.string.statement_check);
            notKept(screen);
            screen.getOnBackPressedDispatcher().onBackPressed();
            assertTrue("told before, they may go", screen.isFinishing());
        }
        try (var c = Phone.open(WritingScreen.class, WritingScreen.kept(Said.CASE, outbox().all().get(0).id()))) {
            WritingScreen screen = c.get();
            Phone.type(screen, R.string.statement_text, "Since that night I do not sleep");
            screen.getOnBackPressedDispatcher().onBackPressed();
            assertFalse("not before they are told", screen.isFinishing());
            notKept(screen);
            c.pause().stop().restart().start().resume(); // whoever makes room comes back
            assertTrue(Phone.texts(screen).contains("Since that night I do not sleep"));
            Phone.roomAgain("kept");
            said.say("POST " + SaidStatements.CASE_PATH, 201, Said.j("{'id': '" + DRAFT + "', 'state_words': 'Not signed.'}"), "\"1\"");
            said.say("PUT " + SaidStatements.PATH + DRAFT, 200, Said.j("{'id': '" + DRAFT + "', 'state_words': 'Not signed.'}"), "\"2\"");
            Phone.press(screen, R.string.save);
            assertFalse(Phone.texts(screen), Phone.texts(screen).contains(screen.getString(R.string.no_room)));
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains(screen.getString(R.string.saved_there)));
        }
        assertTrue(said.bodies.stream().anyMatch(body -> body.contains("Since that night I do not sleep")));
        assertEquals(0, Phone.app().core().unsent());
    }

    private static void notKept(WritingScreen screen) {
        String texts = Phone.texts(screen);
        assertTrue(texts, texts.contains(screen.getString(R.string.no_room)) && texts.contains("Since that night I do not sleep"));
        assertFalse(texts, texts.contains(screen.getString(R.string.saved_here)) || texts.contains(screen.getString(R.string.saved_there)));
    }

    @Test
    public void what_is_typed_is_there_again_however_the_screen_ends() {
        said.say("POST " + SaidStatements.CASE_PATH, 503, "");
        try (var c = Phone.open(WritingScreen.class, NEW)) {
            Phone.press(c.get(), R.string.statement_understood);
            Phone.type(c.get(), R.string.statement_text, "Since that night"); // and nothing is pressed
            c.get().finish();
            c.pause().stop();
        }
        Written kept = outbox().all().get(0);
        try (var c = Phone.open(StatementScreen.class, Said.CASE)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.saved_here)));
            Phone.press(c.get(), R.string.statement_go_on);
            assertEquals(WritingScreen.kept(Said.CASE, kept.id()), Shadows.shadowOf(c.get()).getNextStartedActivity().getStringExtra("about"));
        }
        try (var c = Phone.open(WritingScreen.class, WritingScreen.kept(Said.CASE, kept.id()))) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Since that night"));
        }
    }

    @Test
    public void a_new_one_is_the_same_one_after_the_screen_is_turned_and_after_the_phone_has_ended_the_app() {
        said.say("POST " + SaidStatements.CASE_PATH, 503, "");
        try (var c = Phone.open(WritingScreen.class, NEW)) {
            Phone.press(c.get(), R.string.statement_understood);
            Phone.type(c.get(), R.string.statement_text, "Since that night");
            c.recreate();
            Phone.idle();
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Since that night"));
            Phone.type(c.get(), R.string.statement_text, "Since that night I do not sleep");
        }
        Intent first = new Intent(Phone.app(), WritingScreen.class).putExtra("about", NEW);
        try (var c = org.robolectric.Robolectric.buildActivity(WritingScreen.class, first).setup(new android.os.Bundle())) {
            Phone.idle();
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Since that night I do not sleep"));
        }
        assertEquals("one draft", 1, outbox().all().stream().filter(w -> w.method().equals("POST")).count());
        try (var c = Phone.open(WritingScreen.class, NEW)) {
            Phone.press(c.get(), R.string.statement_understood);
            assertFalse("whoever begins another one begins another one", Phone.texts(c.get()).contains("Since that night"));
        }
    }

    @Test
    public void two_texts_stand_beside_each_other_and_what_is_saved_is_both() {
        said.say("PUT " + SaidStatements.PATH + DRAFT, 412, Said.j("{'detail': 'It has changed.', 'present': {'text': 'theirs', 'language': 'en', "
                + "'answers': [{'question': 'feelings', 'text': 'their answer'}]}}"), "\"9\"");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            WritingScreen screen = c.get();
            Phone.type(screen, R.string.statement_text, "mine");
            Phone.press(screen, R.string.save);
            String texts = Phone.texts(screen);
            assertTrue(texts, texts.contains("mine") && texts.contains("theirs") && texts.contains("their answer"));
            Phone.type(screen, R.string.statement_text, "mine and theirs");
        }
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            String texts = Phone.texts(c.get());
            assertTrue("what was typed in between is there", texts.contains("mine and theirs") && texts.contains("their answer"));
            said.say("PUT " + SaidStatements.PATH + DRAFT, 200, Said.j("{'id': '" + DRAFT + "', 'state_words': 'Not signed.'}"), "\"10\"");
            Phone.press(c.get(), R.string.save);
        }
        int last = said.calls.lastIndexOf("PUT " + SaidStatements.PATH + DRAFT);
        assertEquals("\"9\"", said.headers.get(last).get("If-Match"));
        assertEquals("mine and theirs", JsonParser.parseString(said.bodies.get(last)).getAsJsonObject().get("text").getAsString());
        assertEquals(0, Phone.app().core().unsent());
    }

    @Test
    public void what_is_not_taken_any_more_begins_another_one() {
        said.say("PUT " + SaidStatements.PATH + DRAFT, 409, Said.j("{'detail': 'This one is signed.'}"));
        said.say("POST " + SaidStatements.CASE_PATH, 201, Said.j("{'id': '" + SaidStatements.KEPT + "', 'state_words': 'Not signed.'}"), "\"1\"");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            Phone.type(c.get(), R.string.statement_text, "One more thing");
            Phone.press(c.get(), R.string.save);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("This one is signed."));
            assertEquals(1, Phone.app().core().unsent());
            Phone.press(c.get(), R.string.statement_with_these);
            assertEquals(0, Phone.app().core().unsent());
        }
        assertEquals("One more thing", JsonParser.parseString(said.body("POST " + SaidStatements.CASE_PATH)).getAsJsonObject().get("text").getAsString());
    }

    @Test
    public void signing_takes_a_choice_a_declaration_and_the_version_that_was_read() {
        try (var c = Phone.open(SigningScreen.class, Screens.about(SigningScreen.class))) {
            SigningScreen screen = c.get();
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("The new lock was £80."));
            Phone.press(screen, R.string.sign_statement);
            assertNull("nothing is signed without a choice", Phone.asked());
            Phone.choose(screen, R.string.read_else);
            Phone.press(screen, R.string.sign_statement);
            assertNull("nor without the declaration", Phone.asked());
            Phone.choose(screen, R.string.statement_read_to_me);
            Phone.type(screen, R.string.statement_read_by, "Sam Rowe");
            Phone.choose(screen, R.string.statement_declare);
            Phone.press(screen, R.string.sign_statement);
            Phone.agree();
            Intent next = Shadows.shadowOf(screen).getNextStartedActivity();
            assertEquals(StatementScreen.class.getName(), next.getComponent().getClassName());
        }
        String call = "POST " + SaidStatements.PATH + DRAFT + "/submission";
        assertEquals(JsonParser.parseString(Said.j("{'declaration': true, 'read_aloud': 'someone_else', 'read_to_maker_by': 'Sam Rowe'}")),
                JsonParser.parseString(said.body(call)));
        assertEquals("\"7\"", said.headers.get(said.calls.indexOf(call)).get("If-Match"));
    }

    @Test
    public void an_old_sign_in_signs_nothing_and_keeps_what_was_chosen() {
        said.say("POST " + SaidStatements.PATH + DRAFT + "/submission", 401, "");
        said.fresh("POST " + SaidStatements.PATH + DRAFT + "/submission");
        try (var c = Phone.open(SigningScreen.class, Screens.about(SigningScreen.class))) {
            Phone.choose(c.get(), R.string.read_self);
            Phone.choose(c.get(), R.string.statement_declare);
            Phone.type(c.get(), R.string.statement_name, "A. Penrose");
            Phone.press(c.get(), R.string.sign_statement);
            Phone.agree();
            Intent next = Shadows.shadowOf(c.get()).getNextStartedActivity();
            assertEquals(SignInScreen.class.getName(), next.getComponent().getClassName());
            assertEquals("again", next.getStringExtra("about"));
            c.pause().stop().restart().resume();
            assertEquals("A. Penrose", Phone.field(c.get(), c.get().getString(R.string.statement_name)).getText().toString());
        }
    }

    @Test
    public void a_signed_one_is_read_with_who_reads_it_aloud_which_can_be_changed() {
        try (var c = Phone.open(SignedScreen.class, Screens.about(SignedScreen.class))) {
            String texts = Phone.texts(c.get());
            assertTrue(texts, texts.contains("Alys Penrose") && texts.contains("The new lock was £80."));
            Phone.choose(c.get(), R.string.read_not);
            Phone.press(c.get(), R.string.statement_change_reading);
        }
        String call = "PUT " + SaidStatements.PATH + SaidStatements.SIGNED + "/read-aloud";
        assertEquals("{\"read_aloud\":\"not_at_all\"}", said.body(call));
        assertEquals("\"s1\"", said.headers.get(said.calls.indexOf(call)).get("If-Match"));
    }

    @Test
    public void the_list_has_drafts_signed_ones_and_where_others_are_kept() {
        try (var c = Phone.open(StatementScreen.class, Said.CASE)) {
            String texts = Phone.texts(c.get());
            for (int words : new int[] {R.string.statement_draft, R.string.statement_signed, R.string.statement_recorded, R.string.statement_another}) {
                assertTrue(texts, texts.contains(c.get().getString(words)));
            }
            assertTrue("a draft that nobody touches goes", texts.contains("It goes on"));
        }
        try (var c = Phone.open(SignedScreen.class, Said.CASE + " " + SaidStatements.KEPT)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Where it is kept: AB/1"));
        }
        said.say("GET " + SaidStatements.CASE_PATH, 200, Said.j("{'items': [], 'next_cursor': null, 'may_add': false, 'instead': 'Everyone was sentenced.'}"));
        try (var c = Phone.open(StatementScreen.class, Said.CASE)) {
            assertTrue(Phone.texts(c.get()).contains("Everyone was sentenced."));
            assertFalse(Phone.texts(c.get()).contains(c.get().getString(R.string.statement_begin)));
        }
    }

    @Test
    public void the_document_is_shown_here_and_lies_in_no_folder() {
        long before = files(Phone.app().getDataDir());
        try (var c = Phone.open(DocumentScreen.class, SaidStatements.SIGNED)) {
            assertEquals(List.of("Page 1 of 2"), pictures(c.get()));
            Phone.press(c.get(), R.string.statement_size);
            assertEquals("one at a time, however long it is", List.of("Page 1 of 2"), pictures(c.get()));
            Phone.press(c.get(), R.string.page_next);
            assertEquals(List.of("Page 2 of 2"), pictures(c.get()));
            Phone.press(c.get(), R.string.page_before);
            assertEquals(List.of("Page 1 of 2"), pictures(c.get()));
            assertEquals(before, files(Phone.app().getDataDir()));
            assertNull("and goes to no other app", Shadows.shadowOf(c.get()).getNextStartedActivity());
        }
        assertNull(Phone.app().getExternalCacheDir() == null ? null : first(Phone.app().getExternalCacheDir()));
    }

    private static List<String> pictures(Screen screen) {
        return Phone.views(screen.content()).stream().filter(ImageView.class::isInstance).map(v -> v.getContentDescription().toString()).toList();
    }

    @Test
    public void in_discreet_mode_nothing_of_it_is_read_without_the_server() throws Exception {
        Phone.app().core().keep(DatesScreen.DISCREET, "true");
        Phone.open(WritingScreen.class, OPEN).close();
        Phone.open(SignedScreen.class, Screens.about(SignedScreen.class)).close();
        said.server.shutdown();
        for (var screen : List.of(WritingScreen.class, SignedScreen.class)) {
            try (var c = Phone.open(screen, Screens.about(screen))) {
                assertFalse(Phone.texts(c.get()).contains("I do not sleep"));
            }
        }
    }

    @Test
    public void in_discreet_mode_the_other_text_opens_with_a_new_code_and_blocks_nothing_meanwhile() {
        Phone.app().core().keep(DatesScreen.DISCREET, "true");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            said.say("PUT " + SaidStatements.PATH + DRAFT, 412, "{}").say("GET " + SaidStatements.PATH + DRAFT, 401, "");
            said.fresh("GET " + SaidStatements.PATH + DRAFT);
            Phone.type(c.get(), R.string.statement_text, "mine");
            Phone.press(c.get(), R.string.save);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.statement_theirs_fresh)));
            outbox().make("call_back", "/v1/me/cases/" + Said.CASE + "/call-backs", "{}");
            said.say("POST /v1/me/cases/" + Said.CASE + "/call-backs", 201, "{}");
            assertEquals(Outbox.Outcome.DONE, outbox().send());
            assertEquals("only the text waits for the person", 1, Phone.app().core().unsent());
            said.say("GET " + SaidStatements.PATH + DRAFT, 200, Said.j("{'text': 'theirs', 'language': 'en'}"), "\"9\"");
            Phone.press(c.get(), R.string.statement_theirs_open);
            String texts = Phone.texts(c.get());
            assertTrue(texts, texts.contains("mine") && texts.contains("theirs"));
        }
    }

    @Test
    public void another_language_is_said_with_the_words() {
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            Phone.views(c.get().content()).stream().filter(v -> v instanceof android.widget.Button b && b.getText().toString().equals("Written in: English"))
                    .findFirst().orElseThrow().performClick();
            android.widget.ListView names = Phone.asked().getListView();
            int polish = -1;
            for (int i = 0; i < names.getAdapter().getCount(); i++) {
                polish = Objects.equals(names.getAdapter().getItem(i), "Polish") ? i : polish;
            }
            Shadows.shadowOf(names).performItemClick(polish);
            Phone.idle();
            Phone.press(c.get(), R.string.save);
        }
        assertEquals("pl", JsonParser.parseString(said.body("PUT " + SaidStatements.PATH + DRAFT)).getAsJsonObject().get("language").getAsString());
    }

    @Test
    public void a_draft_is_thrown_away_when_asked_twice() {
        said.say("DELETE " + SaidStatements.PATH + DRAFT, 204, "");
        try (var c = Phone.open(WritingScreen.class, OPEN)) {
            Phone.press(c.get(), R.string.statement_throw);
            assertFalse(said.calls.contains("DELETE " + SaidStatements.PATH + DRAFT));
            Phone.agree();
            assertTrue(c.get().isFinishing());
        }
        assertTrue(said.calls.contains("DELETE " + SaidStatements.PATH + DRAFT));
    }

    private static long files(File folder) {
        File[] in = folder.listFiles();
        long files = 0;
        for (File file : in == null ? new File[0] : in) {
            files += file.isDirectory() ? files(file) : 1;
        }
        return files;
    }

    private static File first(File folder) {
        File[] in = folder.listFiles();
        return in == null || in.length == 0 ? null : in[0];
    }
}
