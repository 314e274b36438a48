package uk.waymark.statements;

import java.time.LocalDate;
import uk.waymark.statements.SignedStatements.Signed;
import uk.waymark.statements.document.RenderedStatement;

/** A signed statement as a document, in the form that case files use. */
interface StatementPdf {

    /**
     * @param statement one that was signed here
     * @param crimeReference of its case
     * @param urn of the prosecution, or null
     * @param furtherTo the day on which the one before was signed, or null
     * @return a PDF; the same for the same statement and references
     */
    RenderedStatement of(Signed statement, String crimeReference, String urn, LocalDate furtherTo);
}
