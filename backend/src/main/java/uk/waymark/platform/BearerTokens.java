package uk.waymark.platform;

import com.nimbusds.jwt.SignedJWT;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Turns a bearer token into a {@link Caller}: ours for people and systems, a force's own for staff and systems. */
@Singleton
final class BearerTokens implements TokenValidator<HttpRequest<?>> {
    static final String CALLER = "caller";
    static final String PERSON_ROLE = "person";
    private final Tokens tokens;
    private final SystemTokens systems;
    private final IdentityProviders providers;
    private final VerifiedTokens verified;

    BearerTokens(Tokens tokens, SystemTokens systems, IdentityProviders providers, VerifiedTokens verified) {
        this.tokens = tokens;
        this.systems = systems;
        this.providers = providers;
        this.verified = verified;
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        Authentication known = verified.find(token);
        return known != null ? Mono.just(known)
            : Mono.fromCallable(() -> verify(token).orElse(null)).subscribeOn(Schedulers.boundedElastic());
    }

    private Optional<Authentication> verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String issuer = jwt.getJWTClaimsSet().getIssuer();
            if (!Tokens.ISSUER.equals(issuer)) {
                return (SystemTokens.ISSUER.equals(issuer) ? systems.verify(jwt) : providers.verify(jwt))
                    .map(BearerTokens::authentication);
            }
            Optional<Authentication> ours = tokens.verify(jwt).map(BearerTokens::authentication);
            if (ours.isPresent()) {
                verified.keep(token, ours.get(), jwt.getJWTClaimsSet().getExpirationTime().toInstant());
            }
            return ours;
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Authentication authentication(Caller caller) {
        Collection<String> roles = switch (caller) {
            case Caller.Person p -> List.of(PERSON_ROLE);
            case Caller.Staff s -> s.roles();
            case Caller.NationalSystem n -> List.of(IdentityProviders.NATIONAL_SYSTEM_ROLE);
            default -> List.of(IdentityProviders.SYSTEM_ROLE);
        };
        return Authentication.build(caller.auditName(), roles, Map.of(CALLER, caller));
    }
}
