package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import uk.waymark.bridge.CourtSchedule;

/** A court house as HMCTS's reference data has it. */
final class HouseReader {
    private static final int LONGEST_NAME = 150;
    private static final int LONGEST_ADDRESS = 400;
    private static final int LONGEST_ROOM = 60;

    private HouseReader() { }

    /** @return null where it has no name */
    static CourtSchedule.Court court(JsonNode answer) {
        String name = text(answer, "courtHouseName", LONGEST_NAME);
        return name == null ? null
            : new CourtSchedule.Court(name, code(answer), address(answer.path("address")), room(answer.path("courtRoom")));
    }

    /** An organisation unit's code, such as C44SA00, where it is one: it is codes of other kinds as well. */
    private static String code(JsonNode answer) {
        String code = text(answer, "courtHouseCode", 20);
        return code != null && code.matches("[A-Z]\\d{2}[A-Z]{2}\\d{2}") ? code : null;
    }

    private static String address(JsonNode address) {
        String text = List.of("address1", "address2", "address3", "address4", "postalCode").stream()
            .map(f -> text(address, f, LONGEST_ADDRESS)).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return text.isEmpty() || text.length() > LONGEST_ADDRESS ? null : text;
    }

    /** Of several nobody has said which. */
    private static String room(JsonNode rooms) {
        JsonNode room = rooms.isArray() && rooms.size() == 1 ? rooms.get(0) : rooms;
        return text(room, "courtRoomName", LONGEST_ROOM);
    }

    private static String text(JsonNode node, String field, int most) {
        String text = node.path(field).isTextual() ? node.path(field).textValue().strip().replaceAll("\\s+", " ") : "";
        boolean fit = !text.isEmpty() && text.length() <= most
            && text.codePoints().noneMatch(c -> c < ' ' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return fit ? text : null;
    }
}
