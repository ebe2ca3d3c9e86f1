package dev.forgeway.service.copr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.Anonymous;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** The calls of Copr's API 3, below {@code /api_3}. */
final class CoprApi {

    private static final long LARGEST_FILE = 2L * 1024 * 1024 * 1024;

    private final ServiceHttp http;
    private final ServiceHttp files;
    private final URI url;
    private final Credential credential;

    CoprApi(CoprSettings settings, ServiceHttp http, ServiceHttp files) {
        this.http = http;
        this.files = files;
        this.url = settings.url();
        this.credential = new CoprCredential(settings);
    }

    ServiceUri at(String... path) {
        return ServiceUri.at(url).path("api_3").path(path);
    }

    /** The page of a build, which Copr leads on to the project's. */
    String page(String buildId) {
        return ServiceUri.at(url).path("coprs", "build", buildId).toUri() + "/";
    }

    JsonNode get(String operation, ServiceUri uri) {
        return http.call(new ServiceCall(
                        "copr",
                        operation,
                        HttpMethod.GET,
                        uri.toUri(),
                        MediaType.APPLICATION_JSON_VALUE,
                        null,
                        credential))
                .body();
    }

    JsonNode put(String operation, ServiceUri uri) {
        return http.call(new ServiceCall(
                        "copr",
                        operation,
                        HttpMethod.PUT,
                        uri.toUri(),
                        MediaType.APPLICATION_JSON_VALUE,
                        null,
                        credential))
                .body();
    }

    JsonNode post(String operation, ServiceUri uri, JsonNode body) {
        return http.call(new ServiceCall(
                        "copr",
                        operation,
                        HttpMethod.POST,
                        uri.toUri(),
                        MediaType.APPLICATION_JSON_VALUE,
                        body,
                        credential))
                .body();
    }

    /** Fetches a file that Copr gives to everybody, wherever it keeps its files. */
    void download(URI uri, Path file) {
        files.download(
                new ServiceCall(
                        "copr",
                        "source-package",
                        HttpMethod.GET,
                        uri,
                        MediaType.ALL_VALUE,
                        null,
                        new Anonymous("forgeway.service.copr.url")),
                file,
                LARGEST_FILE);
    }

    /** What a refusal means; 409 is two writers in Copr's database, and passes. */
    static RuntimeException meaning(ServiceRefusedException refusal) {
        return refusal.status() == 409
                ? new TransientException("Copr is changing the project at this moment", refusal)
                : new UserErrorException("Copr refused: " + refusal.serviceMessage());
    }
}
