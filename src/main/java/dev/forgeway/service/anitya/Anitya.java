package dev.forgeway.service.anitya;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.Anonymous;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Anitya over HTTP: {@code GET /api/v2/packages/} says which project a package is of, and {@code GET /api/v2/projects/} which
 * versions that has. Reading needs no account.
 */
public final class Anitya implements ReleaseMonitoring {

    private static final String DISTRIBUTION = "Fedora";

    private final URI url;
    private final ServiceHttp http;

    /** @param url the root of the site, for example https://release-monitoring.org */
    public Anitya(URI url, ServiceHttp http) {
        this.url = url;
        this.http = http;
    }

    @Override
    public List<String> stableVersions(String packageName) {
        List<String> versions = new ArrayList<>();
        for (JsonNode found : items(at("packages").query("name", packageName).query("distribution", DISTRIBUTION))) {
            String project = found.path("project").asText();
            String ecosystem = found.path("ecosystem").asText();
            for (JsonNode known : items(at("projects").query("name", project).query("ecosystem", ecosystem))) {
                known.path("stable_versions").forEach(version -> versions.add(version.asText()));
            }
        }
        return List.copyOf(versions);
    }

    private ServiceUri at(String what) {
        return ServiceUri.at(url).path("api", "v2", what).slash();
    }

    private JsonNode items(ServiceUri uri) {
        try {
            JsonNode items = http.call(new ServiceCall(
                            "anitya",
                            "version-find",
                            HttpMethod.GET,
                            uri.toUri(),
                            MediaType.APPLICATION_JSON_VALUE,
                            null,
                            new Anonymous("forgeway.service.anitya.url")))
                    .body()
                    .path("items");
            if (!items.isArray()) {
                throw new TransientException("Anitya answered without items");
            }
            return items;
        } catch (ServiceRefusedException e) {
            throw new TransientException("Anitya refused to tell about a package", e);
        }
    }
}
