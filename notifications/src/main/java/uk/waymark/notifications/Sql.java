package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** One statement with its values in the order of the question marks. */
final class Sql {

    private static final String BY_INDEX = """
        set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off;
        set local enable_hashjoin = off; set local enable_mergejoin = off""";

    private final Connection connection;
    private final String text;
    private final Object[] values;

    private Sql(Connection connection, String text, Object[] values) {
        this.connection = connection;
        this.text = text;
        this.values = values;
    }

    static Sql of(Connection connection, String text, Object... values) {
        return new Sql(connection, text, values);
    }

    int update() {
        try (PreparedStatement statement = prepare()) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new NotificationsException(e);
        }
    }

    <T> List<T> list(Reader<T> reader) {
        try (PreparedStatement statement = prepare(); ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new NotificationsException(e);
        }
    }

    <T> Optional<T> first(Reader<T> reader) {
        return list(reader).stream().findFirst();
    }

    /** Runs the same statement for every row of values; answers how many rows each changed. */
    static int[] batch(Connection connection, String text, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        } catch (SQLException e) {
            throw new NotificationsException(e);
        }
    }

    /** Values of many rows as one value of a statement, which unfolds them with {@code unnest}. @param type of the elements */
    record Many(String type, Object[] elements) {
    }

    /** One column of many rows. @param type of the column, as PostgreSQL calls it */
    static <T> Many many(String type, List<T> rows, Function<T, Object> column) {
        if (type.equals("bytea")) {
            return new Many(type, rows.stream().map(column).toArray(byte[][]::new));
        }
        return new Many(type, rows.stream().map(column).map(Sql::element).toArray());
    }

    /**
     * Runs the work in a transaction of its own in which every row is found by an index, one after the other. That is right
     * for rows that are named by their ids, or come first in an index, however many there are; the planner would find them
     * by reading a whole table that was small when it last looked, and keep to that plan while the table grows.
     */
    static <T> T manyRows(DataSource source, Work<T> work) {
        return inTransaction(source, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(BY_INDEX);
            }
            return work.on(connection);
        });
    }

    /** Runs the work in a transaction of its own. */
    static <T> T inTransaction(DataSource source, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new NotificationsException(e);
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private PreparedStatement prepare() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            bind(statement, values);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Instant time -> statement.setObject(index, element(time));
            case Many many -> statement.setArray(index, statement.getConnection().createArrayOf(many.type, many.elements));
            case MessageState state -> statement.setString(index, state.stored());
            case byte[] bytes -> statement.setBytes(index, bytes);
            case byte[][] many -> statement.setArray(index, statement.getConnection().createArrayOf("bytea", many));
            case Collection<?> many -> statement.setArray(index, array(statement, many));
            default -> statement.setObject(index, value);
        }
    }

    private static Object element(Object value) {
        return switch (value) {
            // PostgreSQL keeps microseconds and would round what is finer up, to a moment not reached yet
            case Instant time -> OffsetDateTime.ofInstant(time.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
            case MessageState state -> state.stored();
            case null -> null;
            default -> value;
        };
    }

    private static java.sql.Array array(PreparedStatement statement, Collection<?> many) throws SQLException {
        boolean ids = !many.isEmpty() && many.iterator().next() instanceof UUID;
        Object[] elements = many.stream().map(e -> e instanceof MessageState s ? s.stored() : e).toArray();
        return statement.getConnection().createArrayOf(ids ? "uuid" : "text", elements);
    }

    /** Reads one row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
