package uk.waymark.app;

import android.text.Editable;
import android.text.Spanned;
import android.text.TextPaint;
import android.text.TextWatcher;
import android.text.style.UnderlineSpan;
import android.view.View;
import android.widget.TextView;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.client.model.StatementAnswer;
import uk.waymark.client.model.StatementPerson;
import uk.waymark.client.model.StatementQuestion;
import uk.waymark.client.model.StatementQuestionWords;
import uk.waymark.client.model.StatementRequest;

/** The fields of a statement: the words, the questions that help to begin, and of a business what it is. Each can be left empty. */
final class StatementForm {
    private static final int LONGEST = 100_000;
    private static final int LONGEST_ANSWER = 20_000;
    private static final int LONGEST_NAME = 200;

    private final Screen screen;
    private final Runnable changed;
    private final Place text;
    private final Page business;
    private final Page whom;
    private final Set<UUID> about = new TreeSet<>(Comparator.comparing(UUID::toString));
    private List<StatementPerson> people = List.of();
    private final Page questions;
    private final Map<StatementQuestion, Place> answers = new LinkedHashMap<>();
    private Place organisation;
    private Place authority;
    private String language;
    private boolean filling;
    private JsonArray pointed = new JsonArray();
    private StatementRequest pointedIn;
    private StatementRequest besides;

    /** A field, and the place below it for what is said about it. */
    private record Place(TextInputEditText field, Page below) {
        String words() {
            return String.valueOf(field.getText());
        }
    }

    /** Words to look at again: not by colour alone. */
    private static final class Mark extends UnderlineSpan {
        @Override
        public void updateDrawState(TextPaint paint) {
            super.updateDrawState(paint);
            paint.setFakeBoldText(true);
        }
    }

    /** @param changed is run whenever the person has changed something */
    StatementForm(Screen screen, Page page, String language, Runnable changed) {
        this.screen = screen;
        this.changed = changed;
        this.language = language;
        business = page.section();
        whom = page.section();
        text = place(page, screen.getString(R.string.statement_text), LONGEST, 8);
        questions = page.section();
    }

    private Place place(Page page, String label, int longest, int lines) {
        TextInputEditText field = page.words(label, longest, lines);
        Page below = page.section();
        field.addTextChangedListener(new TextWatcher() {
            @Override
            public void beforeTextChanged(CharSequence s, int start, int count, int after) {}

            @Override
            public void onTextChanged(CharSequence s, int start, int before, int count) {}

            @Override
            public void afterTextChanged(Editable s) {
                if (!filling) {
                    changed.run();
                }
            }
        });
        return new Place(field, below);
    }

    /** Shows these words; nothing of it counts as typed. */
    void fill(StatementRequest words) {
        filling = true;
        text.field.setText(words.getText());
        language = words.getLanguage() == null ? language : words.getLanguage();
        about.clear();
        about.addAll(ids(words));
        about(people);
        if (words.getOrganisation() != null || words.getAuthority() != null) {
            forBusiness();
            organisation.field.setText(words.getOrganisation());
            authority.field.setText(words.getAuthority());
        }
        answers.values().forEach(a -> a.field.setText(""));
        for (StatementAnswer answer : of(words)) {
            question(answer.getQuestion(), screen.getString(R.string.statement_answer)).field.setText(answer.getText());
        }
        filling = false;
    }

    /** Asks what the questions are; where an answer stands already, its question gets its words. */
    void ask(List<StatementQuestionWords> all) {
        Map<StatementQuestion, String> typed = new LinkedHashMap<>();
        answers.forEach((question, place) -> typed.put(question, place.words()));
        filling = true;
        questions.clear();
        answers.clear();
        questions.heading(screen.getString(R.string.statement_questions));
        questions.text(screen.getString(R.string.statement_questions_free));
        for (StatementQuestionWords q : all) {
            Place place = question(q.getQuestion(), q.getWords());
            place.field.setText(typed.remove(q.getQuestion()));
        }
        typed.forEach((question, words) -> question(question, screen.getString(R.string.statement_answer)).field.setText(words));
        filling = false;
        if (pointedIn != null) {
            point(pointed, pointedIn);
        }
        if (besides != null) {
            beside(besides);
        }
    }

    /** Asks whom it is about, where it can be about several people. @param all null or empty where there is nothing to ask */
    void about(List<StatementPerson> all) {
        people = all == null ? List.of() : all;
        whom.clear();
        if (people.isEmpty()) {
            return;
        }
        whom.heading(screen.getString(R.string.statement_about));
        whom.text(screen.getString(R.string.statement_about_hint));
        for (StatementPerson person : people) {
            whom.choice(person.getName(), about.contains(person.getId()), on -> {
                if (on) {
                    about.add(person.getId());
                } else {
                    about.remove(person.getId());
                }
                changed.run();
            });
        }
        if (besides != null) {
            besideAbout(besides);
        }
    }

    /** Names of those whom the other text is about, where it is about others than this one. */
    private void besideAbout(StatementRequest theirs) {
        if (!people.isEmpty() && !about.equals(new HashSet<>(ids(theirs)))) {
            whom.heading(screen.getString(R.string.from_there));
            whom.text(names(people, theirs.getAbout()));
        }
    }

    /** Names of those whom a statement is about. @param chosen null for all of them */
    static String names(List<StatementPerson> all, List<UUID> chosen) {
        return all.stream().filter(p -> chosen == null || chosen.isEmpty() || chosen.contains(p.getId())).map(StatementPerson::getName)
                .collect(Collectors.joining(", "));
    }

    private static List<UUID> ids(StatementRequest words) {
        return words.getAbout() == null ? List.of() : words.getAbout();
    }

    private Place question(StatementQuestion question, String words) {
        return answers.computeIfAbsent(question, q -> place(questions, words, LONGEST_ANSWER, 3));
    }

    /** Asks for what only a business says. */
    void forBusiness() {
        if (organisation == null) {
            organisation = place(business, screen.getString(R.string.statement_organisation), LONGEST_NAME, 1);
            authority = place(business, screen.getString(R.string.statement_authority), LONGEST_NAME, 1);
        }
    }

    String language() {
        return language;
    }

    void language(String code) {
        language = code;
        changed.run();
    }

    /** What stands in the fields. */
    StatementRequest words() {
        StatementRequest words = new StatementRequest();
        words.setText(text.words());
        words.setLanguage(language);
        List<StatementAnswer> given = new ArrayList<>();
        answers.forEach((question, place) -> {
            if (!place.words().isEmpty()) {
                StatementAnswer answer = new StatementAnswer();
                answer.setQuestion(question);
                answer.setText(place.words());
                given.add(answer);
            }
        });
        words.setAnswers(given.isEmpty() ? null : given);
        words.setAbout(about.isEmpty() ? null : new ArrayList<>(about));
        if (organisation != null) {
            words.setOrganisation(blankToNull(organisation.words()));
            words.setAuthority(blankToNull(authority.words()));
        }
        return words;
    }

    private static String blankToNull(String words) {
        return words.trim().isEmpty() ? null : words;
    }

    static List<StatementAnswer> of(StatementRequest words) {
        return words.getAnswers() == null ? List.of() : words.getAnswers();
    }

    /** Below each field whose words are others there, those, to be taken over by hand. */
    void beside(StatementRequest theirs) {
        besides = theirs;
        about(people);
        beside(text, theirs.getText());
        for (StatementAnswer answer : of(theirs)) {
            beside(question(answer.getQuestion(), screen.getString(R.string.statement_answer)), answer.getText());
        }
        if (theirs.getOrganisation() != null || theirs.getAuthority() != null) {
            forBusiness();
            beside(organisation, theirs.getOrganisation());
            beside(authority, theirs.getAuthority());
        }
    }

    private void beside(Place place, String theirs) {
        if (theirs != null && !theirs.isEmpty() && !theirs.equals(place.words())) {
            place.below.clear();
            place.below.heading(screen.getString(R.string.from_there));
            place.below.selectable(theirs);
        }
    }

    /**
     * Points at what others should not read, beside the words: they are underlined, and what is said of them stands below.
     *
     * @param sent what was saved, by which the places count
     */
    void point(JsonArray notices, StatementRequest sent) {
        unpoint();
        pointed = notices;
        pointedIn = sent;
        for (JsonElement each : notices) {
            JsonObject notice = each.getAsJsonObject();
            Place place = at(notice.get("pointer").getAsString(), sent);
            if (place == null) {
                continue;
            }
            String words = place.words();
            int from = offset(words, notice.get("from").getAsInt());
            int to = Math.max(from, offset(words, notice.get("to").getAsInt()));
            Editable marked = place.field.getText();
            if (marked != null && to > from) {
                marked.setSpan(new Mark(), from, to, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
            }
            TextView said = place.below.text(screen.getString(R.string.statement_pointed, words.substring(from, to),
                    notice.get("words").getAsString()));
            said.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        }
    }

    private void unpoint() {
        List<Place> all = new ArrayList<>(answers.values());
        all.add(text);
        for (Place place : all) {
            place.below.clear();
            Editable marked = place.field.getText();
            if (marked != null) {
                for (Mark mark : marked.getSpans(0, marked.length(), Mark.class)) {
                    marked.removeSpan(mark);
                }
            }
        }
    }

    /** Null where the words there have changed since. */
    private Place at(String pointer, StatementRequest sent) {
        if (pointer.equals("/text")) {
            return text.words().equals(sent.getText()) ? text : null;
        }
        if (!pointer.matches("/answers/[0-9]/text")) {
            return null;
        }
        int i = pointer.charAt("/answers/".length()) - '0';
        StatementAnswer answer = i < of(sent).size() ? of(sent).get(i) : null;
        Place place = answer == null ? null : answers.get(answer.getQuestion());
        return place != null && place.words().equals(answer.getText()) ? place : null;
    }

    /** Characters are counted as Unicode code points there. */
    private static int offset(String words, int points) {
        return words.offsetByCodePoints(0, Math.min(points, words.codePointCount(0, words.length())));
    }
}
