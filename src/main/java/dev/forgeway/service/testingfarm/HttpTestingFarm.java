package dev.forgeway.service.testingfarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import dev.forgeway.service.http.TokenCredential;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Testing Farm over HTTP. The API key goes into a header, as its documentation wants it. */
public final class HttpTestingFarm implements TestingFarm {

    private static final String REQUESTS = "requests";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    /** What is wrong with the request itself, by FastAPI, which Testing Farm is built with, and by its own checks. */
    private static final Set<Integer> INVALID = Set.of(400, 422);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ServiceHttp http;
    private final URI url;
    private final boolean on;
    private final Credential credential;

    public HttpTestingFarm(TestingFarmSettings settings, ServiceHttp http) {
        this.http = http;
        this.url = settings.url();
        this.on = !settings.apiKey().isBlank();
        this.credential = new TokenCredential("Bearer", settings.apiKey(), "forgeway.service.testing-farm.api-key");
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public TestRequest submit(JsonNode request) {
        try {
            return request(call("request-create", HttpMethod.POST, at(REQUESTS), request));
        } catch (ServiceRefusedException e) {
            throw INVALID.contains(e.status())
                    ? new UserErrorException("Testing Farm refused the request: " + e.serviceMessage())
                    : refused(e);
        }
    }

    @Override
    public Optional<TestRequest> findByVariable(String name, String value, Instant createdAfter) {
        ServiceUri own = at(REQUESTS).query("created_after", TIME.format(createdAfter));
        try {
            JsonNode requests = call("request-list", HttpMethod.GET, own, null);
            return StreamSupport.stream(requests.spliterator(), false)
                    .filter(request -> carries(request, name, value))
                    .findFirst()
                    .map(this::request);
        } catch (ServiceRefusedException e) {
            throw refused(e);
        }
    }

    private static boolean carries(JsonNode request, String name, String value) {
        return StreamSupport.stream(request.path("environments_requested").spliterator(), false)
                .anyMatch(environment ->
                        environment.path("variables").path(name).asText().equals(value));
    }

    @Override
    public Optional<TestRequest> find(String id) {
        try {
            return Optional.of(request(call("request-find", HttpMethod.GET, at(REQUESTS, id), null)));
        } catch (ServiceRefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused(e);
        }
    }

    /** 200 for a first time, 204 for a repetition, 409 for what has ended; what is not there need not be stopped. */
    @Override
    public boolean cancel(String id) {
        try {
            call("request-cancel", HttpMethod.DELETE, at(REQUESTS, id), null);
            return true;
        } catch (ServiceRefusedException e) {
            if (e.status() == CONFLICT || e.status() == NOT_FOUND) {
                return e.status() == NOT_FOUND;
            }
            throw refused(e);
        }
    }

    /** Not the user's doing: a wrong address, or an account that may not do this. */
    private static TransientException refused(ServiceRefusedException refusal) {
        return new TransientException(
                "Testing Farm refused with " + refusal.status() + ": " + refusal.serviceMessage()
                        + "; check forgeway.service.testing-farm.url and api-key",
                refusal);
    }

    private ServiceUri at(String... path) {
        return ServiceUri.at(url).path(path);
    }

    private JsonNode call(String operation, HttpMethod method, ServiceUri uri, @Nullable JsonNode body) {
        return http.call(new ServiceCall(
                        "testing-farm",
                        operation,
                        method,
                        uri.toUri(),
                        MediaType.APPLICATION_JSON_VALUE,
                        body,
                        credential))
                .body();
    }

    private TestRequest request(JsonNode answer) {
        String id = answer.path("id").asText();
        if (id.isEmpty()) {
            throw new TransientException("Testing Farm answered without the id of a request");
        }
        JsonNode result = answer.path("result");
        return new TestRequest(
                id,
                answer.path("state").asText("new"),
                text(result.path("overall")),
                text(result.path("summary")),
                text(answer.path("run").path("artifacts")),
                text(result.path("xunit_url")),
                at(REQUESTS, id).toUri().toString());
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }
}
