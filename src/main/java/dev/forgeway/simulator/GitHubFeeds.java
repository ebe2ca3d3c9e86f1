package dev.forgeway.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What a repository shows to those who ask: its events (https://docs.github.com/en/rest/activity/events), with the
 * payloads that GitHub cuts down since October 2025, and its open pull requests
 * (https://docs.github.com/en/rest/pulls/pulls#list-pull-requests).
 */
final class GitHubFeeds {

    private static final Map<String, String> TYPES = Map.of(
            "pull_request", "PullRequestEvent",
            "issue_comment", "IssueCommentEvent",
            "push", "PushEvent");

    private static final Set<String> PULL_REQUEST_FIELDS = Set.of("url", "id", "number", "head", "base");
    private static final Set<String> SIDE_FIELDS = Set.of("ref", "sha", "repo");
    private static final Set<String> REPOSITORY_FIELDS = Set.of("id", "url", "name");
    private static final Set<String> PUSH_FIELDS = Set.of("ref", "before", "head", "push_id", "repository_id");

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;
    private final Map<String, List<JsonNode>> events = new ConcurrentHashMap<>();

    GitHubFeeds(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        gitHub.route("GET", "/repos/{owner}/{repo}/events", this::listEvents);
        gitHub.route("GET", "/repos/{owner}/{repo}/pulls", this::listPullRequests);
    }

    /** What a webhook tells, as the events API does; a push to a pull request is no event there. */
    void happened(WebhookDelivery delivery) {
        try {
            ObjectNode body = (ObjectNode) Json.read(delivery.body());
            String type = TYPES.get(delivery.event());
            if (type != null && !body.path("action").asText().equals("synchronize")) {
                list(body.at("/repository/full_name").asText()).add(0, event(type, body));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<JsonNode> list(String repository) {
        return events.computeIfAbsent(repository.toLowerCase(Locale.ROOT), added -> new CopyOnWriteArrayList<>());
    }

    private ObjectNode event(String type, ObjectNode body) {
        ObjectNode payload = body.deepCopy();
        payload.remove(List.of("repository", "sender", "installation", "organization"));
        if (payload.path("pull_request") instanceof ObjectNode pull) {
            cutDown(pull);
        }
        if (type.equals("PushEvent")) {
            payload.set("head", payload.path("after"));
            payload.put("push_id", state.nextId()).retain(PUSH_FIELDS);
        }
        ObjectNode event = body.objectNode();
        event.put("id", Long.toString(state.nextId())).put("type", type);
        event.putObject("actor").put("login", body.at("/sender/login").asText());
        String name = body.at("/repository/full_name").asText();
        event.putObject("repo").put("name", name).put("url", gitHub.url() + "/repos/" + name);
        event.set("payload", payload);
        return event.put("public", true)
                .put("created_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static void cutDown(ObjectNode pull) {
        pull.retain(PULL_REQUEST_FIELDS);
        for (String side : List.of("head", "base")) {
            ObjectNode half = ((ObjectNode) pull.path(side)).retain(SIDE_FIELDS);
            if (half.path("repo") instanceof ObjectNode repository) {
                repository.retain(REPOSITORY_FIELDS);
            }
        }
    }

    private Response listEvents(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        return Response.json(200, new Pages(request, gitHub.url().toString()).of(list(repository.fullName())))
                .with("X-Poll-Interval", Long.toString(gitHub.pollInterval().toSeconds()));
    }

    private Response listPullRequests(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        List<Map<String, @Nullable Object>> open = new ArrayList<>();
        String head = request.query().get("head");
        for (GitHubRepository.PullRequest pull : repository.openPullRequests()) {
            if (head == null || head.equals(pull.headOwner() + ":" + pull.headRef())) {
                open.add(0, objects.pullRequest(repository, pull));
            }
        }
        return Response.json(200, new Pages(request, gitHub.url().toString()).of(open));
    }
}
