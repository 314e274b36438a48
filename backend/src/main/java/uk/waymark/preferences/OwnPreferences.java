package uk.waymark.preferences;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.Recalls;
import uk.waymark.messaging.Standing;
import uk.waymark.platform.ETags;

/**
 * How the persons of an account want to be told, as they themselves have it.
 *
 * @param persons in the order of their ids
 */
record OwnPreferences(List<OfPerson> persons, Map<UUID, Standing> standings, Map<UUID, ContactChoices> all, boolean paused) {

    /**
     * @param safety discreet whatever was chosen
     * @param flagged they, or somebody with the same number: a word waits for staff. No answer shows it
     * @param passedOnAt when the force's own system had them as they stand, or null
     */
    record OfPerson(UUID id, UUID force, String language, boolean languageKnown, boolean discreet, boolean safety, boolean flagged,
                    int version, Instant passedOnAt) { }

    /** The first person's: the order of ids is the order in which they came. */
    String language() {
        return persons.isEmpty() ? "en" : persons.getFirst().language();
    }

    /** Also where there is nobody to ask. */
    boolean languageKnown() {
        return persons.isEmpty() || persons.getFirst().languageKnown();
    }

    /** Of the first person. */
    List<Chosen> channels() {
        return persons.isEmpty() ? ContactChannels.USUAL : standing().order();
    }

    /** Of the first person; null where there is none. */
    Standing standing() {
        return persons.isEmpty() ? null : standings.get(persons.getFirst().id());
    }

    ContactChoices choices() {
        return persons.isEmpty() ? ContactChoices.NONE : choices(persons.getFirst().id());
    }

    ContactChoices choices(UUID person) {
        return all.getOrDefault(person, ContactChoices.NONE);
    }

    boolean discreet() {
        return persons.stream().anyMatch(p -> p.discreet() || p.safety());
    }

    boolean safety() {
        return persons.stream().anyMatch(OfPerson::safety);
    }

    /** When the last of the forces had them; null while one of them has not. */
    Instant passedOnAt() {
        return persons.isEmpty() || persons.stream().anyMatch(p -> p.passedOnAt() == null) ? null
            : persons.stream().map(OfPerson::passedOnAt).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** As it is once it was put out anew. */
    OwnPreferences notPassedOn() {
        return new OwnPreferences(persons.stream().map(p -> new OfPerson(p.id(), p.force(), p.language(), p.languageKnown(), p.discreet(),
            p.safety(), p.flagged(), p.version(), null)).toList(), standings, all, paused);
    }

    String tag() {
        return ETags.of(persons.stream().map(p -> p.id() + ":" + p.version()).toList() + (paused ? "paused" : ""));
    }

    List<Recalls.Told> told() {
        return persons.stream().map(p -> new Recalls.Told(p.force(), p.id())).toList();
    }

    /** An address that is not sent is the one that stands, since in discreet mode it was not read back. */
    List<Chosen> withAddresses(OfPerson person, List<Chosen> channels) {
        return channels.stream().map(w -> w.address() != null ? w : new Chosen(w.channel(),
            Stream.of(person, persons.getFirst()).flatMap(p -> standings.get(p.id()).order().stream())
                .filter(k -> k.channel() == w.channel()).map(Chosen::address).filter(Objects::nonNull).findFirst().orElse(null),
            w.safety(), w.said())).toList();
    }

    List<String> words(OfPerson person) {
        return Arrays.asList(choices(person.id()).word(), choices(person.id()).wordToConfirm());
    }

    ChangesMade of(OfPerson person) {
        return new ChangesMade(person.language(), person.discreet(), standings.get(person.id()).order(), choices(person.id()));
    }
}
