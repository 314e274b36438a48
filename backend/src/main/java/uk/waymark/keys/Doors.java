package uk.waymark.keys;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/** The three logins of a command, each in transactions of its own. */
final class Doors implements AutoCloseable {
    private final Connection owner;
    private final Connection app;
    private final Connection dispatcher;

    /** Whose rows of a table: a force's, or null where it is no force's. */
    record Scope(SealedTable table, UUID force) {
        @Override
        public String toString() {
            return table.name() + (force == null ? "" : " " + force);
        }
    }

    Doors(Settings settings) {
        var open = new ArrayList<Connection>();
        try {
            open.add(Databases.owner(settings));
            open.add(Databases.app(settings));
            open.add(Databases.dispatcherLogin(settings));
            for (Connection c : open) {
                c.setAutoCommit(false);
            }
        } catch (SQLException e) {
            open.forEach(Doors::close);
            throw new DatabaseFailure(e);
        }
        this.owner = open.get(0);
        this.app = open.get(1);
        this.dispatcher = open.get(2);
    }

    /** Every table, once a force where its rows are forces'. */
    List<Scope> scopes() {
        List<UUID> forces = asOwner(c -> Sql.list(c, "select id from waymark.force order by code", r -> Sql.uuid(r, "id")));
        var scopes = new ArrayList<Scope>();
        for (SealedTable table : SealedColumns.ALL) {
            if (table.door() == SealedTable.Door.FORCE) {
                forces.forEach(force -> scopes.add(new Scope(table, force)));
            } else {
                scopes.add(new Scope(table, null));
            }
        }
        return scopes;
    }

    <T> T asOwner(Function<Connection, T> work) {
        return transaction(owner, work);
    }

    /** In a transaction that sees these rows. */
    <T> T in(Scope scope, Function<Connection, T> work) {
        return switch (scope.table().door()) {
            case FORCE -> transaction(app, c -> {
                Sql.call(c, "select waymark.enter_force('worker', ?)", scope.force());
                return work.apply(c);
            });
            case GATE -> transaction(owner, c -> {
                Sql.call(c, "set local role waymark_gate");
                return work.apply(c);
            });
            case DISPATCHER -> transaction(dispatcher, work);
        };
    }

    private static <T> T transaction(Connection c, Function<Connection, T> work) {
        try {
            boolean done = false;
            try {
                T result = work.apply(c);
                c.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    c.rollback();
                }
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    @Override
    public void close() {
        List.of(owner, app, dispatcher).forEach(Doors::close);
    }

    private static void close(Connection c) {
        try {
            c.close();
        } catch (SQLException e) {
            // it is gone either way
        }
    }
}
