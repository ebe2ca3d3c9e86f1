package dev.forgeway.config;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Environments for tests, and keys that are made anew for each run. */
final class SettingsFixture {

    static final String PKCS8 = generate();
    static final String PKCS1 = toPkcs1(PKCS8);

    private SettingsFixture() {}

    /** Everything that has to be set for a process with the GitHub source. */
    static Map<String, Object> complete() {
        return new HashMap<>(Map.of(
                "forgeway.ingest.github.secrets", "hunter2-hunter2",
                "forgeway.forge.github.token", "ghp-token",
                "forgeway.service.copr.login", "copr-login",
                "forgeway.service.copr.token", "copr-token",
                "forgeway.service.copr.owner", "packit"));
    }

    /** The complete settings, changed; an empty value removes its key. */
    static Map<String, Object> completeWith(String... keysAndValues) {
        Map<String, Object> properties = complete();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1].isEmpty()) {
                properties.remove(keysAndValues[i]);
            } else {
                properties.put(keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return properties;
    }

    static Settings bind(Map<String, Object> properties) {
        return bind(properties, Map.of());
    }

    static Settings bind(Map<String, Object> properties, Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().stream()
                .toList()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addLast(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        environment.getPropertySources().addLast(new MapPropertySource("test", properties));
        return SettingsBinder.bind(environment);
    }

    static List<Mistake> mistakes(Map<String, Object> properties) {
        return mistakes(properties, Map.of());
    }

    static List<Mistake> mistakes(Map<String, Object> properties, Map<String, Object> variables) {
        try {
            bind(properties, variables);
            return List.of();
        } catch (InvalidSettingsException e) {
            return e.mistakes();
        }
    }

    private static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String toPkcs1(String pkcs8) {
        byte[] der = Base64.getMimeDecoder().decode(pkcs8.replaceAll("-----[A-Z ]+-----", ""));
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(der, 26, der.length));
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
