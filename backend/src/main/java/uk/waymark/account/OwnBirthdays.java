package uk.waymark.account;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** When the persons of an account were born, as far as a force has said so: nobody's PIN, since whoever is near them knows it. */
public interface OwnBirthdays {

    /** @param c of a transaction of a person */
    List<LocalDate> of(Connection c);

    /** The same of an account that a code is about to be sent for. @param c of a transaction of nobody */
    List<LocalDate> at(Connection c, UUID code, UUID account);
}
