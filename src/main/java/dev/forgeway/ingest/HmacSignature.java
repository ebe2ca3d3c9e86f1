package dev.forgeway.ingest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A signature of the raw body: a prefix and the lower-case hexadecimal HMAC (RFC 2104) of it, under one of several
 * secrets, so that a secret can be replaced without a gap.
 */
public final class HmacSignature {

    private final String algorithm;
    private final String prefix;
    private final List<SecretKeySpec> keys;

    /**
     * @param algorithm the JCA name of the MAC ("HmacSHA256")
     * @param prefix what stands before the hexadecimal digits ("sha256="), or nothing
     */
    public HmacSignature(String algorithm, String prefix, List<String> secrets) {
        this.algorithm = algorithm;
        this.prefix = prefix;
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm))
                .toList();
    }

    /**
     * Compares in constant time, with every secret, whatever the first ones say.
     *
     * @throws UnauthenticatedException when the signature is missing, malformed or wrong
     */
    public void verify(byte[] body, @Nullable String signature) {
        if (!matches(body, signature)) {
            throw new UnauthenticatedException();
        }
    }

    /** The same comparison, where other secrets may still fit. */
    boolean matches(byte[] body, @Nullable String signature) {
        byte[] given = (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (SecretKeySpec key : keys) {
            matches |= MessageDigest.isEqual(expected(body, key), given);
        }
        return matches;
    }

    /** What a sender writes into its header, under the first secret. */
    public String sign(byte[] body) {
        return new String(expected(body, keys.get(0)), StandardCharsets.US_ASCII);
    }

    private byte[] expected(byte[] body, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(key);
            return (prefix + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }
}
