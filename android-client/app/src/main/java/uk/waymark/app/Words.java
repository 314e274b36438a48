package uk.waymark.app;

import java.util.List;
import java.util.Locale;
import uk.waymark.client.model.ParticipantRole;
import uk.waymark.client.model.ReadAloud;
import uk.waymark.client.model.StatementMedium;

/** How what the server says by a word is called on a screen. */
final class Words {
    /** In the order in which they are asked. */
    static final List<ReadAloud> READ_ALOUD = List.of(ReadAloud.SELF, ReadAloud.SOMEONE_ELSE, ReadAloud.NOT_AT_ALL,
            ReadAloud.COURT_DECIDES);

    private Words() {}

    static int of(ReadAloud how) {
        return switch (how) {
            case SELF -> R.string.read_self;
            case SOMEONE_ELSE -> R.string.read_else;
            case NOT_AT_ALL -> R.string.read_not;
            default -> R.string.read_open;
        };
    }

    static int of(StatementMedium medium, boolean further) {
        return switch (medium) {
            case RECORDED -> R.string.statement_recorded;
            case ON_PAPER -> R.string.statement_on_paper;
            case TAKEN_BY_OFFICER -> R.string.statement_taken;
            case TRANSLATION -> R.string.statement_translation;
            default -> further ? R.string.statement_added : R.string.statement_signed;
        };
    }

    /** For whom somebody writes; 0 where they write for themselves. */
    static int writesAs(ParticipantRole role) {
        return switch (role) {
            case PARENT, GUARDIAN -> R.string.writes_as_parent;
            case BEREAVED_RELATIVE -> R.string.writes_as_relative;
            case FAMILY_SPOKESPERSON -> R.string.writes_as_family;
            case BUSINESS_CONTACT -> R.string.writes_as_business;
            default -> 0;
        };
    }

    /** The name of a language in the reader's. @param code BCP 47 */
    static String language(String code, Locale reader) {
        String name = Locale.forLanguageTag(code).getDisplayName(reader);
        return name.isEmpty() ? code : name.substring(0, 1).toUpperCase(reader) + name.substring(1);
    }
}
