package uk.waymark.account;

/** How an invitation's code reaches the person. */
public enum HandOver {
    SMS("sms"), IN_PERSON("in_person"), LETTER("letter");

    private final String stored;

    HandOver(String stored) {
        this.stored = stored;
    }

    /** As in the database and the contract. */
    public String stored() {
        return stored;
    }

    static HandOver of(String stored) {
        return valueOf(stored.toUpperCase(java.util.Locale.ROOT));
    }
}
