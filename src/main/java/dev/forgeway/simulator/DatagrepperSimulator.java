package dev.forgeway.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Datagrepper, the history of Fedora Messaging (https://apps.fedoraproject.org/datagrepper): the search by time, topic and
 * category, in pages of 20 unless asked otherwise, oldest first.
 */
public final class DatagrepperSimulator extends HttpSimulator {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private record Message(String id, String topic, Instant sentAt, JsonNode body) {}

    private final List<Message> messages = new CopyOnWriteArrayList<>();

    /** A datagrepper on any free port that remembers nothing yet. */
    public DatagrepperSimulator() {
        super(0);
        route("GET", "/v2/search", this::search);
        startListening();
    }

    /** This was on the bus. */
    public DatagrepperSimulator sent(String topic, String id, String body, Instant at) {
        try {
            messages.add(new Message(id, topic, at, Json.read(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    private Response search(Request request) {
        int rows = request.number("rows_per_page", PAGE);
        int page = request.number("page", 1);
        if (rows > LARGEST_PAGE) {
            return Response.json(400, Map.of("rows_per_page", List.of("Must be at most " + LARGEST_PAGE)));
        }
        long start = Long.parseLong(request.query().getOrDefault("start", "0"));
        long end = Long.parseLong(request.query().getOrDefault("end", "9999999999"));
        String topic = request.query().get("topic");
        String category = request.query().get("category");
        List<Message> found = messages.stream()
                .filter(message -> message.sentAt().getEpochSecond() >= start
                        && message.sentAt().getEpochSecond() <= end)
                .filter(message -> topic == null || message.topic().equals(topic))
                .filter(message ->
                        category == null || message.topic().split("\\.", -1)[3].equals(category))
                .sorted(Comparator.comparing(Message::sentAt))
                .toList();
        List<Object> shown = new ArrayList<>();
        found.stream().skip((page - 1L) * rows).limit(rows).forEach(message -> shown.add(json(message)));
        return Response.json(
                200,
                Json.object(
                        "arguments", request.query(),
                        "count", shown.size(),
                        "pages", (found.size() + rows - 1) / rows,
                        "total", found.size(),
                        "raw_messages", shown));
    }

    private static Object json(Message message) {
        return Json.object(
                "body", message.body(),
                "headers", Map.of("sent-at", message.sentAt().toString()),
                "id", message.id(),
                "priority", 0,
                "queue", null,
                "topic", message.topic());
    }

    @Override
    Response unknownPath(Request request) {
        return Response.json(404, Map.of("error", "not_found"));
    }
}
