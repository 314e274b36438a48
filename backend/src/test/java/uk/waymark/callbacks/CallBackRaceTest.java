package uk.waymark.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Answer;

/** Everybody wants the same morning. Prints its figures, which docs/call-backs.md has. */
class CallBackRaceTest extends CallBackDay {
    private static final int PEOPLE = 40;
    private static final int BY_APP = 5;
    private static final int ASKED = 500;
    private static final int PLACES = 40;

    /** A unit of its own: ten calls of half an hour, four at once. */
    private void unit() throws SQLException {
        try (var owner = database.login("waymark_owner")) {
            UUID id = UUID.randomUUID();
            Sql.run(owner, """
                insert into waymark.unit (id, force_id, code, name_en, name_cy, call_minutes, call_places)
                values (?, ?, 'race', 'Race', 'Ras', 30, 4)""", id, force("northmoor"));
            for (int day = 1; day <= 5; day++) {
                Sql.run(owner, "insert into waymark.unit_hours (unit_id, force_id, weekday, opens, closes) values (?, ?, ?, '09:00', '14:00')",
                    id, force("northmoor"), day);
            }
        }
    }

    @Test
    void fiveHundredAtOnceForFortyPlaces() throws Exception {
        unit();
        next(DayOfWeek.MONDAY, LocalTime.of(15, 0));
        var people = new ArrayList<Someone>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(of("race"));
        }
        LocalDate day = bean(WorkingDays.class).after(LocalDate.ofInstant(now(), WorkingDays.LONDON), 1);
        Instant from = day.atTime(9, 0).atZone(WorkingDays.LONDON).toInstant();
        var times = List.of(Map.of("from", from.toString(), "to", from.plus(Duration.ofHours(5)).toString()));
        var staff = staff("witness_care");
        var calls = new ArrayList<Supplier<Answer>>();
        for (Someone someone : people) {
            for (int i = 0; i < BY_APP; i++) {
                calls.add(() -> someone.api().post(someone.path(), Map.of("reason", "question", "preferred", times)));
            }
        }
        for (int i = 0; calls.size() < ASKED; i++) {
            Someone someone = people.get(i % PEOPLE);
            calls.add(() -> staff.post("/v1/staff/people/" + someone.person() + "/call-backs", Map.of("case_id", someone.caseId(), "reason",
                "question", "preferred", times)));
        }
        long began = System.nanoTime();
        List<Answer> answers = atOnce(calls);
        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();

        answers.forEach(a -> a.expect(201));
        assertEquals(ASKED, answers.stream().map(a -> a.at("/id")).distinct().count(), "none is lost");
        List<Answer> booked = answers.stream().filter(a -> a.body().has("slot")).toList();
        assertEquals(PLACES, booked.size());
        assertTrue(answers.stream().allMatch(a -> a.body().hasNonNull("due_at")), "everybody knows by when");
        record Place(Instant at, int place) { }
        List<Place> places = acting().as(worker("northmoor"), c -> Sql.list(c,
            "select starts_at, place from waymark.call_back_slot where unit = 'race'",
            r -> new Place(Sql.instant(r, "starts_at"), r.getInt("place"))));
        assertEquals(PLACES, new HashSet<>(places).size());
        assertEquals(PLACES, count("""
            select count(distinct b.id) from waymark.call_back b join waymark.call_back_slot s on s.call_back_id = b.id
             where b.unit = 'race' and b.slot_from = s.starts_at"""), "as people were told");
        assertEquals(ASKED, count("select count(*) from waymark.call_back where unit = 'race' and item_id is not null"));
        System.out.println("call backs: " + ASKED + " at once, " + booked.size() + " booked, " + (ASKED - booked.size())
            + " as soon as somebody can, " + took + " ms in all");
    }

    private static List<Answer> atOnce(List<Supplier<Answer>> calls) throws InterruptedException, ExecutionException {
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Answer>>();
            for (Supplier<Answer> call : calls) {
                running.add(threads.submit(() -> {
                    go.await();
                    return call.get();
                }));
            }
            go.countDown();
            var answers = new ArrayList<Answer>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
