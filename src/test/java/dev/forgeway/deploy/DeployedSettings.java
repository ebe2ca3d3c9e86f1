package dev.forgeway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.config.Settings;
import dev.forgeway.config.SettingsConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The environment, settings file and Secret of a pod, as files of this machine. */
record DeployedSettings(Map<String, Object> environment) {

    private static final Map<String, String> SECRET = Map.of(
            "forgeway.admin.token", "an-admin-token-0123456789",
            "forgeway.ingest.github.secrets", "hunter2-hunter2,hunter1-hunter1",
            "forgeway.forge.github.private-key", DeployedSettings.privateKey(),
            "forgeway.service.copr.login", "a-login",
            "forgeway.service.copr.token", "a-token",
            "forgeway.broker.password", "a-password",
            "spring.datasource.password", "another-password");

    static DeployedSettings of(JsonNode variables, String settings) throws IOException {
        Path folder = Files.createTempDirectory("forgeway-pod");
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        for (Map.Entry<String, String> entry : SECRET.entrySet()) {
            Files.writeString(secrets.resolve(entry.getKey()), entry.getValue() + "\n");
        }
        Files.writeString(Files.createDirectory(folder.resolve("settings")).resolve("application.yaml"), settings);
        Map<String, Object> environment = new HashMap<>();
        for (JsonNode variable : variables) {
            String value = variable.path("value")
                    .asText()
                    .replace("/run/secrets/forgeway/", secrets + "/")
                    .replace("/etc/forgeway/settings/", folder.resolve("settings") + "/");
            environment.put(variable.path("name").asText(), value);
        }
        return new DeployedSettings(environment);
    }

    /** Reads them as the process does at its start. */
    Settings bind() {
        StandardEnvironment pod = new StandardEnvironment();
        pod.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        try (var context = new SpringApplicationBuilder(SettingsConfiguration.class)
                .web(WebApplicationType.NONE)
                .environment(pod)
                .run()) {
            return context.getBean(Settings.class);
        }
    }

    private static String privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(
                                    generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
