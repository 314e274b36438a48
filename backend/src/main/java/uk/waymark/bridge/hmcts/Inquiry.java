package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.waymark.bridge.CourtHouses;
import uk.waymark.bridge.CourtSchedule;
import uk.waymark.bridge.PullRequest;
import uk.waymark.bridge.Pulled;
import uk.waymark.platform.Urns;

/** Asks for one URN: its details, its schedule, and the court houses that the schedule names. */
final class Inquiry {
    private final PullRequest request;
    private final Api api;
    private final Map<String, Optional<CourtSchedule.Court>> courts = new HashMap<>();

    Inquiry(PullRequest request, Api api) {
        this.request = request;
        this.api = api;
    }

    Pulled run() {
        Checkpoint known = request.checkpoint().map(Checkpoint::read).orElse(Checkpoint.NONE);
        for (String urn : spellings(known)) {
            // what was kept under one spelling says nothing about another
            Checkpoint before = urn.equals(known.urn()) ? known : Checkpoint.NONE;
            Checkpoint now = ask(urn, before);
            if (now != null) {
                return new Pulled.Found(schedule(now), now.write());
            }
        }
        return new Pulled.NotKnown();
    }

    /** What it was known by last, then as the force writes it, then without its spaces and slashes. */
    private LinkedHashSet<String> spellings(Checkpoint known) {
        var spellings = new LinkedHashSet<String>();
        if (known.urn() != null && Urns.key(known.urn()).equals(request.urnKey())) {
            spellings.add(known.urn());
        }
        spellings.add(request.urn().strip());
        spellings.add(request.urnKey());
        return spellings;
    }

    /** @return null where neither API knows the URN */
    private Checkpoint ask(String urn, Checkpoint before) {
        String detailsTag = before.detailsTag();
        ScheduleReader.Details details = before.details();
        switch (api.details(urn, details == null ? null : detailsTag)) {
            case Api.Found.Body b -> {
                details = ScheduleReader.details(b.json());
                detailsTag = b.etag();
            }
            case Api.Found.Same s -> { }
            case Api.Found.Nothing n -> {
                details = null;
                detailsTag = null;
            }
        }
        return switch (api.schedule(urn, before.hearings() == null ? null : before.scheduleTag())) {
            case Api.Found.Body b ->
                new Checkpoint(urn, detailsTag, details, b.etag(), ScheduleReader.hearings(b.json()));
            case Api.Found.Same s -> new Checkpoint(urn, detailsTag, details, before.scheduleTag(), before.hearings());
            case Api.Found.Nothing n -> null;
        };
    }

    /** Without details nobody has said that the case may be spoken of: then when and where is all that is said. */
    private CourtSchedule schedule(Checkpoint now) {
        boolean restricted = now.details() == null || now.details().restricted();
        List<CourtSchedule.Hearing> hearings = new ArrayList<>();
        for (ScheduleReader.Hearing h : now.hearings()) {
            hearings.add(new CourtSchedule.Hearing(h.id(), restricted ? null : h.kind(),
                h.sittings().stream().map(s -> new CourtSchedule.Sitting(s.startsAt(), s.endsAt(),
                    court(s.house(), restricted ? null : s.room()))).toList(),
                h.week() == null ? null : new CourtSchedule.Week(h.week().monday(), h.week().lastDay(), court(h.week().house(), null))));
        }
        return new CourtSchedule(now.details() == null || now.details().active(), hearings);
    }

    private CourtSchedule.Court court(String house, String room) {
        if (house == null) {
            return null;
        }
        if (room != null) {
            CourtSchedule.Court withRoom = courts.computeIfAbsent(house + '/' + room, k -> place(house, room)).orElse(null);
            if (withRoom != null) {
                return withRoom;
            }
        }
        return courts.computeIfAbsent(house, k -> place(house, "")).orElse(null);
    }

    /** @param room empty for the house as a whole */
    private Optional<CourtSchedule.Court> place(String house, String room) {
        Optional<CourtHouses.Known> known = request.courts().known(house, room);
        if (known.isPresent() && known.get().fresh()) {
            return Optional.ofNullable(known.get().court());
        }
        try {
            Api.Found found = room.isEmpty() ? api.house(house) : api.room(house, room);
            CourtSchedule.Court court = found instanceof Api.Found.Body b ? HouseReader.court(b.json()) : null;
            request.courts().learnt(house, room, court);
            return Optional.ofNullable(court);
        } catch (Stopped stopped) {
            if (known.isPresent() && known.get().court() != null) {
                return Optional.of(known.get().court());
            }
            throw stopped;
        }
    }

    /**
     * What is remembered between two times.
     *
     * @param urn the spelling that was known there
     * @param detailsTag ETag, or null
     * @param details null where there are none
     * @param scheduleTag ETag, or null
     */
    record Checkpoint(String urn, String detailsTag, ScheduleReader.Details details, String scheduleTag,
                      List<ScheduleReader.Hearing> hearings) {
        static final Checkpoint NONE = new Checkpoint(null, null, null, null, null);

        /** What another version of this class wrote is as good as nothing. */
        static Checkpoint read(String text) {
            try {
                return Json.MAPPER.readValue(text, Checkpoint.class);
            } catch (JsonProcessingException e) {
                return NONE;
            }
        }

        String write() {
            try {
                return Json.MAPPER.writeValueAsString(this);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a checkpoint cannot be written");
            }
        }
    }
}
