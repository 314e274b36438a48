package uk.waymark.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.ProblemException;

/**
 * What a request says of why it reads.
 *
 * @param code of {@link #CODES}, or null
 * @param task a work item, or null
 * @param text as typed, or null
 */
record ReasonHeaders(String code, UUID task, String text) {
    static final String REASON = "Waymark-Reason";
    static final String TASK = "Waymark-Reason-Task";
    static final String TEXT = "Waymark-Reason-Text";
    static final String FROM_TASK = "task";
    private static final String OTHER = "other";
    /** Of the contract's {@code ReadReason}. */
    static final Set<String> CODES = Set.of(FROM_TASK, "call_from_person", "enquiry", "supervision", "court_preparation",
        "complaint", OTHER);
    private static final int LONGEST = 500;
    private static final ReasonHeaders NONE = new ReasonHeaders(null, null, null);

    /** Without what was typed. */
    @Override
    public String toString() {
        return "ReasonHeaders[" + code + "]";
    }

    boolean absent() {
        return code == null && task == null;
    }

    /** @throws ProblemException 400 for what is not of the contract's form, 422 for what is missing beside it */
    static ReasonHeaders of(HttpRequest<?> request) {
        String code = request.getHeaders().get(REASON);
        String task = request.getHeaders().get(TASK);
        String text = request.getHeaders().get(TEXT);
        if (code == null && task == null) {
            return NONE;
        }
        if (code != null && !CODES.contains(code)) {
            throw ProblemException.badRequest('/' + REASON, "is none of the reasons that there are; see ReadReason in /docs");
        }
        var said = new ReasonHeaders(task != null ? FROM_TASK : code, task == null ? null : uuid(task), plain(text));
        if (said.code().equals(FROM_TASK) && said.task() == null) {
            throw ProblemException.unprocessable('/' + TASK, "Name the work item that you have claimed.");
        }
        if (said.code().equals(OTHER) && said.text() == null) {
            throw ProblemException.unprocessable('/' + TEXT, "Say in a few words why you read this.");
        }
        return said;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest('/' + TASK, "is not the id of a work item");
        }
    }

    /** A header is ASCII: what is not comes percent-encoded, as UTF-8. */
    private static String plain(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            String plain = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8).strip();
            if (plain.length() <= LONGEST && plain.indexOf('\0') < 0) {
                return plain;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ProblemException.badRequest('/' + TEXT, "must be at most " + LONGEST + " characters; percent-encode what is not ASCII");
    }

    static ProblemException needed() {
        return ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "reason-needed", "Say why you read this",
            "Claim the work item that you read this for and send its id in " + TASK + ", or choose a reason for " + REASON
                + " and, where it is other, say it in " + TEXT + ". It is written down, and the law asks for it.");
    }
}
