package uk.waymark.keys;

import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import uk.waymark.access.AuditLink;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * The signatures of the audit log's chains are evidence and never written over: under a newer key each is made once more
 * beside the old one, which is checked before. One that does not fit is left as it is, for {@code verify audit} to name.
 */
final class AuditSeals {
    private final Doors doors;
    private final Sealing sealing;
    private final Doors.Scope scope;

    /** @param renewed how many were made; @param unfit how many do not fit; @param finished false where it was told to stop */
    record Done(long renewed, long unfit, boolean finished) { }

    private record Seal(UUID chain, long number, byte[] hash, byte[][] macs) { }

    AuditSeals(Doors doors, Sealing sealing) {
        this.doors = doors;
        this.sealing = sealing;
        this.scope = new Doors.Scope(SealedColumns.ALL.stream().filter(t -> t.name().equals("waymark.audit_seal")).findFirst()
            .orElseThrow(), null);
    }

    Done signAgain(int size, Duration pause, BooleanSupplier goOn) {
        long renewed = 0;
        long unfit = 0;
        UUID chain = new UUID(0, 0);
        long after = 0;
        List<Seal> page;
        do {
            if (!goOn.getAsBoolean()) {
                return new Done(renewed, unfit, false);
            }
            UUID fromChain = chain;
            long from = after;
            record Batch(List<Seal> page, int signed) { }
            Batch batch = doors.in(scope, c -> {
                List<Seal> some = page(c, fromChain, from, size);
                return new Batch(some, some.stream().mapToInt(seal -> sign(c, seal)).sum());
            });
            page = batch.page();
            renewed += batch.signed();
            unfit += page.size() - batch.signed();
            if (!page.isEmpty()) {
                chain = page.getLast().chain();
                after = page.getLast().number();
            }
            if (page.size() == size) {
                LockSupport.parkNanos(pause.toNanos());
            }
        } while (page.size() == size);
        return new Done(renewed, unfit, true);
    }

    /** Those without a signature by the newest key, in order. */
    private List<Seal> page(Connection c, UUID chain, long after, int size) {
        return Sql.list(c, """
            select s.chain, s.number, k.hash,
                   array(select s.mac union all select a.mac from waymark.audit_seal_again a
                          where a.chain = s.chain and a.number = s.number) as macs
              from waymark.audit_seal s join waymark.audit_link k on k.chain = s.chain and k.number = s.number
             where s.mac_version <> ? and (s.chain, s.number) > (?, ?)
               and not exists (select 1 from waymark.audit_seal_again a
                                where a.chain = s.chain and a.number = s.number and a.mac_version = ?)
             order by s.chain, s.number limit ?""",
            r -> new Seal(Sql.uuid(r, "chain"), r.getLong("number"), r.getBytes("hash"), (byte[][]) r.getArray("macs").getArray()),
            sealing.lookupKeyId(), chain, after, sealing.lookupKeyId(), size);
    }

    /** @return 1 where it was signed, 0 where the old signature does not fit */
    private int sign(Connection c, Seal seal) {
        String signed = AuditLink.signed(seal.chain(), seal.number(), seal.hash());
        byte[][] fitting = sealing.keys(AuditLink.purpose(), signed);
        if (Arrays.stream(seal.macs()).noneMatch(mac -> Arrays.stream(fitting).anyMatch(key -> Arrays.equals(key, mac)))) {
            return 0;
        }
        Sealing.LookupKey again = sealing.lookupKey(AuditLink.purpose(), signed);
        return Sql.run(c, "insert into waymark.audit_seal_again (chain, number, mac, mac_version) values (?, ?, ?, ?)", seal.chain(),
            seal.number(), again.value(), again.version());
    }
}
