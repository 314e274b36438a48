package uk.waymark.sandbox;

import java.util.List;
import java.util.Optional;
import uk.waymark.platform.Html;
import uk.waymark.sandbox.SandboxPeople.Someone;

/** What to try, as lines to copy, with codes and references that are true at this moment. */
final class SandboxGuide {
    private SandboxGuide() { }

    static void write(Html html, String base, List<Someone> everyone) {
        html.raw("<section id=\"try\"><h2>What to try</h2><p>With nothing but curl. The whole contract is at "
            + "<a href=\"/docs\">/docs</a>.</p>");
        Optional<Someone> invited = everyone.stream()
            .filter(p -> p.invitationCode() != null && p.mobile() != null && !p.deceased()).findFirst();
        html.raw("<h3>1. Be a victim</h3>");
        if (invited.isPresent()) {
            journey(html, base, invited.get());
        } else {
            html.raw("<p>Everybody has signed up. Record a new case above: its victim is invited.</p>");
        }
        html.raw("<h3>2. Be a force’s records system</h3><p>Report something; whoever is to be told gets a text.</p>");
        lines(html, """
            TOKEN=$(curl -s %1$s/sandbox/tokens -H 'Content-Type: application/json' \\
              -d '{"as":"system","force":"northmoor"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
            curl -s %1$s/v1/bridge/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
              "source":"northmoor-records","events":[{"source_event_id":"mine-1","occurred_at":"'$(curl -s %1$s/sandbox/clock \\
              | sed 's/.*"now":"\\([^"]*\\)".*/\\1/')'","crime_reference":"%2$s","type":"suspect_charged",
              "data":{"suspect_ref":"S-1"}}]}'
            """.formatted(base, reference(everyone)));
        html.raw("<h3>3. Be a witness care officer</h3><p>See what waits for you.</p>");
        lines(html, """
            STAFF=$(curl -s %1$s/sandbox/tokens -H 'Content-Type: application/json' \\
              -d '{"as":"witness_care"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
            curl -s %1$s/v1/staff/queue -H "Authorization: Bearer $STAFF"
            curl -s "%1$s/v1/staff/cases?crime_reference=%2$s" -H "Authorization: Bearer $STAFF"
            """.formatted(base, reference(everyone)));
        html.raw("<h3>4. Be told on an app</h3><p>While you are signed in as in 1, register an app. What is reported from then on "
            + "wakes it: what you see on the phone are the app's own words, which say nothing, and no text comes. Read the "
            + "timeline within two hours, or a text follows: move the clock to see it. Once you sign out it is texts again. A token that begins with "
            + "<code>uninstalled</code> is an app that is gone: a text comes in its place.</p>");
        lines(html, """
            curl -s -X PUT %1$s/v1/me/push-registration -H "Authorization: Bearer $TOKEN" \\
              -H 'Content-Type: application/json' -d '{"token":"my-app","platform":"other"}'
            """.formatted(base));
        html.raw("<h3>5. Be a family liaison officer</h3><p>Somebody has been charged in NM/47411/26. Margaret reads nothing of it, and "
            + "gets no text, until her officer has told her. Complete the item <code>tell_in_person</code> of the queue with "
            + "<code>told</code>, signed in as in 3, and look at her timeline again:</p>");
        lines(html, """
            ITEM=$(curl -s "%1$s/v1/staff/queue?limit=100" -H "Authorization: Bearer $STAFF" \\
              | tr '{' '\\n' | grep '"kind":"tell_in_person"' | sed 's/.*"id":"\\([^"]*\\)","kind".*/\\1/' | head -n 1)
            curl -s "%1$s/v1/staff/queue/$ITEM/completion" -H "Authorization: Bearer $STAFF" \\
              -H 'Content-Type: application/json' -d '{"outcome":"told"}'
            """.formatted(base));
        html.raw("</section>");
    }

    private static String reference(List<Someone> everyone) {
        return everyone.stream().filter(p -> "northmoor".equals(p.force().code())).findFirst()
            .map(Someone::crimeReference).orElse("NM/48213/26");
    }

    private static void journey(Html html, String base, Someone person) {
        html.raw("<p>").text(person.name()).raw(" has an invitation. Take it up, read the code on the phone, sign in:</p>");
        lines(html, """
            curl -s %1$s/v1/sign-in/activations -H 'Content-Type: application/json' \\
              -d '{"invitation_code":"%2$s","crime_reference":"%3$s","mobile":"%4$s"}'
            sleep 2   # the text is on its way
            CODE=$(curl -s "%1$s/sandbox/messages?to=%5$s" | sed 's/[^:]*"body":"[^"]*\\b\\([0-9]\\{6\\}\\)\\b.*/\\1/' | grep -o '[0-9]\\{6\\}$')
            TOKEN=$(curl -s %1$s/v1/sign-in/tokens -H 'Content-Type: application/json' \\
              -d '{"mobile":"%4$s","code":"'$CODE'","device":{"name":"My terminal","platform":"other"}}' \\
              | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
            curl -s %1$s/v1/me -H "Authorization: Bearer $TOKEN"
            curl -s %1$s/v1/me/cases -H "Authorization: Bearer $TOKEN"
            curl -s %1$s/v1/me/cases/%6$s/timeline -H "Authorization: Bearer $TOKEN"
            curl -s -X DELETE %1$s/v1/sign-in/session -H "Authorization: Bearer $TOKEN"
            """.formatted(base, person.invitationCode(), person.crimeReference(), person.mobile(),
                person.mobile().replace("+", ""), person.caseId()));
    }

    private static void lines(Html html, String lines) {
        html.element("pre", lines);
    }
}
