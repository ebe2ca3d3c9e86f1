package dev.forgeway.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns events of the <a
 * href="https://docs.github.com/en/rest/using-the-rest-api/github-event-types">events API</a> into what a webhook would
 * have sent. Their payloads lack what stands around them, and since October 2025 much of the pull request; what is
 * missing and can be told is put in.
 */
final class PolledEvents {

    private static final Map<String, String> NAMES = Map.of(
            "PullRequestEvent", "pull_request",
            "IssueCommentEvent", "issue_comment",
            "CommitCommentEvent", "commit_comment",
            "PushEvent", "push",
            "ReleaseEvent", "release");

    private PolledEvents() {}

    /** The number that orders events; 0 where there is none. */
    static long id(JsonNode event) {
        return event.path("id").asLong(0);
    }

    /** @param repository the repository as GitHub shows it, for an event names it only */
    static Optional<PolledDelivery> delivery(JsonNode event, JsonNode repository) {
        String name = NAMES.get(event.path("type").asText());
        if (name == null || !(event.path("payload") instanceof ObjectNode payload)) {
            return Optional.empty();
        }
        ObjectNode body = payload.deepCopy();
        body.set("repository", repository);
        body.putObject("sender").put("login", event.path("actor").path("login").asText());
        switch (name) {
            case "pull_request" -> completePullRequest(body, event);
            case "push" -> body.set("after", body.path("head"));
            case "commit_comment" -> body.put("action", "created");
            default -> {}
        }
        return Optional.of(new PolledDelivery(name, "event:" + event.path("id").asText(), body));
    }

    private static void completePullRequest(ObjectNode body, JsonNode event) {
        if (!(body.path("pull_request") instanceof ObjectNode pull)) {
            return;
        }
        if (!pull.has("updated_at")) {
            pull.set("updated_at", event.path("created_at"));
        }
        String owner = owner(pull.at("/head/repo/url").asText());
        if (pull.at("/head/repo") instanceof ObjectNode fork && !fork.has("owner") && owner != null) {
            fork.putObject("owner").put("login", owner);
        }
    }

    /** The owner in {@code https://api.github.com/repos/OWNER/NAME}. */
    private static @Nullable String owner(String url) {
        String[] path = url.replaceFirst("^.*/repos/", "").split("/", -1);
        return url.contains("/repos/") && path.length == 2 ? path[0] : null;
    }
}
