package uk.waymark.attachments;

import jakarta.inject.Singleton;
import java.sql.Connection;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Tells staff of files that nobody can open, and why. In transactions of the force. */
@Singleton
final class Findings {
    private static final String INFECTED = "attachment_infected";
    private static final String UNREADABLE = "attachment_unreadable";
    private static final String UNSCANNED = "attachment_unscanned";
    private final WorkItems workItems;
    private final AttachmentSettings settings;
    private final Scanner scanner;
    private final CaseClock clock;

    Findings(WorkItems workItems, AttachmentSettings settings, Scanner scanner, CaseClock clock) {
        this.workItems = workItems;
        this.settings = settings;
        this.scanner = scanner;
        this.clock = clock;
    }

    /** Something was found in it; otherwise nothing is to be told. Once a file. */
    void raise(Connection c, Kept file) {
        if (file.scan().equals(Kept.INFECTED)) {
            // with a message already: when it was sent nobody knew, so nobody was told
            boolean sent = file.messageId() != null;
            open(c, file, INFECTED, (file.byStaff() == null ? "from_the_person" : "from_staff") + (sent ? "_found_later" : ""),
                settings.text("detail." + INFECTED + (sent ? ".found_later" : "")) + file.details().finding());
            workItems.settle(c, UNSCANNED + ':' + file.id());
        }
    }

    /** It has waited for too long for anybody to open it. */
    void unscanned(Connection c, Kept file) {
        Sql.run(c, "update waymark.attachment set raised = true where id = ?", file.id());
        open(c, file, UNSCANNED, scanner.connected() ? "no_answer" : "not_connected", settings.text("detail." + UNSCANNED));
    }

    /** What it is called and what is in it cannot be read any more. Once a file. @param c of a transaction of staff or a worker of the force */
    void unreadable(Connection c, Kept file) {
        open(c, file, UNREADABLE, "not_readable", settings.text("detail." + UNREADABLE));
    }

    /** It can be opened now. */
    void settle(Connection c, Kept file) {
        workItems.settle(c, UNSCANNED + ':' + file.id());
    }

    private void open(Connection c, Kept file, String kind, String reason, String detail) {
        workItems.open(c, new NewWorkItem(kind, kind + ':' + file.id(), file.caseId(), file.person(), file.id(), reason, detail,
            clock.instant().plus(settings.time("due." + kind))));
    }
}
