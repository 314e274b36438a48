package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.waymark.platform.Html;
import uk.waymark.platform.Settings;
import uk.waymark.sandbox.SandboxPeople.Someone;

/** The sandbox for people: who is in it, their phones, what to try, and buttons that make things happen. */
@Singleton
@Requires(env = "sandbox")
final class SandboxPage {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private static final int SHOWN = 4;
    private final Settings settings;
    private final SandboxPeople people;
    private final Phones phones;
    private final SandboxClock clock;
    private final IdentityStandIn identity;
    private final Story story;

    SandboxPage(Settings settings, SandboxPeople people, Phones phones, SandboxClock clock, IdentityStandIn identity) {
        this.settings = settings;
        this.people = people;
        this.phones = phones;
        this.clock = clock;
        this.identity = identity;
        this.story = Story.at(Instant.EPOCH);
    }

    /** @param notice what the last form came to, or null */
    HttpResponse<String> show(Notice notice) {
        List<Someone> everyone = people.all();
        Html html = Html.page("Waymark sandbox");
        top(html, notice);
        clock(html);
        html.raw("<h2>Their phones</h2><p>Every number is one phone. What it received is on its screen, the newest first; "
            + "what you write back goes the way a real reply goes.</p><div class=\"phones\">");
        byNumber(everyone).forEach((number, owners) -> phone(html, number, owners));
        html.raw("</div>");
        happenings(html, everyone);
        SandboxGuide.write(html, settings.publicUrl().toString(), everyone);
        staff(html);
        return html.raw("</main>").answer();
    }

    /** What a form came to. */
    record Notice(boolean good, String text) { }

    private static void top(Html html, Notice notice) {
        html.raw("<header><h1>Waymark sandbox</h1><p>Waymark is the victim’s side of a criminal case: people follow their case "
            + "on a phone and are told when something happens. Here are two forces that do not exist, their people and their "
            + "phones. Nothing leaves this machine.</p><p lang=\"cy\">Dyma ddau heddlu dychmygol, eu pobl a’u ffonau. Mae un "
            + "ohonynt, Heddlu Glanafon, yn gweithio yn Gymraeg a Saesneg. Nid oes dim yn gadael y peiriant hwn.</p></header><main>");
        if (notice != null) {
            html.raw("<div role=\"status\" class=").quoted(notice.good() ? "notice" : "notice bad").raw(">")
                .text(notice.text()).raw("</div>");
        }
    }

    private void clock(Html html) {
        html.raw("<section id=\"clock\"><h2>The clock</h2><p>In these cases it is <strong>").text(TIME.format(clock.now()))
            .raw("</strong>. Move it forward and whatever falls due on the way is done, in order. It never goes back.</p>"
                + "<div class=\"row\">");
        for (var step : List.of(Map.entry("PT1H", "An hour on"), Map.entry("P1D", "A day on"), Map.entry("P7D", "A week on"))) {
            html.raw("<form method=\"post\" action=\"/sandbox/page/clock\"><input type=\"hidden\" name=\"advance\" value=")
                .quoted(step.getKey()).raw("><button>").text(step.getValue()).raw("</button></form>");
        }
        html.raw("</div></section>");
    }

    private static Map<String, List<Someone>> byNumber(List<Someone> everyone) {
        var phones = new LinkedHashMap<String, List<Someone>>();
        everyone.stream().filter(p -> p.mobile() != null && !p.deceased())
            .forEach(p -> phones.computeIfAbsent(p.mobile(), n -> new java.util.ArrayList<>()).add(p));
        return phones;
    }

    private void phone(Html html, String number, List<Someone> owners) {
        html.raw("<div class=\"phone\" id=").quoted(anchor(number)).raw(">");
        html.element("h3", String.join(" and ", owners.stream().map(Someone::name).distinct().toList()));
        html.raw("<p class=\"quiet\">").text(local(number)).raw("</p>");
        story.about(number).ifPresent(about -> html.element("p", about));
        html.raw("<ul>");
        owners.forEach(owner -> owner(html, owner));
        html.raw("</ul><div class=\"screen\">");
        screen(html, phones.on(number));
        html.raw("</div><form method=\"post\" action=\"/sandbox/page/replies\"><input type=\"hidden\" name=\"from\" value=")
            .quoted(number).raw("><label>Write back<br><input name=\"body\" maxlength=\"300\" required size=\"18\"></label>"
                + "<button>Send</button></form></div>");
    }

    private static void owner(Html html, Someone owner) {
        html.raw("<li>").text(owner.name()).text(", ").text(owner.role().replace('_', ' ')).text(" in ")
            .text(owner.crimeReference()).text(", ").text(owner.force().nameEn());
        if (owner.invitationCode() != null) {
            html.raw("<br>Invitation <span class=\"code\">").text(owner.invitationCode()).raw("</span>");
        }
        if (owner.pin() != null) {
            html.raw("<br>PIN <span class=\"code\">").text(owner.pin()).raw("</span>");
        }
        html.raw("</li>");
    }

    private static void screen(Html html, List<Phones.Text> texts) {
        if (texts.isEmpty()) {
            html.raw("<p class=\"quiet\">No messages.</p>");
        }
        texts.stream().limit(SHOWN).forEach(t -> sms(html, t));
        if (texts.size() > SHOWN) {
            html.raw("<details><summary>").text(texts.size() - SHOWN).raw(" older</summary>");
            texts.stream().skip(SHOWN).forEach(t -> sms(html, t));
            html.raw("</details>");
        }
    }

    private static void sms(Html html, Phones.Text text) {
        html.raw(Phones.PUSH.equals(text.channel()) ? "<div class=\"sms\"><strong>Notification of the app</strong><br>"
            : "<div class=\"sms\">").text(text.body()).raw("<time datetime=").quoted(text.sentAt()).raw(">")
            .text(TIME.format(text.sentAt())).raw("</time></div>");
    }

    private static void happenings(Html html, List<Someone> everyone) {
        html.raw("<section id=\"happens\"><h2>Something happens</h2><p>The force’s records system reports it, as a real one "
            + "would. Whoever is to be told gets a text above.</p><form class=\"row\" method=\"post\" action=\"/sandbox/page/events\">"
            + "<label>What<br><select name=\"happening\"><option value=\"suspect_arrested\">Somebody is arrested</option>"
            + "<option value=\"suspect_charged\">Somebody is charged</option>"
            + "<option value=\"hearing_listed\">A trial is listed in six weeks</option>"
            + "<option value=\"officer_changed\">Another officer takes over</option>"
            + "<option value=\"investigation_closed\">The investigation ends without a charge</option></select></label>"
            + "<label>In which case<br><select name=\"crime_reference\">");
        everyone.stream().map(Someone::crimeReference).distinct()
            .forEach(r -> html.raw("<option>").text(r).raw("</option>"));
        html.raw("</select></label><button>Report it</button></form><h3>Or a new case</h3>"
            + "<form class=\"row\" method=\"post\" action=\"/sandbox/page/events\">"
            + "<input type=\"hidden\" name=\"happening\" value=\"new_case\">"
            + "<label>Given name<br><input name=\"given_name\" maxlength=\"100\" required value=\"Sam\"></label>"
            + "<label>Family name<br><input name=\"family_name\" maxlength=\"100\" required value=\"Taylor\"></label>"
            + "<label>Mobile<br><input name=\"mobile\" maxlength=\"20\" required value=\"07700 900100\"></label>"
            + "<label>Force<br><select name=\"force\">");
        SandboxForces.all().forEach(f -> html.raw("<option value=").quoted(f.code()).raw(">").text(f.nameEn()).raw("</option>"));
        html.raw("</select></label><button>Record it</button></form></section>");
    }

    private void staff(Html html) {
        html.raw("<section id=\"staff\"><h2>Staff and systems</h2><p>Work as staff on <a href=\"/staff\">the pages of staff</a>: "
            + "choose a force and who you are.</p><p>Each force has an identity provider of its own. For any "
            + "role, ask <code>POST /sandbox/tokens</code> (above). A records system can also ask its provider, with client "
            + "credentials:</p><table><tr><th>Force</th><th>Token endpoint</th><th>Client</th><th>Secret</th></tr>");
        SandboxForces.all().forEach(f -> html.raw("<tr><td>").text(f.nameEn()).raw("</td><td><code>").text(identity.issuer(f))
            .raw("/token</code></td><td><code>").text(IdentityStandIn.clientId(f)).raw("</code></td><td><code>")
            .text(identity.clientSecret(f)).raw("</code></td></tr>"));
        html.raw("</table></section>");
    }

    static String anchor(String number) {
        return "phone-" + number.replace("+", "");
    }

    private static String local(String number) {
        return number.replaceFirst("^\\+44(\\d{4})(\\d{6})$", "0$1 $2");
    }
}
