package uk.waymark.platform;

import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The one place where a transaction begins and the database is told who is asking ({@code set_config(…, true)}, so that
 * it ends with the transaction). Row-level security does the rest: what is not the caller's is not there.
 *
 * <p>For a person the same round trip checks that the session is alive: a cached signature may be trusted, the right to
 * act never is.
 */
@Singleton
public final class ActingAs {
    private final TransactionOperations<Connection> transactions;
    private final DataSource connections;
    private final MachineClock clock;

    ActingAs(TransactionOperations<Connection> transactions, DataSource connections, MachineClock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.connections = DelegatingDataSource.unwrapDataSource(connections);
    }

    /**
     * Runs the work in one new transaction as this caller; commits when it returns, rolls back when it throws.
     *
     * @throws SignedOut when a person's session has ended on this or any other instance
     * @throws ProblemException 409, 422 for staff who do not, or no longer, take out anything for the person
     */
    public <T> T as(Caller caller, Function<Connection, T> work) {
        return transactions.execute(
            TransactionDefinition.of(TransactionDefinition.Propagation.REQUIRES_NEW),
            status -> {
                Connection connection = status.getConnection();
                enter(connection, caller);
                return work.apply(connection);
            });
    }

    /** As {@link #as(Caller, Function)}, for work that uses repositories only. */
    public <T> T as(Caller caller, Supplier<T> work) {
        return as(caller, (Connection c) -> work.get());
    }

    /**
     * One round trip for a person: a query of one function that enters for them itself and is a whole transaction, so that
     * the context ends with it.
     *
     * @param sql whose first column says whether the session is alive
     * @param row maps the only row; null for nothing
     * @throws SignedOut when a person's session has ended on this or any other instance
     */
    public <T> Optional<T> inOneTrip(String sql, Sql.Row<T> row, Object... parameters) {
        try (Connection connection = connections.getConnection()) {
            return Sql.one(connection, sql, r -> {
                if (!r.getBoolean(1)) {
                    throw new SignedOut();
                }
                return row.map(r);
            }, parameters);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /**
     * The transaction goes on as another caller, so that what is done as the one and as the other commits together. What the
     * former could see is out of sight from here on.
     *
     * @param connection of a transaction that {@link #as} has begun
     */
    public void goOn(Connection connection, Caller caller) {
        enter(connection, caller);
    }

    private void enter(Connection connection, Caller caller) {
        try {
            switch (caller) {
                case Caller.Person p -> enterPerson(connection, p.session());
                case Caller.ForPerson f -> enterForPerson(connection, f);
                case Caller.Staff s -> enterStaff(connection, s);
                case Caller.System s -> enterForce(connection, "system", s.force());
                case Caller.Worker w -> enterForce(connection, "worker", w.force());
                case Caller.Nobody n -> enterNobody(connection);
                case Caller.NationalSystem n -> enterNobody(connection);
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static void enterNobody(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select waymark.enter_nobody()")) {
            statement.execute();
        }
    }

    /** Who of the staff decides which restricted cases are there, and the time for how long. */
    private void enterStaff(Connection connection, Caller.Staff staff) {
        Sql.call(connection, "select waymark.enter_staff(?, ?, ?, ?)", staff.force(), staff.subject(), staff.supervises(),
            clock.instant());
    }

    /** What stands in the way is asked anew in each transaction. */
    private void enterForPerson(Connection connection, Caller.ForPerson view) {
        enterStaff(connection, view.staff());
        String entered = Sql.one(connection, "select waymark.enter_for_person(?, ?) as entered", r -> r.getString("entered"),
            view.person(), view.item()).orElseThrow();
        switch (entered) {
            case "entered" -> { }
            case "restricted" -> throw ProblemException.conflict("restricted-case", "This case is open to named people only",
                "Somebody who is named for every restricted case of this person does this, or names you.");
            default -> throw ProblemException.unprocessable("/item", "This is no item of yours in which this person asks for their "
                + "information. Claim the `export_wanted` of this person first.");
        }
    }

    private static void enterForce(Connection connection, String kind, UUID force) throws SQLException {
        try (var statement = connection.prepareStatement("select waymark.enter_force(?, ?)")) {
            statement.setString(1, kind);
            statement.setObject(2, force);
            statement.execute();
        }
    }

    private static void enterPerson(Connection connection, UUID session) throws SQLException {
        try (var statement = connection.prepareStatement("select waymark.enter_person(?)")) {
            statement.setObject(1, session);
            try (var rows = statement.executeQuery()) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    throw new SignedOut();
                }
            }
        }
    }

    /** The session has ended: answered 401. */
    public static final class SignedOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SignedOut() {
            super("the session has ended", null, false, false);
        }
    }
}
