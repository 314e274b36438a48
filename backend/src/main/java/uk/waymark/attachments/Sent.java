package uk.waymark.attachments;

/** What came of sending files with a message. */
public sealed interface Sent {

    /** All of them go with it. */
    record Taken() implements Sent { }

    /**
     * None goes with it: one of them is not the sender's and for this conversation, went with another message, is named twice, has
     * something in it, or is gone because it waited for more than a day.
     */
    record NotThere() implements Sent { }

    /** None goes with it. @param most that one message can have */
    record TooMany(int most) implements Sent { }
}
