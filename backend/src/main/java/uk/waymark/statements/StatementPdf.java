package uk.waymark.statements;

import java.time.LocalDate;
import uk.waymark.statements.SignedStatements.Signed;

/** A signed statement as a document, in the form that case files use. */
interface StatementPdf {

    /**
     * @param statement one that was signed here
     * @param crimeReference of its case
     * @param furtherTo the day on which the one before was signed, or null
     * @return the bytes of a PDF; the same for the same statement
     */
    byte[] of(Signed statement, String crimeReference, LocalDate furtherTo);
}
