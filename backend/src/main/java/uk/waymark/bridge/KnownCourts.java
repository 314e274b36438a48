package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;

/** Court houses that an adapter was told of before. */
@Singleton
final class KnownCourts {
    /** An id that nobody knew may be known tomorrow. */
    private static final Duration NOTHING_KEPT = Duration.ofDays(1);
    private static final int LONGEST_ID = 100;
    private final ActingAs acting;
    private final MachineClock clock;
    private final PullSettings settings;

    KnownCourts(ActingAs acting, MachineClock clock, PullSettings settings) {
        this.acting = acting;
        this.clock = clock;
        this.settings = settings;
    }

    CourtHouses of(AdapterAccess adapter) {
        return new Courts(adapter);
    }

    private final class Courts implements CourtHouses {
        private final AdapterAccess adapter;
        private final Caller worker;

        Courts(AdapterAccess adapter) {
            this.adapter = adapter;
            this.worker = new Caller.Worker(adapter.force());
        }

        @Override
        public Optional<Known> known(String houseId, String roomId) {
            if (tooLong(houseId, roomId)) {
                return Optional.of(new Known(null, true));
            }
            return acting.as(worker, c -> Sql.one(c, """
                select name, ou_code, address, room, fetched_at from waymark.court_house
                 where adapter_id = ? and house_id = ? and room_id = ?""",
                r -> {
                    var court = r.getString("name") == null ? null : new CourtSchedule.Court(r.getString("name"),
                        r.getString("ou_code"), r.getString("address"), r.getString("room"));
                    return new Known(court, fresh(court, Sql.instant(r, "fetched_at")));
                }, adapter.id(), houseId, roomId));
        }

        private boolean fresh(CourtSchedule.Court court, Instant fetched) {
            return clock.instant().isBefore(fetched.plus(court == null ? NOTHING_KEPT : settings.housesKept()));
        }

        @Override
        public void learnt(String houseId, String roomId, CourtSchedule.Court court) {
            if (tooLong(houseId, roomId)) {
                return;
            }
            acting.as(worker, c -> Sql.run(c, """
                insert into waymark.court_house (adapter_id, house_id, room_id, force_id, name, ou_code, address, room, fetched_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (adapter_id, house_id, room_id) do update
                   set name = excluded.name, ou_code = excluded.ou_code, address = excluded.address, room = excluded.room,
                       fetched_at = excluded.fetched_at""",
                adapter.id(), houseId, roomId, adapter.force(), court == null ? null : court.name(),
                court == null ? null : court.ouCode(), court == null ? null : court.address(), court == null ? null : court.room(),
                clock.instant()));
        }

        /** No such id is one. */
        private static boolean tooLong(String houseId, String roomId) {
            return houseId.length() > LONGEST_ID || roomId.length() > LONGEST_ID;
        }
    }
}
