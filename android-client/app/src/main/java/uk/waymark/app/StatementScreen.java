package uk.waymark.app;

import java.util.List;
import java.util.stream.Collectors;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.StatementList;
import uk.waymark.client.model.StatementState;
import uk.waymark.client.model.StatementSummary;

/**
 * What somebody has said in their own words, in a case or in all of them: what they are writing, what they have signed, and what is kept
 * elsewhere.
 */
public final class StatementScreen extends Screen {
    /** Instead of a case: every one, also one that they take no part in any more. */
    static final String ALL = "all";
    private Page here;

    @Override
    protected void show() {
        title(getString(R.string.statement));
        Page all = new Page(content()).clear();
        here = all.section(); // what was begun here is there also where the list cannot be read
        page = all.section();
        onThisPhone(List.of());
        read(path(), StatementScreen::parse, this::show);
    }

    private String path() {
        return all() ? "/v1/me/statements?limit=100" : "/v1/me/cases/" + about() + "/statements?limit=100";
    }

    private boolean all() {
        return ALL.equals(about());
    }

    private static StatementList parse(String json) {
        return JSON.getGson().fromJson(json, StatementList.class);
    }

    private void show(StatementList list) {
        page.clear();
        if (all()) {
            page.text(getString(list.getItems().isEmpty() ? R.string.statement_none : R.string.statement_all));
        }
        if (list.getInstead() != null) {
            page.text(list.getInstead());
        }
        onThisPhone(list.getItems().stream().filter(s -> s.getState() == StatementState.DRAFT).map(s -> s.getId().toString())
                .collect(Collectors.toList()));
        add(page.section(), list);
        if (!all() && !Boolean.FALSE.equals(list.getMayAdd())) {
            boolean first = list.getItems().isEmpty();
            if (!first) {
                page.text(getString(R.string.statement_further));
            }
            Runnable begin = () -> go(WritingScreen.class, WritingScreen.begin(about()));
            if (first) {
                page.button(getString(R.string.statement_begin), begin);
            } else {
                page.quiet(getString(R.string.statement_another), begin);
            }
        }
    }

    private void add(Page below, StatementList list) {
        list.getItems().forEach(s -> show(below.card(), s, list));
        older(below, path(), list.getNextCursor(), StatementScreen::parse, next -> add(below, next), true);
    }

    private void show(Page card, StatementSummary s, StatementList list) {
        String id = s.getId().toString();
        String caseId = s.getCaseId().toString();
        if (s.getState() == StatementState.DRAFT) {
            card.heading(getString(R.string.statement_draft));
            card.text(s.getStateWords());
            inWhich(card, s);
            card.text(getString(R.string.statement_changed, time(s.getChangedAt().toInstant())));
            if (Boolean.TRUE.equals(s.getGoesSoon()) && s.getGoesAt() != null) {
                card.text(getString(R.string.statement_goes, time(s.getGoesAt().toInstant())));
            }
            card.button(getString(R.string.statement_go_on), () -> go(WritingScreen.class, WritingScreen.draft(caseId, id)));
            return;
        }
        card.heading(getString(Words.of(s.getMedium(), s.getSupplements() != null)));
        card.text(s.getStateWords());
        inWhich(card, s);
        if (s.getSignedAt() != null) {
            card.text(getString(R.string.statement_signed_on, time(s.getSignedAt().toInstant())));
        }
        if (s.getSupplements() != null) {
            list.getItems().stream().filter(o -> o.getId().equals(s.getSupplements()) && o.getSignedAt() != null).findFirst()
                    .ifPresent(o -> card.text(getString(R.string.statement_adds_to, time(o.getSignedAt().toInstant()))));
        }
        card.quiet(getString(R.string.statement_read), () -> go(SignedScreen.class, caseId + " " + id));
    }

    private void inWhich(Page card, StatementSummary s) {
        if (all()) {
            card.text(s.getCrimeReference() == null ? getString(R.string.statement_left) : getString(R.string.reference_is, s.getCrimeReference()));
        }
    }

    /** What is only here: begun without a line, or not taken. What belongs to a draft of the list is opened with it. */
    private void onThisPhone(List<String> drafts) {
        here.clear();
        for (Written w : now().outbox().all()) {
            boolean begun = w.method().equals("POST") && w.path().equals("/v1/me/cases/" + about() + "/statements");
            boolean elsewhere = w.method().equals("PUT") && w.after() == null && w.what().equals(WritingScreen.WHAT)
                    && about().equals(core().kept("statement " + w.path()).orElse("")) && !drafts.contains(WritingScreen.id(w.path()));
            if (!w.unsent() || !begun && !elsewhere) {
                continue;
            }
            Page card = here.card();
            card.heading(getString(R.string.statement_draft));
            card.text(w.state() == Written.State.REFUSED ? getString(R.string.not_taken, w.words()) : getString(R.string.saved_here));
            card.text(getString(R.string.statement_changed, time(w.at())));
            card.button(getString(R.string.statement_go_on), () -> go(WritingScreen.class, begun ? WritingScreen.kept(about(), w.id())
                    : WritingScreen.draft(about(), WritingScreen.id(w.path()))));
        }
    }
}
