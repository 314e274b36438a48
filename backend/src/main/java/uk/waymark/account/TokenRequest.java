package uk.waymark.account;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import uk.waymark.platform.TokenRefused;

/** A client credentials request (RFC 6749, sections 2.3.1 and 4.4): the client by HTTP Basic or in the form. */
record TokenRequest(String client, String secret) {
    private static final String BASIC = "basic ";
    private static final int LONGEST = 4_000;

    /** Without the secret. */
    @Override
    public String toString() {
        return "TokenRequest";
    }

    /**
     * @param authorization the header, or null
     * @throws TokenRefused with what RFC 6749 calls the mistake
     */
    static TokenRequest read(String authorization, String body) {
        Map<String, String> form = form(body);
        String grant = form.get("grant_type");
        if (grant == null) {
            throw TokenRefused.request("grant_type is missing. Send a form with grant_type=client_credentials.");
        }
        if (!"client_credentials".equals(grant)) {
            throw TokenRefused.grantType();
        }
        boolean basic = authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
        boolean inForm = form.containsKey("client_id") || form.containsKey("client_secret");
        if (basic && form.containsKey("client_secret")) {
            throw TokenRefused.request("The secret came twice, by HTTP Basic and in the form. Send it in one way.");
        }
        if (!basic && !inForm) {
            throw TokenRefused.client();
        }
        TokenRequest given = basic ? basic(authorization.substring(BASIC.length()))
            : new TokenRequest(form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", ""));
        if (basic && form.containsKey("client_id") && !form.get("client_id").equals(given.client())) {
            throw TokenRefused.request("client_id in the form is another than by HTTP Basic. Leave it out.");
        }
        return given;
    }

    private static TokenRequest basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                return new TokenRequest(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw TokenRefused.client();
    }

    private static Map<String, String> form(String body) {
        if (body.length() > LONGEST) {
            throw TokenRefused.request("The form is longer than any that is taken here.");
        }
        var fields = new HashMap<String, String>();
        try {
            for (String pair : body.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && equals < pair.length() - 1
                        && fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))) != null) {
                    throw TokenRefused.request("A field stands in the form twice. Send each once.");
                }
            }
        } catch (IllegalArgumentException e) {
            throw TokenRefused.request("The body is no form that can be read (application/x-www-form-urlencoded).");
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
