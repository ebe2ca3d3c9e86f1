package dev.forgeway.service.datagrepper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.Anonymous;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The <a href="https://apps.fedoraproject.org/datagrepper">history of Fedora Messaging</a>. Reading needs no account.
 */
public final class Datagrepper {

    /** The most that it gives at once. */
    private static final int PAGE = 100;

    /**
     * What is asked for: everything when both are null.
     *
     * @param topic a whole topic; null for any
     * @param category the fourth word of a topic ("copr"); null for any
     */
    public record Filter(@Nullable String topic, @Nullable String category) {}

    /** A message as it was on the bus. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Message(String id, String topic, byte[] body) {}

    /** Messages, oldest first, and how many pages of them there are. */
    public record Page(List<Message> messages, int pages) {}

    private final URI url;
    private final ServiceHttp http;

    /** @param url the root of the site, for example https://apps.fedoraproject.org/datagrepper */
    public Datagrepper(URI url, ServiceHttp http) {
        this.url = url;
        this.http = http;
    }

    /**
     * A page of the messages of a time.
     *
     * @param page from 1
     */
    public Page search(Instant start, Instant end, Filter filter, int page) {
        ServiceUri uri = ServiceUri.at(url)
                .path("v2", "search")
                .query("start", start.getEpochSecond())
                .query("end", end.getEpochSecond() + 1)
                .query("order", "asc")
                .query("rows_per_page", PAGE)
                .query("page", page);
        if (filter.topic() != null) {
            uri.query("topic", filter.topic());
        }
        if (filter.category() != null) {
            uri.query("category", filter.category());
        }
        try {
            JsonNode answer = http.call(new ServiceCall(
                            "datagrepper",
                            "message-search",
                            HttpMethod.GET,
                            uri.toUri(),
                            MediaType.APPLICATION_JSON_VALUE,
                            null,
                            new Anonymous("forgeway.service.datagrepper.url")))
                    .body();
            return page(answer);
        } catch (ServiceRefusedException e) {
            throw new TransientException("Datagrepper refused to tell messages: " + e.serviceMessage(), e);
        }
    }

    private static Page page(JsonNode answer) {
        if (!answer.path("raw_messages").isArray()) {
            throw new TransientException("Datagrepper answered without messages");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : answer.path("raw_messages")) {
            messages.add(new Message(
                    message.path("id").asText(),
                    message.path("topic").asText(),
                    message.path("body").toString().getBytes(StandardCharsets.UTF_8)));
        }
        return new Page(messages, answer.path("pages").asInt());
    }
}
