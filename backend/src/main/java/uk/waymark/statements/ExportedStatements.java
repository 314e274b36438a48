package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.CaseReferences;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.statements.Drafts.Draft;
import uk.waymark.statements.SignedStatements.Signed;

/** What the person says in their own words. Whoever takes it out for them sees no draft: the database shows them none. */
@Singleton
final class ExportedStatements implements Exported {
    private final ActingAs acting;
    private final Drafts drafts;
    private final SignedStatements signed;
    private final CaseReferences references;
    private final StatementWords words;

    ExportedStatements(ActingAs acting, Drafts drafts, SignedStatements signed, CaseReferences references, StatementWords words) {
        this.acting = acting;
        this.drafts = drafts;
        this.signed = signed;
        this.references = references;
        this.words = words;
    }

    private record All(List<Draft> drafts, List<Signed> signed, Map<UUID, String> references) { }

    @Override
    public String name() {
        return "statements";
    }

    @Override
    public int place() {
        return 46;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        All all = acting.as(person, (Connection c) -> {
            List<Draft> written = drafts.own(c);
            List<Signed> done = signed.own(c);
            return new All(written, done, references.of(c, Stream.concat(written.stream().map(Draft::caseId),
                done.stream().map(Signed::caseId)).distinct().toList()));
        });
        all.drafts().forEach(d -> items.accept(draft(d, all.references().get(d.caseId()), language)));
        all.signed().forEach(s -> items.accept(signed(s, all.references().get(s.caseId()), language)));
    }

    private Map<String, Object> draft(Draft d, String reference, String language) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", reference);
        item.put("state", words.of(language, "state.draft"));
        item.put("changed_at", d.touchedAt());
        typed(item, d.words(), question -> words.of(language, "question." + question));
        return item;
    }

    private Map<String, Object> signed(Signed s, String reference, String language) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", reference);
        item.put("state", words.of(language, "state." + s.told()));
        item.put("changed_at", s.signedAt());
        SignedContent content = s.content();
        if (content.words() != null) {
            typed(item, content.words(), content.signing()::words);
            item.put("signed_with", content.signing().signature());
            item.put("declaration", content.signing().declaration());
            item.put("read_aloud", words.of(language, "read_aloud." + s.readAloud()));
        } else {
            item.put("where_kept", content.kept().where());
        }
        item.put("passed_on_at", s.passedOnAt());
        return item;
    }

    private static void typed(Map<String, Object> item, DraftWords typed, UnaryOperator<String> asked) {
        item.put("language", typed.language());
        item.put("text", typed.text());
        item.put("answers", typed.answers().isEmpty() ? null : typed.answers().stream()
            .map(a -> asked.apply(a.question()) + "\n" + a.text()).collect(Collectors.joining("\n\n")));
    }
}
