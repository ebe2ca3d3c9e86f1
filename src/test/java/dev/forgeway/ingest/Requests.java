package dev.forgeway.ingest;

import dev.forgeway.config.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Requests as forges make them, and settings to judge them by. */
final class Requests {

    private Requests() {}

    static Settings settings(Map<String, String> ingest) {
        Map<String, String> properties = new HashMap<>();
        ingest.forEach((key, value) -> properties.put("forgeway.ingest." + key, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("forgeway", Bindable.of(Settings.class));
    }

    static WebhookRequest request(String body, Map<String, String> headers) {
        return new WebhookRequest(headers, bytes(body));
    }

    static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(String algorithm, String secret, String body) {
        return HexFormat.of().formatHex(mac(algorithm, bytes(secret), body));
    }

    static String sha256(String secret, String body) {
        return hex("HmacSHA256", secret, body);
    }

    static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
