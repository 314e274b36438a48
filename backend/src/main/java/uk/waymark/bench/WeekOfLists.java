package uk.waymark.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Crown Court's firm lists of one week, one a court, as {@code POST /v1/bridge/court-lists} takes them: the force's trials on the day
 * and at the time that its events gave, a sentence of every fifth case that no event told of, and what else a court lists, of which
 * nobody here has the case. One hearing of each list has no URN.
 */
final class WeekOfLists {
    static final int CONNECTIONS = 4;
    /** Hearings of other forces on one day of one list. */
    static final int OTHERS = 20;
    private static final int DAYS = 5;
    private static final LocalTime TRIALS = LocalTime.of(10, 0);
    private static final LocalTime SENTENCES = LocalTime.of(14, 0);
    private static final List<String> COUNTED =
        List.of("hearings", "not_placed", "unknown_urns", "listed", "changed", "vacated", "unchanged");

    private final int trials;
    private final int courts;
    private final LocalDate monday;

    /** @param trials by number; each stands at the court and on the day of the week that {@link #court} and {@link #day} say */
    WeekOfLists(int trials, int courts, LocalDate monday) {
        this.trials = trials;
        this.courts = courts;
        this.monday = monday;
    }

    /** What an import came to. @param counts in the order of {@link #COUNTED} */
    record Imported(double seconds, long bytes, long[] counts) {

        long count(String name) {
            return counts[COUNTED.indexOf(name)];
        }
    }

    static String urn(int trial) {
        return String.format("44BH%07d26", trial);
    }

    /** Which court of so many. */
    static int court(int trial, int courts) {
        return trial % courts;
    }

    /** From Monday, 0. */
    static int day(int trial, int courts) {
        return trial / courts % DAYS;
    }

    /** As events name it; a list has it in capitals, without what kind of court it is. */
    static String name(int court) {
        return "Town " + court + " Crown Court";
    }

    /** Sentences that only the lists tell of. */
    static boolean sentenced(int trial) {
        return trial % 5 == 0;
    }

    /** Posts all of them, so many at a time. */
    Imported post(int port, String token, LocalDateTime published) throws Exception {
        List<String> lists = IntStream.range(0, courts).mapToObj(court -> list(court, published)).toList();
        var totals = IntStream.range(0, COUNTED.size()).mapToObj(i -> new AtomicLong()).toList();
        long began = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(CONNECTIONS); var client = HttpClient.newHttpClient()) {
            var posts = new ArrayList<Callable<Void>>();
            lists.forEach(list -> posts.add(() -> {
                String answer = post(client, port, token, list);
                for (int i = 0; i < COUNTED.size(); i++) {
                    totals.get(i).addAndGet(number(answer, COUNTED.get(i)));
                }
                return null;
            }));
            for (var done : pool.invokeAll(posts)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return new Imported((System.nanoTime() - began) / 1e9, lists.stream().mapToLong(String::length).sum(),
            totals.stream().mapToLong(AtomicLong::get).toArray());
    }

    private static String post(HttpClient client, int port, String token, String list) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/bridge/court-lists"))
            .header("Content-Type", "application/json").header("Authorization", "Bearer " + token).POST(BodyPublishers.ofString(list))
            .build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("a court list was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    /** The first of its name is the sum of all forces. */
    private static long number(String answer, String name) {
        var found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("an answer about a court list without " + name);
        }
        return Long.parseLong(found.group(1));
    }

    private String list(int court, LocalDateTime published) {
        String house = """
            {"CourtHouseType": "Crown Court", "CourtHouseCode": 451, "CourtHouseName": "TOWN %d"}""".formatted(court);
        String days = IntStream.range(0, DAYS).mapToObj(day -> """
            {"SittingDate": "%s", "CourtHouse": %s, "Sittings": [%s, %s]}""".formatted(monday.plusDays(day), house,
            sitting(1, TRIALS, mornings(court, day)), sitting(2, SENTENCES, afternoons(court, day)))).collect(Collectors.joining(","));
        return """
            {"FirmList": {"DocumentID": {"UniqueID": "BENCH-%1$d", "DocumentType": "FL", "Version": "1.0"},
             "ListHeader": {"StartDate": "%2$s", "EndDate": "%3$s", "Version": "1.0", "PublishedTime": "%4$s"},
             "CrownCourt": %5$s, "CourtLists": [%6$s]}}"""
            .formatted(court, monday, monday.plusDays(DAYS - 1),
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(published.withNano(0)), house, days);
    }

    private static String sitting(int room, LocalTime at, List<String> hearings) {
        return """
            {"CourtRoomNumber": %d, "SittingAt": "%s:00", "SittingPriority": "T", "Judiciary": {"Judge": {"CitizenNameSurname": "Example"}},
             "Hearings": [%s]}""".formatted(room, at, String.join(",", hearings));
    }

    private List<String> mornings(int court, int day) {
        var hearings = new ArrayList<String>();
        of(court, day).forEach(n -> hearings.add(hearing("For trial", "TRL", urn(n))));
        for (int other = 0; other < OTHERS; other++) {
            hearings.add(hearing("For plea and trial preparation", "PTP", String.format("99ZZ%03d%02d%03d26", court, day, other)));
        }
        if (day == 0) {
            hearings.add(hearing("For mention", "MEN", null));
        }
        return hearings;
    }

    /** On the day after the trial's, so that they are two hearings. */
    private List<String> afternoons(int court, int day) {
        return of(court, (day + DAYS - 1) % DAYS).filter(WeekOfLists::sentenced)
            .mapToObj(n -> hearing("For sentence", "SEN", urn(n))).toList();
    }

    private IntStream of(int court, int day) {
        return IntStream.range(0, trials).filter(n -> court(n, courts) == court && day(n, courts) == day);
    }

    private static String hearing(String description, String type, String urn) {
        return """
            {"HearingSequenceNumber": 1, "HearingDetails": {"HearingDescription": "%s", "HearingType": "%s"}, "CaseNumber": "T20260001",
             "Prosecution": {"ProsecutingAuthority": "Crown Prosecution Service",
              "Advocate": {"PersonalDetails": {"Name": {"CitizenNameSurname": "Example"}, "IsMasked": "no"}}},
             "Defendants": [{"PersonalDetails": {"Name": {"CitizenNameForename": ["Ann"], "CitizenNameSurname": "Example"},
               "IsMasked": "no", "DateOfBirth": {"BirthDate": "1980-01-01"}, "Sex": "female"}, %s
               "Charges": [{"OffenceStatement": "Theft from a shop, contrary to section 1(1) of the Theft Act 1968"}],
               "Counsel": [{"Solicitor": [{"Party": {"Person": {"PersonalDetails": {"Name": {"CitizenNameSurname": "Example"},
                "IsMasked": "no"}}}}]}]}]}"""
            .formatted(description, type, urn == null ? "" : "\"URN\": \"" + urn + "\",");
    }
}
