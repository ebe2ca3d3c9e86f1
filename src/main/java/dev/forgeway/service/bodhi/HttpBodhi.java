package dev.forgeway.service.bodhi;

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

/** Bodhi over HTTP. Reading needs no account. */
public final class HttpBodhi implements Bodhi {

    /** The most that Bodhi gives at once. */
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 10;

    private final URI url;
    private final ServiceHttp http;

    /** @param url the root of the site, for example https://bodhi.fedoraproject.org */
    public HttpBodhi(URI url, ServiceHttp http) {
        this.url = url;
        this.http = http;
    }

    @Override
    public List<BodhiRelease> releases() {
        List<BodhiRelease> releases = new ArrayList<>();
        int pages = 1;
        for (int page = 1; page <= pages && page <= MOST_PAGES; page++) {
            JsonNode answer = page(page);
            answer.path("releases").forEach(release -> releases.add(release(release)));
            pages = answer.path("pages").asInt();
        }
        return List.copyOf(releases);
    }

    private JsonNode page(int page) {
        URI uri = ServiceUri.at(url)
                .path("releases")
                .slash()
                .query("exclude_archived", true)
                .query("rows_per_page", PAGE)
                .query("page", page)
                .toUri();
        try {
            JsonNode answer = http.call(new ServiceCall(
                            "bodhi",
                            "release-list",
                            HttpMethod.GET,
                            uri,
                            MediaType.APPLICATION_JSON_VALUE,
                            null,
                            new Anonymous("forgeway.service.bodhi.url")))
                    .body();
            if (!answer.path("releases").isArray()) {
                throw new TransientException("Bodhi answered without releases");
            }
            return answer;
        } catch (ServiceRefusedException e) {
            throw new TransientException("Bodhi refused to tell its releases", e);
        }
    }

    private static BodhiRelease release(JsonNode release) {
        return new BodhiRelease(
                release.path("name").asText(),
                release.path("id_prefix").asText(),
                release.path("state").asText());
    }
}
