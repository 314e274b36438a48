package uk.waymark;

/** Placeholder while the rest comes. */
public final class Application {
    private Application() { }

    public static void main(String[] args) { }
}
