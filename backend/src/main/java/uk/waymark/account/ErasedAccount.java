package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.export.Erasable;

/** The person's sign-in: the link ends and, where nobody else is on the account, its devices and their app as well. */
@Singleton
final class ErasedAccount implements Erasable {
    private final Links links;

    ErasedAccount(Links links) {
        this.links = links;
    }

    @Override
    public String what() {
        return "account";
    }

    @Override
    public void erase(Connection c, UUID person) {
        links.endFor(c, person, "erased");
    }
}
