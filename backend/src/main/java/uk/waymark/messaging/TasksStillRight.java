package uk.waymark.messaging;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.UUID;
import javax.sql.DataSource;
import uk.waymark.notifications.SecondLook;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sealing;
import uk.waymark.staff.TaskCheck;

/**
 * The rules of contact once more before staff ring or post: since the item was opened the person may have died, the number
 * may have become unsafe or a suspect's, or the case may have left phones.
 */
@Singleton
final class TasksStillRight implements TaskCheck {
    private final ActingAs acting;
    private final DataSource dispatcherLogin;
    private final SecondLook secondLook;

    TasksStillRight(ActingAs acting, @Named("dispatcher") DataSource dispatcherLogin, ContactPolicy policy, Sealing sealing) {
        this.acting = acting;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.secondLook = new SecondLook(policy, sealing);
    }

    @Override
    public Answer ask(UUID force, UUID item) {
        UUID attempt = acting.as(new Caller.Worker(force), c -> StaffTasks.attemptOf(c, item));
        return switch (secondLook.ask(dispatcherLogin, force, attempt)) {
            case RIGHT -> Answer.RIGHT;
            case NOT_NOW -> Answer.NOT_NOW;
            case WRONG -> Answer.WRONG;
        };
    }
}
