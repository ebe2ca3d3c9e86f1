package dev.forgeway.forge.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private key of a GitHub App, and the tokens that it signs in the App's name. */
final class AppKey {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----(.+?)-----END (RSA )?PRIVATE KEY-----", Pattern.DOTALL);

    /** Version 0 and the algorithm rsaEncryption, as they stand in PKCS#8 before a PKCS#1 key (RFC 5208, 5). */
    private static final byte[] RSA_PREFIX = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(60);
    private static final Duration VALID = Duration.ofMinutes(9);

    private final String appId;
    private final PrivateKey key;

    private AppKey(String appId, PrivateKey key) {
        this.appId = appId;
        this.key = key;
    }

    /** @throws IllegalArgumentException when the text is not an RSA private key; the message does not show it */
    static AppKey of(String appId, String pem) {
        Matcher matcher = PEM.matcher(pem.replace("\\n", "\n"));
        if (!matcher.find()) {
            throw new IllegalArgumentException("The GitHub App's private key is not in PEM form");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            byte[] pkcs8 = matcher.group(1) == null ? der : wrapped(der);
            return new AppKey(appId, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The GitHub App's private key is not an RSA key");
        }
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

    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_PREFIX);
        writeTagged(inner, 0x04, pkcs1);
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        writeTagged(outer, 0x30, inner.toByteArray());
        return outer.toByteArray();
    }

    /** Writes one DER value; the lengths of RSA keys always need the form with two length bytes (X.690, 8.1.3). */
    private static void writeTagged(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
    }
}
