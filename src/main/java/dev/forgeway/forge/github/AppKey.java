package dev.forgeway.forge.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.TokenCredential;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The private key of a GitHub App, and the tokens that it signs in the App's name. */
final class AppKey {

    /** Where the App is configured, for messages. */
    static final String SETTINGS = "forgeway.forge.github.app-id and forgeway.forge.github.private-key";

    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(60);
    private static final Duration VALID = Duration.ofMinutes(9);

    private final String appId;
    private final PrivateKey key;

    private AppKey(String appId, PrivateKey key) {
        this.appId = appId;
        this.key = key;
    }

    /** The key of the App that is configured; null where none is. */
    static @Nullable AppKey of(GitHubSettings settings) {
        String appId = settings.appId();
        PrivateKey key = settings.privateKey();
        return appId == null || key == null ? null : new AppKey(appId, key);
    }

    /** What calls in the name of the App itself show; valid for less than ten minutes from now. */
    Credential credential(Instant now) {
        return new TokenCredential("Bearer", jwt(now), SETTINGS);
    }

    /**
     * A token that speaks for the App: dated a minute back against clock drift, valid for less than ten minutes
     * (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
     */
    private String jwt(Instant now) {
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
