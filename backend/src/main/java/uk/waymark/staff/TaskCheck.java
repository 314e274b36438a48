package uk.waymark.staff;

import java.util.UUID;

/** Whether what staff are to do for a message, to ring or to post, is still right: asked whenever somebody takes it on. */
public interface TaskCheck {

    /**
     * Called with no transaction open.
     *
     * @param item a {@code call_to_make} or {@code letter_to_post} of this force
     * @return false where the person must not be told so any more, or need not be
     */
    boolean stillRight(UUID force, UUID item);
}
