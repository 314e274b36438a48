package uk.waymark.notifications.bench;

/** To come. */
public final class DispatchBench {
    private DispatchBench() {
    }

    public static void main(String... arguments) {
        System.out.println(String.join(" ", arguments));
    }
}
