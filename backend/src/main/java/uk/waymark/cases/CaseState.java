package uk.waymark.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A case as its events tell it. A pure function of the set of events: their order of arrival leaves no trace.
 *
 * @param recorded whether {@code crime_recorded} has come; until then nobody can see the case
 * @param onPhones false: the force keeps the case off phones
 * @param people by key {@link PersonKey}
 * @param entries oldest first
 * @param tellings what ought to be told to whom
 * @param gated whether an officer tells people of this case before they read of it
 * @param own how the case stands for those to whom it stands otherwise than it does: by what each of them is shown
 * @param inPerson what an officer has to tell somebody before they may see it
 * @param unclear events of which nobody has said whom they concern
 * @param dated every court date as it stands, those called off too
 */
record CaseState(boolean recorded, boolean onPhones, String stage, Facts facts, Map<PersonKey, Part> people,
                 List<Entry> entries, List<Telling> tellings, List<HeldText> heldTexts, boolean gated,
                 Map<PersonKey, Own> own, List<InPerson> inPerson, List<Unclear> unclear, List<Dated> dated) {

    /** A person as one source names them. */
    record PersonKey(String source, String sourcePersonId) implements Comparable<PersonKey> {
        @Override
        public int compareTo(PersonKey o) {
            int bySource = source.compareTo(o.source);
            return bySource != 0 ? bySource : sourcePersonId.compareTo(o.sourcePersonId);
        }
    }

    /** What is sealed in {@code case_file.state}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Facts(Words offence, Officer officer, Officer liaisonOfficer, Unit unit, List<String> urns, Set<String> flags) {
        static final Facts NONE = new Facts(null, null, null, null, List.of(), null);

        /** A case of which no flags were ever reported may be a dangerous one: what is not known is taken as unsafe. */
        boolean safety() {
            return flags == null || Flags.safety(flags);
        }

        /** Only named people of the force may open it. */
        boolean restricted() {
            return Flags.restricted(knownFlags());
        }

        Set<String> knownFlags() {
            return flags == null ? Set.of() : flags;
        }

        boolean familyLiaison() {
            return knownFlags().contains(Flags.FAMILY_LIAISON) || liaisonOfficer != null;
        }

        /** As somebody reads it who has not been told of everything. */
        Facts of(Facts told) {
            return new Facts(told.offence, officer, liaisonOfficer, unit, told.urns, flags);
        }
    }

    record Officer(String name, String collarNumber, String team) { }

    record Unit(String code, String name) { }

    /** Text by language; a missing one is null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Words(String en, String cy) { }

    /**
     * Somebody's part in the case.
     *
     * @param key place in the order of events of what was last told of this person
     * @param quiet takes part and is not contacted: it is somebody else who acts for them, or for whom they act
     * @param minor under 18, and somebody else acts for them
     */
    record Part(String role, boolean removed, PersonKey mergedInto, PersonFacts facts, String key, boolean quiet, boolean minor) {
        Part(String role, boolean removed, PersonKey mergedInto, PersonFacts facts, String key) {
            this(role, removed, mergedInto, facts, key, false, false);
        }

        /** Sees nothing and is told nothing. */
        boolean out() {
            return removed || quiet;
        }
    }

    /** What is sealed in {@code participant.facts}. Absent is null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PersonFacts(String givenName, String familyName, String organisation, String mobile, String mobileSafe,
                       String language, String dateOfBirth,
                       @JsonProperty("for") List<String> onBehalfOf, String entitlement,
                       String enhancedReason, boolean deceased, String contact) { }

    /**
     * One entry of the timeline.
     *
     * @param event the event it comes from; its id is the entry's
     * @param body what is sealed in {@code timeline_entry.body}
     * @param shownTo who alone may see it; null where it is everyone whose role does
     */
    record Entry(Event event, String kind, boolean witnessSees, Body body, Set<PersonKey> shownTo) { }

    /**
     * @param suspectNumber numbered the same throughout the case
     * @param severalSuspects whether the case has more than one, so that the number says something
     * @param of for a correction: the kind of what was taken back
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(Words detail, Boolean heldBack, Integer suspectNumber, Boolean severalSuspects, Boolean corrected, String of,
                Hearing hearing) { }

    /**
     * A court date: its instant, or its UK day, or the Monday of its week.
     *
     * @param kind of {@link HearingKind}, on the wire
     * @param asAt when the source said so
     * @param listOnly true where only published lists tell of it: nobody is called by them
     * @param past true where it was over when the news of it came
     * @param ouCode of the court, as the source wrote it; null where it gave none
     * @param address of the court, as the source wrote it; null where it gave none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hearing(String startsAt, String startsOn, String weekCommencing, String court, String room, String kind, String asAt,
                   Boolean listOnly, Boolean past, String ouCode, String address) {

        Hearing listedOnly(boolean lists) {
            return new Hearing(startsAt, startsOn, weekCommencing, court, room, kind, asAt, lists ? true : null, past,
                ouCode, address);
        }

        /** This hearing at the time of another. */
        Hearing at(Hearing other) {
            return new Hearing(other.startsAt, other.startsOn, other.weekCommencing, court, room, kind, asAt, listOnly,
                past, ouCode, address);
        }

        Hearing asAt(String at) {
            return new Hearing(startsAt, startsOn, weekCommencing, court, room, kind, at, listOnly, past, ouCode,
                address);
        }

        Hearing ofKind(String other) {
            return new Hearing(startsAt, startsOn, weekCommencing, court, room, other, asAt, listOnly, past, ouCode,
                address);
        }

        Hearing inThePast() {
            return new Hearing(startsAt, startsOn, weekCommencing, court, room, kind, asAt, listOnly, true, ouCode,
                address);
        }
    }

    /**
     * An event that a person ought to be told of.
     *
     * @param correctionOf set where it takes back what was told
     * @param alternates events that said the same through another source: who was told by one of them is not told again
     * @param hearing what its source calls the court date that it is news of, see {@link Event#subject}; null for other news
     */
    record Telling(UUID event, PersonKey person, UUID correctionOf, Set<UUID> alternates, String hearing) { }

    /** How the case stands for one person. */
    record Own(String stage, Facts facts) { }

    /**
     * @param hearing a court date: the officer has it at once
     * @param upTo of one of several things that happened long ago, which stands for them all: when the last of them came in
     *             (case time); null for what is of now
     * @param kind with {@code body}, what the entry says
     */
    record InPerson(UUID event, PersonKey person, boolean hearing, Instant upTo, String kind, Body body) {
        boolean history() {
            return upTo != null;
        }

        InPerson andWhatCameIn(Instant at) {
            return new InPerson(event, person, hearing, at.isAfter(upTo) ? at : upTo, kind, body);
        }
    }

    /**
     * A court date as it stands after all events.
     *
     * @param subjects what its sources' events are about, see {@link Event#subject}
     * @param event what is shown of it now; of quiet news that itself, so that it can be decided
     * @param required who of those who take part has to be there, or brings somebody who has
     * @param shownTo who of those who take part may know of it as it stands
     * @param quiet the source said that the last news of it is for nobody's phone
     * @param quietToo what it was before that quiet news of who is needed, or of its kind, where that is for nobody's phone either; else null
     * @param setBack what moved it was of another date: its event is no news, and whoever was told of the move has to be told
     * @param differing null where its sources agree what it is
     */
    record Dated(Set<String> subjects, Hearing hearing, boolean vacated, UUID event, Set<PersonKey> required,
                 Set<PersonKey> shownTo, boolean quiet, UUID quietToo, boolean setBack, Differing differing) { }

    /**
     * Sources do not agree whether a date is a trial, or nothing tells whether it is another one of its day or the one that is off.
     *
     * @param event    the last by which one of them came to say what it says
     * @param kinds    all that is said
     * @param question what has to be asked; of trial or not a trial is among the kinds
     * @param heardAt  when one of them last said anything of it
     */
    record Differing(UUID event, Set<HearingKind> kinds, CourtDates.Question question, Instant heardAt) { }

    /** An event of which nobody has said whom it concerns: it is shown to no one. */
    record Unclear(UUID event, Instant at) { }

    /** A text that staff must read before it is shown. */
    record HeldText(UUID event, Instant at, String reasons) { }
}
