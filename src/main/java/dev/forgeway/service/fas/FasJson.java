package dev.forgeway.service.fas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.Anonymous;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * FASJSON over HTTP ({@code GET /v1/users/{username}/}, https://fasjson.readthedocs.io). Fedora's own lets in by Kerberos
 * (GSSAPI) alone, which is left to a proxy at the configured address.
 */
public final class FasJson implements FedoraAccounts {

    /** What FreeIPA, below FASJSON, takes as a name; others are not asked for. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_.-]{0,31}");

    private final URI url;
    private final ServiceHttp http;

    /** @param url the root of the site */
    public FasJson(URI url, ServiceHttp http) {
        this.url = url;
        this.http = http;
    }

    @Override
    public Optional<FedoraAccount> find(String username) {
        String name = username.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        URI uri = ServiceUri.at(url).path("v1", "users", name).slash().toUri();
        try {
            JsonNode account = http.call(new ServiceCall(
                            "fas",
                            "user-find",
                            HttpMethod.GET,
                            uri,
                            MediaType.APPLICATION_JSON_VALUE,
                            null,
                            new Anonymous("forgeway.service.fas.url")))
                    .body()
                    .path("result");
            if (!account.path("username").isTextual()) {
                throw new TransientException("FASJSON answered without a user");
            }
            return Optional.of(new FedoraAccount(
                    account.path("username").asText(),
                    account.path("github_username").asText(null)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw new TransientException("FASJSON refused to tell about an account", e);
        }
    }
}
