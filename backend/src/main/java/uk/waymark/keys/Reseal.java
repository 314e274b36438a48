package uk.waymark.keys;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Renews everything that is sealed or hashed under an older key, while servers run: batch by batch, each a transaction of its
 * own, going on where it stopped. A row that somebody changes meanwhile is left to the next pass. Doing it again does no harm.
 */
public final class Reseal implements AutoCloseable {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int PASSES = 3;
    private final Doors doors;
    private final Sealing sealing;
    private final Progress progress;

    /**
     * @param renewed  rows written
     * @param unfit    by table and column: values that no key opens, or hashes that fit nothing; left as they were
     * @param finished false where it was told to stop
     */
    public record Done(long renewed, Map<String, Long> unfit, boolean finished) { }

    /** One batch. @param passedOver rows that somebody else held or changed */
    private record Batch(int rows, int renewed, int passedOver, String[] last) { }

    /** @throws IllegalArgumentException where the newest sealing key leaves no mark by which its values are known */
    public Reseal(Settings settings, MachineClock clock) {
        this.sealing = new Sealing(settings.sealingKeyset(), settings.lookupKeyset());
        if (sealing.mark().length == 0) {
            throw new IllegalArgumentException("the newest sealing key leaves no mark on what it seals: make one with keys add");
        }
        this.doors = new Doors(settings);
        this.progress = new Progress(doors, sealing, clock);
    }

    /**
     * @param size  rows a transaction
     * @param pause after each, so that people's requests come first
     * @param goOn  asked before each batch
     * @param says  is told what was done with each table: counts only
     */
    public Done run(int size, Duration pause, BooleanSupplier goOn, Consumer<String> says) {
        var unfit = new TreeMap<String, Long>();
        long renewed = 0;
        for (Doors.Scope scope : progress.begin(doors.scopes())) {
            if (!scope.table().renewable()) {
                progress.done(scope);
                continue;
            }
            Table table = new Table(scope, size, unfit);
            boolean finished = table.run(pause, goOn);
            renewed += table.renewed;
            if (table.rows > 0) {
                says.accept("%s: %d rows looked at, %d renewed".formatted(scope, table.rows, table.renewed));
            }
            if (!finished) {
                return new Done(renewed, unfit, false);
            }
        }
        AuditSeals.Done seals = new AuditSeals(doors, sealing).signAgain(size, pause, goOn);
        if (seals.renewed() > 0) {
            says.accept("waymark.audit_seal: %d signed again".formatted(seals.renewed()));
        }
        if (seals.unfit() > 0) {
            unfit.merge("waymark.audit_seal.mac", seals.unfit(), Long::sum);
        }
        return new Done(renewed + seals.renewed(), unfit, seals.finished());
    }

    /** What stands under older keys now. */
    public Remaining remaining() {
        return Remaining.count(doors, sealing, progress);
    }

    @Override
    public void close() {
        doors.close();
    }

    private final class Table {
        private final Doors.Scope scope;
        private final int size;
        private final Map<String, Long> unfit;
        private final Statements sql;
        private long rows;
        private long renewed;

        Table(Doors.Scope scope, int size, Map<String, Long> unfit) {
            this.scope = scope;
            this.size = size;
            this.unfit = unfit;
            this.sql = doors.in(scope, c -> Statements.of(c, scope.table(), sealing));
        }

        /** @return false where it was told to stop */
        boolean run(Duration pause, BooleanSupplier goOn) {
            for (int pass = 1; pass <= PASSES; pass++) {
                String[] after = progress.after(scope);
                int passedOver = 0;
                Batch batch;
                do {
                    if (!goOn.getAsBoolean()) {
                        return false;
                    }
                    batch = batch(after);
                    after = batch.last() == null ? after : batch.last();
                    passedOver += batch.passedOver();
                    if (batch.rows() == size) {
                        LockSupport.parkNanos(pause.toNanos());
                    }
                } while (batch.rows() == size);
                if (passedOver == 0) {
                    break;
                }
                progress.fromTheBeginning(scope);
            }
            progress.done(scope);
            return true;
        }

        private Batch batch(String[] after) {
            var left = new ArrayList<String>();
            Batch batch = doors.in(scope, c -> {
                List<Row> page = page(c, after);
                int written = 0;
                int passedOver = 0;
                for (Row row : page) {
                    boolean changed = row.changed();
                    int done = changed ? write(c, row) : 0;
                    written += done;
                    passedOver += changed && row.changed() ? 1 - done : 0;
                    left.addAll(row.unfit());
                }
                return new Batch(page.size(), written, passedOver, page.isEmpty() ? null : page.getLast().key());
            });
            left.forEach(column -> unfit.merge(column, 1L, Long::sum));
            rows += batch.rows();
            renewed += batch.renewed();
            if (batch.rows() > 0) {
                progress.reached(scope, batch.last(), batch.rows(), batch.renewed());
            }
            return batch;
        }

        private List<Row> page(Connection c, String[] after) {
            var parameters = new ArrayList<Object>();
            if (after != null) {
                parameters.addAll(List.of(after));
            }
            parameters.add(size);
            return Sql.list(c, sql.page(after == null), r -> Row.read(scope.table(), sealing, r), parameters.toArray());
        }

        /** A hash that another row has already, made since by the newest key, stays what it is. */
        private int write(Connection c, Row row) {
            try {
                Savepoint before = c.setSavepoint();
                try {
                    int done = update(c, row);
                    c.releaseSavepoint(before);
                    return done;
                } catch (DatabaseFailure e) {
                    if (!UNIQUE_VIOLATION.equals(e.sqlState())) {
                        throw e;
                    }
                    c.rollback(before);
                    row.leaveHashes(scope.table());
                    return row.changed() ? update(c, row) : 0;
                }
            } catch (SQLException e) {
                throw new DatabaseFailure(e);
            }
        }

        private int update(Connection c, Row row) {
            var parameters = new ArrayList<Object>();
            sql.columns().forEach(column -> parameters.add(row.after(column)));
            parameters.addAll(List.of(row.key()));
            parameters.addAll(List.of(row.key()));
            sql.columns().forEach(column -> parameters.add(row.before(column)));
            return Sql.run(c, sql.update(), parameters.toArray());
        }
    }
}
