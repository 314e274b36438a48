package uk.waymark.statements;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Goes through each force's chain of statements from its beginning, as the owner of the database, and names the first one that is
 * not what was signed, stands where another did, or is missing.
 */
public final class StatementVerification {
    private static final int ROWS_AT_ONCE = 100;
    private final Settings settings;
    private final Sealing sealing;

    /** What came of it. */
    public sealed interface Outcome { }

    /** All of them fit. */
    public record Holds(List<Chain> chains) implements Outcome { }

    /** @param of the force's code; @param hash of its last link, in hex: kept elsewhere, it shows later that nothing was cut off */
    public record Chain(String of, long statements, String hash) { }

    /** @param of the force's code; @param number its place in the chain; @param id of the statement, or null where it is missing */
    public record Broken(String of, long number, UUID id, String what) implements Outcome { }

    private record Link(UUID id, UUID caseId, UUID maker, long number, String medium, java.time.Instant signedAt, byte[] content,
                        byte[] previous, byte[] hash) { }

    public StatementVerification(Settings settings) {
        this.settings = settings;
        this.sealing = new Sealing(settings.sealingKeyset(), settings.lookupKeyset());
    }

    /** @throws DatabaseFailure where the database cannot be read */
    public Outcome verify() {
        try (Connection c = Databases.owner(settings)) {
            c.setAutoCommit(false);
            c.setReadOnly(true);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var chains = new ArrayList<Chain>();
            for (UUID force : Sql.list(c, "select id from waymark.force order by code", r -> Sql.uuid(r, "id"))) {
                switch (follow(c, force)) {
                    case Broken broken -> {
                        return broken;
                    }
                    case Holds holds -> chains.addAll(holds.chains());
                }
            }
            return new Holds(List.copyOf(chains));
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private Outcome follow(Connection c, UUID force) throws SQLException {
        String of = Sql.one(c, "select code from waymark.force where id = ?", r -> r.getString("code"), force).orElseThrow();
        long last = 0;
        byte[] hash = new byte[0];
        try (var statement = c.prepareStatement("""
                select id, case_id, maker_id, number, medium, signed_at, content, previous_hash, hash from waymark.statement
                 where force_id = ? order by number""")) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setObject(1, force);
            try (ResultSet r = statement.executeQuery()) {
                while (r.next()) {
                    Link link = link(r);
                    if (link.number() != last + 1) {
                        return new Broken(of, last + 1, null, "the statement is missing");
                    }
                    Optional<String> wrong = wrong(force, link, hash);
                    if (wrong.isPresent()) {
                        return new Broken(of, link.number(), link.id(), wrong.get());
                    }
                    last = link.number();
                    hash = link.hash();
                }
            }
        }
        record End(long number, byte[] hash) { }
        End end = Sql.one(c, "select number, hash from waymark.statement_chain where force_id = ?",
            r -> new End(r.getLong("number"), r.getBytes("hash")), force).orElse(new End(0, new byte[0]));
        if (end.number() != last || !Arrays.equals(end.hash(), hash)) {
            return new Broken(of, Math.max(last, end.number()), null, "the chain ends here, and it is known to end elsewhere");
        }
        return new Holds(List.of(new Chain(of, last, SignedContent.hex(hash))));
    }

    private Optional<String> wrong(UUID force, Link link, byte[] before) {
        if (!Arrays.equals(link.previous(), before)) {
            return Optional.of("it does not name the one before it");
        }
        String canonical;
        try {
            canonical = sealing.openText(SignedStatements.CONTENT, link.id(), link.content());
        } catch (IllegalStateException e) {
            return Optional.of("what was signed does not open: it was changed, or put here from elsewhere, or its key is missing");
        }
        if (!Arrays.equals(SignedContent.hash(canonical), link.hash())) {
            return Optional.of("it is not what was signed: its hash is another");
        }
        SignedContent content = SignedContent.of(canonical);
        boolean fits = content.id().equals(link.id()) && content.force().equals(force) && content.caseId().equals(link.caseId())
            && content.person().equals(link.maker()) && content.number() == link.number() && content.medium().equals(link.medium())
            && content.signedAt().equals(link.signedAt()) && content.previous().equals(SignedContent.hex(before));
        return fits ? Optional.empty() : Optional.of("what stands beside it is not what was signed with it");
    }

    private static Link link(ResultSet r) throws SQLException {
        return new Link(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "maker_id"), r.getLong("number"), r.getString("medium"),
            Sql.instant(r, "signed_at"), r.getBytes("content"), r.getBytes("previous_hash"), r.getBytes("hash"));
    }
}
