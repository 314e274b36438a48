package uk.waymark.staff;

import java.util.UUID;

/** Whether what staff are to do for a message, to ring or to post, is still right: asked whenever somebody takes it on. */
public interface TaskCheck {

    /** {@code NOT_NOW}: at another hour; {@code WRONG}: the person must not be told so any more, or need not be. */
    enum Answer { RIGHT, NOT_NOW, WRONG }

    /**
     * Called with no transaction open.
     *
     * @param item a {@code call_to_make}, {@code call_first} or {@code letter_to_post} of this force
     */
    Answer ask(UUID force, UUID item);
}
