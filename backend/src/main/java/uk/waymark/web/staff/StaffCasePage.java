package uk.waymark.web.staff;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.api.model.NotificationList;
import uk.waymark.api.model.NotificationRecord;
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.api.model.StaffCallBackList;
import uk.waymark.api.model.StaffCase;
import uk.waymark.api.model.StaffConversation;
import uk.waymark.api.model.StaffConversationList;
import uk.waymark.api.model.StaffHearing;
import uk.waymark.api.model.StaffHearingList;
import uk.waymark.api.model.StaffPerson;
import uk.waymark.api.model.StaffStatement;
import uk.waymark.api.model.StaffStatementList;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;

/** One case with what stands around it: dates, calls, conversations, signed statements (never drafts) and what was sent. */
@Singleton
public final class StaffCasePage {

    /**
     * What the page shows. A part that whoever looks may not read is empty.
     *
     * @param reason kept, for what is opened from here
     */
    public record Around(StaffCase one, List<StaffHearing> dates, List<StaffCallBack> calls, List<StaffConversation> conversations,
                         List<StaffStatement> statements, List<NotificationRecord> sent, Map<String, String> reason) {

        /** Who that is, by their name in the case. */
        public String name(UUID person) {
            return one.getPeople().stream().filter(p -> p.getId().equals(person)).map(StaffPerson::getGivenName).findFirst().orElse("")
                + one.getPeople().stream().filter(p -> p.getId().equals(person)).map(p -> " " + p.getFamilyName()).findFirst().orElse("");
        }

        /** Each flag in words, with what it means for whoever writes or rings. */
        public Map<String, String> flags(Page page) {
            var words = Texts.file("flags", page.lang());
            var flags = new LinkedHashMap<String, String>();
            one.getFlags().forEach(f -> flags.put(f.replace('_', ' '), words.text(f, words.text("another"))));
            return flags;
        }

        /** Without names. */
        @Override
        public String toString() {
            return "Around";
        }
    }

    Around around(Visit visit, StaffCase one, Form form) {
        Map<String, String> why = StaffReasons.of(form);
        String ofCase = "case_id=" + one.getId() + "&limit=50";
        return new Around(one,
            part(visit, "/v1/staff/hearings?" + ofCase, StaffHearingList.class, why).map(StaffHearingList::getItems).orElse(List.of()),
            part(visit, "/v1/staff/call-backs?" + ofCase, StaffCallBackList.class, why).map(StaffCallBackList::getItems).orElse(List.of()),
            part(visit, "/v1/staff/conversations?" + ofCase, StaffConversationList.class, why).map(StaffConversationList::getItems)
                .orElse(List.of()),
            part(visit, "/v1/staff/statements?" + ofCase, StaffStatementList.class, why).map(StaffStatementList::getItems).orElse(List.of()),
            part(visit, "/v1/staff/notifications?" + ofCase, NotificationList.class, why).map(NotificationList::getItems).orElse(List.of()),
            StaffReasons.kept(form));
    }

    private static <T> Optional<T> part(Visit visit, String path, Class<T> type, Map<String, String> why) {
        return switch (visit.api().send("GET", path, null, type, why)) {
            case Reply.Done<T> done -> Optional.of(done.body());
            case Reply.No<T> no when no.refusal().status() == 403 || no.refusal().status() == 404 || no.refusal().status() == 428 ->
                Optional.empty();
            // what failed must not look as if there were nothing
            case Reply.No<T> no -> throw new Refused(no.refusal());
        };
    }
}
