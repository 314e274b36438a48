package uk.waymark.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.inject.Singleton;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens of staff and systems, signed by a force's own identity provider (OpenID Connect; keys by JWKS). The force
 * follows from the issuer that signed, never from a claim.
 */
@Singleton
final class IdentityProviders {
    /** The roles of the contract. Anything else in a token is passed over. */
    static final Set<String> STAFF_ROLES =
        Set.of("witness_care", "victim_care", "officer", "supervisor", "analyst", "administrator");
    static final String SYSTEM_ROLE = "system";
    /** In a token of a provider that belongs to no force, and there alone. */
    static final String NATIONAL_SYSTEM_ROLE = "national_system";

    private static final int LONGEST_CLAIM = 200;

    private final ActingAs acting;
    private final MachineClock clock;
    private final ConcurrentHashMap<String, JWKSource<SecurityContext>> keys = new ConcurrentHashMap<>();

    /**
     * @param force null for a national provider
     * @param types what the header's {@code typ} may be; empty for anything. RFC 9068 calls access tokens {@code at+jwt}: with it an
     *     ID token, which has the same audience at some providers, is none
     * @param acr   one of these has to be the claim {@code acr} of staff; empty where it is not asked for
     */
    private record Provider(UUID force, String audience, String jwksUri, List<String> types, List<String> acr) { }

    IdentityProviders(ActingAs acting, MachineClock clock) {
        this.acting = acting;
        this.clock = clock;
    }

    /** Who this token stands for, and the roles it carries; empty when it cannot be trusted. */
    Optional<Caller> verify(SignedJWT jwt) {
        try {
            String issuer = jwt.getJWTClaimsSet().getIssuer();
            if (issuer == null || issuer.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            Optional<Provider> provider = acting.as(new Caller.Nobody(), c -> Sql.one(c,
                "select force_id, audience, jwks_uri, token_types, acr_values from waymark.gate_identity_provider(?)",
                r -> new Provider(Sql.uuid(r, "force_id"), r.getString("audience"), r.getString("jwks_uri"),
                    List.of((String[]) r.getArray("token_types").getArray()), List.of((String[]) r.getArray("acr_values").getArray())), issuer));
            return provider.isEmpty() ? Optional.empty() : check(jwt, issuer, provider.get());
        } catch (ParseException | BadJOSEException | JOSEException | MalformedURLException e) {
            return Optional.empty();
        }
    }

    private Optional<Caller> check(SignedJWT jwt, String issuer, Provider provider)
            throws BadJOSEException, JOSEException, MalformedURLException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier((type, context) -> {
            if (!provider.types().isEmpty() && (type == null || !provider.types().contains(plain(type.getType())))) {
                throw new BadJOSEException("not of a type that this force asks for");
            }
        });
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256), source(provider.jwksUri())));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(provider.audience(),
            new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp", "iat")) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        });
        return caller(processor.process(jwt, null), provider);
    }

    /** As RFC 7515 compares them: without {@code application/}, small or large. */
    private static String plain(String type) {
        String small = type.toLowerCase(Locale.ROOT);
        return small.startsWith("application/") ? small.substring("application/".length()) : small;
    }

    private static Optional<Caller> caller(JWTClaimsSet claims, Provider provider) {
        UUID force = provider.force();
        Set<String> roles = new TreeSet<>(claims.getClaim("roles") instanceof List<?> list
            ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of());
        if (force == null) {
            return roles.contains(NATIONAL_SYSTEM_ROLE) ? Optional.of(new Caller.NationalSystem(claims.getSubject())) : Optional.empty();
        }
        if (roles.contains(SYSTEM_ROLE)) {
            return Optional.of(new Caller.System(force, claims.getSubject()));
        }
        roles.retainAll(STAFF_ROLES);
        boolean strong = provider.acr().isEmpty() || claims.getClaim("acr") instanceof String acr && provider.acr().contains(acr);
        return roles.isEmpty() || !strong ? Optional.empty() : Optional.of(new Caller.Staff(force, claims.getSubject(), roles,
            text(claims.getClaim("unit")), new Caller.Self(text(claims.getClaim("name")), text(claims.getClaim("family_name")),
                claims.getClaim("address") instanceof Map<?, ?> address ? text(address.get("postal_code")) : null,
                text(claims.getClaim("collar_number")))));
    }

    /** A claim that the provider need not send: what is no text, or holds what the database cannot, is passed over. */
    private static String text(Object claim) {
        return claim instanceof String s && !s.isBlank() && s.length() <= LONGEST_CLAIM && s.indexOf('\0') < 0 ? s.strip() : null;
    }

    /** Keys are fetched once and again when an unknown key id turns up; an unreachable provider means no entry. */
    private JWKSource<SecurityContext> source(String uri) throws MalformedURLException {
        var known = keys.get(uri);
        if (known == null) {
            known = JWKSourceBuilder.create(URI.create(uri).toURL(), new ProviderKeys()).retrying(true).build();
            keys.putIfAbsent(uri, known);
        }
        return known;
    }
}
