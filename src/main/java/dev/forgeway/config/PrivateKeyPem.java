package dev.forgeway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the RSA private key of a GitHub app from PEM text or from {@code file:/path}. GitHub gives PKCS#1
 * (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps);
 * PKCS#8 is what other tools make of it. Line ends may be written as {@code \n}, as environment variables often do.
 */
public final class PrivateKeyPem {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    /** The DER of version 0 and algorithm rsaEncryption, which stand before the key in PKCS#8 (RFC 5208, section 5). */
    private static final byte[] RSA_HEADER = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private PrivateKeyPem() {}

    /**
     * Reads the key.
     *
     * @throws IllegalArgumentException saying what is wrong, without any part of the key
     */
    public static RSAPrivateKey read(Secret secret) {
        Matcher pem = PEM.matcher(text(secret).replace("\\n", "\n"));
        if (!pem.find()) {
            throw new IllegalArgumentException("is not PEM text (-----BEGIN RSA PRIVATE KEY----- …)");
        }
        byte[] der = decode(pem.group(2));
        return switch (pem.group(1)) {
            case "RSA PRIVATE KEY" -> key(pkcs8(der));
            case "PRIVATE KEY" -> key(der);
            case "ENCRYPTED PRIVATE KEY" -> throw new IllegalArgumentException("is protected by a password");
            default -> throw new IllegalArgumentException("is not an RSA key");
        };
    }

    private static String text(Secret secret) {
        String value = secret.value().strip();
        if (!value.startsWith("file:")) {
            return value;
        }
        String path = value.substring("file:".length()).replaceFirst("^//", "");
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("names the file " + path + ", which cannot be read", e);
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not valid PEM: its Base64 text is damaged or protected", e);
        }
    }

    private static RSAPrivateKey key(byte[] pkcs8) {
        try {
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException("is not an RSA private key, or it is cut off", e);
        }
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] octets = der(0x04, pkcs1);
        byte[] content = Arrays.copyOf(RSA_HEADER, RSA_HEADER.length + octets.length);
        System.arraycopy(octets, 0, content, RSA_HEADER.length, octets.length);
        return der(0x30, content);
    }

    /** A DER value with its tag and a length of two bytes, which RSA keys need (X.690, section 8.1.3.5). */
    private static byte[] der(int tag, byte[] content) {
        byte[] value = new byte[content.length + 4];
        value[0] = (byte) tag;
        value[1] = (byte) 0x82;
        value[2] = (byte) (content.length >> 8);
        value[3] = (byte) content.length;
        System.arraycopy(content, 0, value, 4, content.length);
        return value;
    }
}
