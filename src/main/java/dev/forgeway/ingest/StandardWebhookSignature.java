package dev.forgeway.ingest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The symmetric signature of <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>: {@code v1,} and the Base64 text of the HMAC-SHA256 over {@code id.timestamp.body}. The header may hold
 * several, parted by spaces, and several keys are accepted, so that a key can be replaced without a gap.
 */
public final class StandardWebhookSignature {

    /** How far the sender's clock may be away, either way; what the libraries of the specification allow. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final List<SecretKeySpec> keys;
    private final Clock clock;

    /** @param whsecSecrets {@code whsec_} and the Base64 text of the key */
    public StandardWebhookSignature(List<String> whsecSecrets, Clock clock) {
        this.keys = whsecSecrets.stream().map(StandardWebhookSignature::key).toList();
        this.clock = clock;
    }

    private static SecretKeySpec key(String secret) {
        String base64 = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        return new SecretKeySpec(Base64.getDecoder().decode(base64), ALGORITHM);
    }

    /**
     * Compares in constant time, with every key, whatever the first ones say.
     *
     * @param id the header {@code webhook-id}
     * @param timestamp the header {@code webhook-timestamp}
     * @param signature the header {@code webhook-signature}
     * @throws UnauthenticatedException when any of them is missing or malformed, when it is too old or from the future,
     *     and when no signature fits any key
     */
    public void verify(byte[] body, @Nullable String id, @Nullable String timestamp, @Nullable String signature) {
        if (id == null || id.isBlank() || timestamp == null || signature == null || !isNow(timestamp)) {
            throw new UnauthenticatedException();
        }
        boolean matches = false;
        for (SecretKeySpec key : keys) {
            byte[] expected = expected(body, id, timestamp, key);
            for (String given : signature.split(" ", -1)) {
                matches |= MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (!matches) {
            throw new UnauthenticatedException();
        }
    }

    /** What a sender writes into {@code webhook-signature}: one signature for each key. */
    public String sign(byte[] body, String id, String timestamp) {
        return keys.stream()
                .map(key -> new String(expected(body, id, timestamp, key), StandardCharsets.US_ASCII))
                .collect(Collectors.joining(" "));
    }

    private boolean isNow(String timestamp) {
        try {
            Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static byte[] expected(byte[] body, String id, String timestamp, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            String base64 = Base64.getEncoder().encodeToString(mac.doFinal(body));
            return (VERSION + base64).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
