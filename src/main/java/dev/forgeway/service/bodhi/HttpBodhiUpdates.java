package dev.forgeway.service.bodhi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.Anonymous;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import dev.forgeway.service.http.TokenCredential;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Updates over HTTP. Bodhi takes an access token of Fedora's accounts for a cookie, and every change with that and a token
 * against forged requests, as its own client does it (https://github.com/fedora-infra/bodhi, bodhi-client).
 */
public final class HttpBodhiUpdates implements BodhiUpdates {

    private static final String URL_KEY = "forgeway.service.bodhi.url";
    private static final String TOKEN_KEY = "forgeway.service.bodhi.token";

    /** What it is made of, and whether it is another one's next version, is not for others to say. */
    private static final Set<String> OURS = Set.of("builds", "from_tag", "edited", "csrf_token");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final @Nullable String token;
    private final ServiceHttp http;

    /** @param token of an account that may make updates; null for none */
    public HttpBodhiUpdates(URI url, @Nullable String token, ServiceHttp http) {
        this.url = url;
        this.token = token;
        this.http = http;
    }

    /** Cookies of a login. */
    private record Cookies(Map<String, String> all) implements Credential {

        static final Cookies NONE = new Cookies(Map.of());

        /** With those that an answer sets (RFC 6265, 5.2). */
        Cookies and(HttpHeaders headers) {
            Map<String, String> more = new LinkedHashMap<>(all);
            for (String set : headers.getOrDefault(HttpHeaders.SET_COOKIE, List.of())) {
                String pair = set.replaceFirst(";.*", "");
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    more.put(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
            return new Cookies(more);
        }

        @Override
        public @Nullable String header() {
            return null;
        }

        @Override
        public Map<String, String> secretHeaders() {
            return Map.of(
                    HttpHeaders.COOKIE,
                    all.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }

        @Override
        public String settings() {
            return TOKEN_KEY;
        }

        @Override
        public String toString() {
            return "cookies " + all.keySet();
        }
    }

    @Override
    public boolean isOn() {
        return token != null;
    }

    @Override
    public Optional<BodhiUpdate> find(String nvr) {
        ServiceUri uri = ServiceUri.at(url).path("updates").slash().query("builds", nvr);
        try {
            JsonNode updates = call("update-find", HttpMethod.GET, uri, null, new Anonymous(URL_KEY))
                    .body()
                    .path("updates");
            return updates.isEmpty() ? Optional.empty() : Optional.of(update(updates.path(0)));
        } catch (ServiceRefusedException e) {
            throw new TransientException("Bodhi refused to tell its updates", e);
        }
    }

    @Override
    public BodhiUpdate create(
            List<String> builds, @Nullable String fromTag, String notes, Map<String, @Nullable Object> more) {
        Cookies login = login();
        ServiceAnswer csrf = asked("csrf", ServiceUri.at(url).path("csrf"), login);
        ObjectNode update =
                JsonNodeFactory.instance.objectNode().put("type", "enhancement").put("notes", notes);
        update.setAll(JSON.<ObjectNode>valueToTree(more));
        update.remove(OURS);
        update.put("csrf_token", csrf.body().path("csrf_token").asText());
        builds.forEach(update.putArray("builds")::add);
        if (fromTag != null) {
            update.put("from_tag", fromTag);
        }
        try {
            ServiceUri uri = ServiceUri.at(url).path("updates").slash();
            return update(call("update-create", HttpMethod.POST, uri, update, login.and(csrf.headers()))
                    .body());
        } catch (ServiceRefusedException e) {
            throw e.status() == 403
                    ? new TransientException("Bodhi does not let us make updates: check " + TOKEN_KEY, e)
                    : new UserErrorException("Bodhi refused: " + e.serviceMessage());
        }
    }

    private Cookies login() {
        Credential bearer = new TokenCredential("Bearer", Objects.requireNonNull(token), TOKEN_KEY);
        return Cookies.NONE.and(asked("login", ServiceUri.at(url).path("oidc", "login-token"), bearer)
                .headers());
    }

    private ServiceAnswer asked(String operation, ServiceUri uri, Credential credential) {
        try {
            return call(operation, HttpMethod.GET, uri, null, credential);
        } catch (ServiceRefusedException e) {
            throw new TransientException("Bodhi lets nobody in: check " + TOKEN_KEY, e);
        }
    }

    private ServiceAnswer call(
            String operation, HttpMethod method, ServiceUri uri, @Nullable JsonNode body, Credential credential) {
        return http.call(new ServiceCall(
                "bodhi", operation, method, uri.toUri(), MediaType.APPLICATION_JSON_VALUE, body, credential));
    }

    private BodhiUpdate update(JsonNode update) {
        String alias = update.path("alias").asText();
        if (alias.isEmpty()) {
            throw new TransientException("Bodhi answered without the alias of an update");
        }
        return new BodhiUpdate(
                alias,
                ServiceUri.at(url).path("updates", alias).toUri().toString(),
                update.path("from_tag").textValue());
    }
}
