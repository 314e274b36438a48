package uk.waymark.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Hand-written SQL without ceremony: positional parameters in, rows mapped out, failures without values in their text. */
public final class Sql {
    private Sql() { }

    /** Maps one row. */
    @FunctionalInterface
    public interface Row<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    public static <T> List<T> list(Connection c, String sql, Row<T> row, Object... parameters) {
        try (var statement = prepare(c, sql, parameters); var rows = statement.executeQuery()) {
            var result = new ArrayList<T>();
            while (rows.next()) {
                result.add(row.map(rows));
            }
            return result;
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** The first row of a query, if there is one. */
    public static <T> Optional<T> one(Connection c, String sql, Row<T> row, Object... parameters) {
        try (var statement = prepare(c, sql, parameters); var rows = statement.executeQuery()) {
            return rows.next() ? Optional.ofNullable(row.map(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** Runs an insert, update or delete. @return rows touched */
    public static int run(Connection c, String sql, Object... parameters) {
        try (var statement = prepare(c, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** Calls a function whose answer does not matter. */
    public static void call(Connection c, String sql, Object... parameters) {
        try (var statement = prepare(c, sql, parameters)) {
            statement.execute();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static PreparedStatement prepare(Connection c, String sql, Object... parameters) throws SQLException {
        var statement = c.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                set(c, statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(Connection c, PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case Instant i -> statement.setObject(index, OffsetDateTime.ofInstant(i, ZoneOffset.UTC));
            case byte[] b -> statement.setBytes(index, b);
            case UUID[] ids -> statement.setArray(index, c.createArrayOf("uuid", ids));
            case byte[][] keys -> statement.setArray(index, c.createArrayOf("bytea", keys));
            case String[] texts -> statement.setArray(index, c.createArrayOf("text", texts));
            default -> statement.setObject(index, value);
        }
    }
}
