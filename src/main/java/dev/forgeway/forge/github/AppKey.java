package dev.forgeway.forge.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The private key of a GitHub App, and the tokens that it signs in the App's name. */
final class AppKey {

    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(60);
    private static final Duration VALID = Duration.ofMinutes(9);

    private final String appId;
    private final PrivateKey key;

    AppKey(String appId, PrivateKey key) {
        this.appId = appId;
        this.key = key;
    }

    /**
     * A token that speaks for the App: dated a minute back against clock drift, valid for less than ten minutes
     * (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
     */
    String jwt(Instant now) {
        Map<String, Object> claims = Map.of(
                "iss", appId,
                "iat", now.minus(CLOCK_DRIFT).getEpochSecond(),
                "exp", now.plus(VALID).getEpochSecond());
        JWSObject jwt = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(claims));
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The GitHub App's private key does not sign", e);
        }
        return jwt.serialize();
    }
}
