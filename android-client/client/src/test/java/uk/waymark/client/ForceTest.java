package uk.waymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import okhttp3.CertificatePinner;
import org.junit.jupiter.api.Test;

/** The directory of forces, and what a force in it has to have. */
class ForceTest {
    private static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String SPARE = "sha256/BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=";

    private static Force force(String address, String rest) {
        return Force.directory("{\"forces\": [{\"code\": \"n\", \"name\": {\"en\": \"N\", \"cy\": \"G\"}, \"address\": \"" + address + "\"" + rest + "}]}").get(0);
    }

    @Test
    void pins_hold_until_their_last_day() {
        Force force = force("https://n.example/", ", \"pins\": [\"" + PIN + "\", \"" + SPARE + "\"], \"pins_until\": \"2027-06-30\"");
        assertEquals(2, Line.client(force, LocalDate.parse("2027-06-30")).certificatePinner().getPins().size());
        assertEquals(Set.of(), Line.client(force, LocalDate.parse("2027-07-01")).certificatePinner().getPins());
        assertEquals(CertificatePinner.DEFAULT.getPins(), Line.client(force("https://n.example/", ""), LocalDate.EPOCH).certificatePinner().getPins());
    }

    @Test
    void a_pin_needs_a_spare_and_an_end() {
        assertThrows(IllegalArgumentException.class, () -> force("https://n.example/", ", \"pins\": [\"" + PIN + "\"], \"pins_until\": \"2027-06-30\""));
        assertThrows(IllegalArgumentException.class, () -> force("https://n.example/", ", \"pins\": [\"" + PIN + "\", \"" + SPARE + "\"]"));
        assertThrows(IllegalArgumentException.class, () -> force("https://n.example/", ", \"pins\": [\"x\", \"y\"], \"pins_until\": \"2027-06-30\""));
    }

    @Test
    void a_force_is_reached_by_tls_only() {
        assertThrows(IllegalArgumentException.class, () -> force("http://n.example/", ""));
        assertEquals("n.example", force("https://n.example/", "").address().host());
    }

    @Test
    void the_directory_in_the_app_is_one() throws IOException {
        List<Force> forces = Force.directory(Files.readString(new File("../app/src/main/assets/forces.json").toPath()));
        assertEquals("Northshire (i roi cynnig arni)", forces.get(0).name("cy"));
        assertEquals(Set.of("northshire", "southmoor"), Set.copyOf(forces.stream().map(Force::code).toList()));
    }
}
