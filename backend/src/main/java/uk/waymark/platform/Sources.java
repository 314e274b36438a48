package uk.waymark.platform;

/** Sources of events that are ours: adapters for what courts publish. No force may report under their names. */
public final class Sources {
    /** Published court lists: they name a day and a court, and call nobody. */
    public static final String COURT_LISTS = "court-lists";
    /** The courts' own schedule, asked for by URN. */
    public static final String COURT_SCHEDULE = "court-schedule";

    /** Events of Common Platform's listing, handed over by a force's system. */
    public static final String LISTING_EVENTS = "listing-events";

    private Sources() { }

    public static boolean ours(String source) {
        return COURT_LISTS.equals(source) || COURT_SCHEDULE.equals(source) || LISTING_EVENTS.equals(source);
    }
}
