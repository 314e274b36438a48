package uk.waymark.notifications;

import java.util.List;
import java.util.UUID;

/** The host's judgement at the moment of sending: whether, when, where to and in which words. */
public interface DeliveryPolicy {

    /**
     * Decides a batch of one tenant. Called with no transaction open, from several threads.
     *
     * @return one decision per message, in the order of the batch. If it throws, or answers with another number of
     *     decisions, the whole batch goes back and is asked about again later; nothing is lost or sent
     */
    List<Decision> decide(UUID tenant, List<Pending> batch);
}
