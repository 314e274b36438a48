package uk.waymark.hearings.runs;

import java.util.Locale;

/** Why a line of a run is not sent, each with what to do about it, for staff. */
enum RunReason {
    BAD_ROW("This line cannot be read: it has more fields than the first line names, or one that is too long."),
    UNKNOWN_PERSON("No case with this reference has a person with this number. Look the person up: a number that is not the one held is never sent to."),
    BAD_NUMBER("This is not a mobile number."),
    BAD_DATE("This is not a date. Write 2026-12-07 or 07/12/2026."),
    BAD_TIME("This is not a time. Write 10:00, or nothing."),
    BAD_LANGUAGE("Write en or cy, or nothing for the person's own language."),
    PAST_DATE("This is past, or people have left home for it by now. Ring whoever has to know something."),
    UNKNOWN_HEARING("No court date of this case is known on that day. Look which is right; nothing is guessed."),
    OTHER_TIME("The court date that is known on that day is at another time. Look which is right; nothing is guessed."),
    BAD_COURT("The court date that is known on that day is at another court, or the code of the court is not known. Look which is right."),
    KEPT_QUIET("The court date came with the word that nobody is to be told of it. Decide first whether they are; until then nothing says it."),
    NOT_REQUIRED("The person does not have to be there."),
    ANSWERED_CANNOT("The person has said that they cannot come, and it is confirmed. Ring them if they are needed all the same."),
    UNSAFE_CONTACT("The person must not be told by message. Find another way; it is in the work queue."),
    DUPLICATE("The person has this reminder from an earlier line, or was reminded of it today."),
    NO_LONGER_SO("The court date or the person's part in it has changed since."),
    RUN_STOPPED("The run was stopped before it went."),
    WAS_RIGHT("What this message said was right."),
    TOLD_SINCE("The person has been told since, by a notice or by somebody, what is right."),
    NOT_UNDERSTOOD("This line could not be worked on. Send it again in a file of its own, and tell whoever looks after your system.");

    private final String words;

    RunReason(String words) {
        this.words = words;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Nothing is wrong with the line, but there is nothing to send. */
    boolean skipped() {
        return this == DUPLICATE || this == NO_LONGER_SO || this == WAS_RIGHT || this == TOLD_SINCE;
    }

    /** What to do about it; null for a reason of the messages themselves. */
    static String words(String wireName) {
        for (RunReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return reason.words;
            }
        }
        return null;
    }
}
