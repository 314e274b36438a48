package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.courts.Courts;

/** What a court is called in Welsh texts, where it stands behind 'yn'. */
@Singleton
public final class WelshCourts {
    /** Letters that change behind 'yn' ('yng Nghaerdydd'): a name that begins with one would be wrong there. */
    private static final String CHANGING = "PTCBDG";
    private final Courts courts;

    WelshCourts(Courts courts) {
        this.courts = courts;
    }

    /**
     * As the force describes it; as the source wrote it where the force does not, or where the Welsh name would have to change.
     *
     * @param c      of a transaction that acts for the force
     * @param ouCode or null
     * @param name   as the source wrote it; null where it is not known
     */
    public String name(Connection c, UUID force, String ouCode, String name) {
        return courts.find(c, force, ouCode, name).map(court -> court.name("cy")).filter(WelshCourts::standsBehindYn).orElse(name);
    }

    /** 'Llys' does, as 'Ll' stays; 'Ch', 'Dd', 'Th' and 'Ph' are none of the letters that change. */
    static boolean standsBehindYn(String name) {
        if (name.isBlank()) {
            return false;
        }
        String start = name.strip().substring(0, Math.min(2, name.strip().length())).toUpperCase(Locale.ROOT);
        return CHANGING.indexOf(start.charAt(0)) < 0 || start.equals("CH") || start.equals("DD") || start.equals("TH") || start.equals("PH");
    }
}
