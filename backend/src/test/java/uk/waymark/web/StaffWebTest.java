package uk.waymark.web;

import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import uk.waymark.platform.Sql;

/** With a real OpenID Connect provider, started here, at which staff of both forces sign in on the pages. */
public abstract class StaffWebTest extends WebTest {
    static final String AUDIENCE = "waymark-pages";
    private MockOAuth2Server provider;

    @BeforeAll
    public void startProvider() throws IOException, SQLException {
        provider = new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\":true}"));
        provider.start(InetAddress.getByName("localhost"), 0);
        try (Connection c = database.superuser()) {
            for (String force : new String[] {"northmoor", "glanafon"}) {
                Sql.run(c, """
                    insert into waymark.identity_provider (id, force_id, issuer, audience, jwks_uri, token_types, acr_values, web_client)
                    values (?, ?, ?, ?, ?, '{}', '{}', 'pages')""", UUID.randomUUID(), force(force),
                    provider.issuerUrl(force).toString(), AUDIENCE, provider.jwksUrl(force).toString());
            }
        }
    }

    @AfterAll
    public void stopProvider() {
        if (provider != null) {
            provider.shutdown();
        }
    }

    public MockOAuth2Server provider() {
        return provider;
    }

    /** Goes to the provider's own page, signs in there with this role, and comes back. @return the page of staff */
    public Surf.Seen signInAsStaff(Surf surf, String force, String role) {
        return signInAsStaff(surf, force, role, "staff-1");
    }

    /** As {@link #signInAsStaff(Surf, String, String)}, as this member of staff. */
    public Surf.Seen signInAsStaff(Surf surf, String force, String role, String user) {
        Surf.Seen away = surf.only("/staff/sign-in/at/" + force).expect(303);
        String back = atProvider(away.header("Location"), role, user);
        return surf.get(back.replace(waymark.settings().publicUrl().toString(), ""));
    }

    /** What a person does on the provider's page. @return where it sends the browser */
    public String atProvider(String address, String role) {
        return atProvider(address, role, "staff-1");
    }

    private static String atProvider(String address, String role, String user) {
        String claims = "{\"aud\":[\"" + AUDIENCE + "\"],\"roles\":[\"" + role + "\"],\"name\":\"Ruth Pemberton\"}";
        try {
            var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + user + "&claims=" + Visit.encode(claims))).build(), BodyHandlers.ofString());
            return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.statusCode() + answer.body()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A cookie of the pages, for a real browser. */
    public Cookie cookie(String name, String value) {
        return new Cookie(name, value).setUrl(waymark.base().toString().replace("http:", "https:")).setSecure(true).setHttpOnly(true)
            .setSameSite(SameSiteAttribute.LAX);
    }
}
