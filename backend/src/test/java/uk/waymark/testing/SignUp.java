package uk.waymark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.waymark.account.Invitations;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Takes a person's invitation up and signs in, as the person would: over HTTP, with the code from their phone. */
public final class SignUp {
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

    private SignUp() { }

    private record Found(UUID id, String mobile, String reference) { }

    /** @return an access token of the person that {@code northmoor} reported under this id */
    public static String person(WaymarkTest test, String sourcePersonId) {
        return person(test, "northmoor", sourcePersonId);
    }

    public static String person(WaymarkTest test, String force, String sourcePersonId) {
        Found found = test.acting().as(test.worker(force), (Connection c) -> Sql.one(c, """
            select p.id, p.mobile, cf.crime_reference from waymark.person p
              join waymark.participant pa on pa.person_id = p.id join waymark.case_file cf on cf.id = pa.case_id
             where p.source_person_id = ? and not pa.removed limit 1""",
            r -> {
                UUID id = Sql.uuid(r, "id");
                return new Found(id, test.bean(Sealing.class).openText("person.mobile", id, r.getBytes("mobile")),
                    r.getString("crime_reference"));
            }, sourcePersonId).orElseThrow());
        String invitation = test.acting().as(test.worker(force),
            (Connection c) -> test.bean(Invitations.class).latest(c, found.id()).orElseThrow().code());
        test.api().post("/v1/sign-in/activations", Map.of("invitation_code", invitation,
            "crime_reference", found.reference(), "mobile", found.mobile())).expect(202);
        return signIn(test, found.mobile());
    }

    /** @return the answer's access token, for a code that has been asked for */
    public static String signIn(WaymarkTest test, String mobile) {
        drain(test);
        String code = null;
        for (JsonNode sms : test.messages(mobile).body().path("items")) {
            Matcher digits = CODE.matcher(sms.path("body").asText());
            if (code == null && digits.find()) {
                code = digits.group(1);
            }
        }
        return test.api().post("/v1/sign-in/tokens", Map.of("mobile", mobile, "code", code,
            "device", Map.of("name", "Phone", "platform", "android"))).expect(200).at("/access_token");
    }

    /** Sends all that is due. */
    public static void drain(WaymarkTest test) {
        test.bean(Messaging.class).drain();
    }
}
