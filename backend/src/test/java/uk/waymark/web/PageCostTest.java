package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.SignUp;

/** What it costs that a page asks the API over HTTP: a page of a case asks twice, so it is held against two calls of the API. */
@Tag("slow")
class PageCostTest extends WebTest {
    private static final int WARM = 300;
    private static final int TIMES = 500;

    @Test
    void aPageCostsLittleMoreThanTheCallsThatItMakes() {
        person("cost", "+447700900460", Map.of());
        Surf surf = surf();
        String page = activate(surf, "cost", "+447700900460").path();
        clocks.advanceMachine(java.time.Duration.ofHours(1));
        api().post("/v1/sign-in/codes", Map.of("mobile", "+447700900460")).expect(202);
        var mine = api().as(SignUp.signIn(this, "+447700900460"));
        String one = "/v1/me" + page;
        double calls = median(() -> mine.get(one).status() + mine.get(one + "/timeline").status());
        double pages = median(() -> surf.get(page).status());
        System.out.printf("page of a case: %.2f ms; its two calls by themselves: %.2f ms%n", pages, calls);
        assertTrue(pages < 20 * calls + 50);
    }

    private static double median(Supplier<Integer> once) {
        for (int i = 0; i < WARM; i++) {
            once.get();
        }
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            once.get();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return millis[TIMES / 2];
    }
}
