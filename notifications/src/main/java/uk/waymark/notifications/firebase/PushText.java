package uk.waymark.notifications.firebase;

/**
 * What a notification shows: the first sentence of a text as its title, the rest below it. Without a title phones may
 * put the app's name there.
 *
 * @param body empty where the text is one sentence
 */
record PushText(String title, String body) {

    static PushText of(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? new PushText(text.replaceFirst("\\.$", ""), "")
            : new PushText(text.substring(0, end), text.substring(end + 2));
    }
}
