package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.platform.WorkingDays;
import uk.waymark.statements.SignedStatements.Signed;
import uk.waymark.statements.document.RenderedStatement;
import uk.waymark.statements.document.StatementDocument;
import uk.waymark.statements.document.StatementDocument.Capacity;
import uk.waymark.statements.document.StatementDocument.OnBehalf;
import uk.waymark.statements.document.StatementRenderer;

/** Drawn in the form of the case file. */
@Singleton
final class CaseFileForm implements StatementPdf {
    private static final Map<String, Capacity> CAPACITIES = Map.of("parent", Capacity.PARENT_OR_GUARDIAN, "guardian",
        Capacity.PARENT_OR_GUARDIAN, "bereaved_relative", Capacity.BEREAVED_RELATIVE, "family_spokesperson", Capacity.FAMILY_SPOKESPERSON);
    private final StatementRenderer renderer;

    CaseFileForm(StatementRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public RenderedStatement of(Signed statement, String crimeReference, String urn, LocalDate furtherTo) {
        SignedContent content = statement.content();
        SignedContent.Maker maker = content.maker();
        SignedContent.Signing signing = content.signing();
        Capacity capacity = CAPACITIES.get(maker.role());
        boolean business = content.kind().equals(SignedContent.BUSINESS);
        return renderer.render(new StatementDocument(
            business ? StatementDocument.Kind.IMPACT_STATEMENT_FOR_BUSINESS : StatementDocument.Kind.VICTIM_PERSONAL_STATEMENT,
            content.language(), maker.name().isBlank() ? signing.signature() : maker.name(), years(maker.age()),
            capacity == null ? null : new OnBehalf(capacity, maker.of(), ages(maker)),
            business ? new StatementDocument.Organisation(maker.organisation(), maker.authority()) : null, crimeReference, urn, furtherTo,
            declarations(signing), text(content), signing.readBy() == null ? null
                : new StatementDocument.ReadBy(signing.readBy(), LocalDate.ofInstant(statement.signedAt(), WorkingDays.LONDON)),
            null, signing.signature(), statement.signedAt(), SignedContent.hex(statement.hash())));
    }

    /** Of those for whom the maker speaks; what was signed has them in English, the form has them in its own language. */
    private static List<Integer> ages(SignedContent.Maker maker) {
        return maker.ageOf() == null ? List.of() : Arrays.stream(maker.ageOf().split(Makers.BETWEEN)).map(CaseFileForm::years).toList();
    }

    private static Integer years(String age) {
        return age == null ? null : Makers.GROWN_UP.equals(age) ? Integer.valueOf(Makers.OF_AGE) : Integer.valueOf(age);
    }

    /** As signed, whatever the words are now. */
    private static List<StatementDocument.Declared> declarations(SignedContent.Signing signing) {
        var made = new StatementDocument.Declared(signing.declaredIn(), signing.declaration());
        return signing.inEnglish() == null ? List.of(made) : List.of(made, new StatementDocument.Declared("en", signing.inEnglish()));
    }

    /** What was typed, then each answer after its question. */
    private static String text(SignedContent content) {
        return Stream.concat(Stream.of(content.words().text()), content.words().answers().stream()
                .map(a -> content.signing().words(a.question()) + "\n" + a.text()))
            .filter(part -> !part.isBlank()).collect(Collectors.joining("\n\n"));
    }
}
