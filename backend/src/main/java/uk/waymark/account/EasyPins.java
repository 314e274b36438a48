package uk.waymark.account;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * PINs that somebody who knows the person would try first. Five tries are all that there are; none of these is to be among them:
 * those that most people choose ({@code account/common-pins.txt}), one digit alone, rows of digits, also by twos, years, and the
 * person's birthday.
 */
@Singleton
final class EasyPins {
    private static final Set<String> COMMON = common();
    private static final List<DateTimeFormatter> BIRTHDAYS = List.of("ddMM", "MMdd", "uuuu", "ddMMuu", "MMdduu", "uuMMdd", "ddMMuuuu",
        "MMdduuuu", "uuuuMMdd").stream().map(DateTimeFormatter::ofPattern).toList();
    private static final int FIRST_YEAR = 1930;
    private static final int LAST_YEAR = 2039;
    private final OwnBirthdays birthdays;

    EasyPins(OwnBirthdays birthdays) {
        this.birthdays = birthdays;
    }

    /** @param c of a transaction of the person whose PIN it would be */
    boolean easy(Connection c, String pin) {
        return common(pin) || birthday(pin, birthdays.of(c));
    }

    /** The same of a PIN that was typed for a code which is about to be sent. @param c of a transaction of nobody */
    boolean easyAt(Connection c, UUID code, UUID account, String pin) {
        return common(pin) || birthday(pin, birthdays.at(c, code, account));
    }

    static boolean common(String pin) {
        return COMMON.contains(pin) || IntStream.rangeClosed(-2, 2).anyMatch(step -> row(pin, step)) || year(pin);
    }

    static boolean birthday(String pin, Collection<LocalDate> born) {
        return born.stream().anyMatch(day -> BIRTHDAYS.stream().anyMatch(form -> form.format(day).equals(pin)));
    }

    /** Each digit is the one before and this more; after 9 comes 0. */
    private static boolean row(String pin, int step) {
        for (int i = 1; i < pin.length(); i++) {
            if (Math.floorMod(pin.charAt(i) - pin.charAt(i - 1) - step, 10) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean year(String pin) {
        return pin.length() == 4 && Integer.parseInt(pin) >= FIRST_YEAR && Integer.parseInt(pin) <= LAST_YEAR;
    }

    private static Set<String> common() {
        try (var in = EasyPins.class.getResourceAsStream("/account/common-pins.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split(" "))).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
