package dev.forgeway.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The record of what was sent to the webhook of the App (https://docs.github.com/en/rest/apps/webhooks) and to those of
 * repositories (https://docs.github.com/en/rest/repos/webhooks): three days of it, newest first, behind cursors.
 */
public final class GitHubHooks {

    private static final Duration KEPT = Duration.ofDays(3);
    private static final String OF_THE_APP = "";

    private record Attempt(long id, WebhookDelivery delivery, Instant at, int answered) {}

    private record Hook(long id, String url) {}

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubSimulator gitHub;
    private final Map<String, List<Attempt>> attempts = new ConcurrentHashMap<>();
    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();

    GitHubHooks(GitHubState state, GitHubApp app, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        gitHub.route("GET", "/app/hook/deliveries", request -> list(request, ofTheApp(request)));
        gitHub.route("GET", "/app/hook/deliveries/{delivery}", request -> show(request, ofTheApp(request)));
        gitHub.route("GET", "/repos/{owner}/{repo}/hooks", this::listHooks);
        gitHub.route(
                "GET",
                "/repos/{owner}/{repo}/hooks/{hook}/deliveries",
                request -> list(request, ofRepository(request)));
        gitHub.route(
                "GET",
                "/repos/{owner}/{repo}/hooks/{hook}/deliveries/{delivery}",
                request -> show(request, ofRepository(request)));
    }

    /** A repository has a webhook that sends to this address, and no other. */
    public void add(String repository, String url) {
        hooks.put(key(repository), new Hook(state.nextId(), url));
    }

    /** Records that a delivery was sent to the webhook of the App, be that so or not; 0 for no answer. */
    public void sent(WebhookDelivery delivery, Instant at, int answered) {
        record(OF_THE_APP, delivery, at, answered);
    }

    /** The same for the webhook of a repository. */
    public void sent(String repository, WebhookDelivery delivery, Instant at, int answered) {
        record(key(repository), delivery, at, answered);
    }

    private void record(String key, WebhookDelivery delivery, Instant at, int answered) {
        attempts.computeIfAbsent(key, added -> new CopyOnWriteArrayList<>())
                .add(new Attempt(state.nextId(), delivery, at, answered));
    }

    private static String key(String repository) {
        return repository.toLowerCase(Locale.ROOT);
    }

    private String ofTheApp(Request request) {
        if (app.caller(request).kind() != GitHubCaller.Kind.APP) {
            throw GitHubErrors.refusal(401, "A JSON web token could not be decoded");
        }
        return OF_THE_APP;
    }

    private String ofRepository(Request request) {
        String key = key(state.visible(request, app.caller(request)).fullName());
        Hook hook = hooks.get(key);
        if (hook == null || !Long.toString(hook.id()).equals(request.parameter("hook"))) {
            throw GitHubErrors.notFound();
        }
        return key;
    }

    private Response listHooks(Request request) {
        Hook hook = hooks.get(key(state.visible(request, app.caller(request)).fullName()));
        return Response.json(
                200,
                hook == null
                        ? List.of()
                        : List.of(Json.object(
                                "type",
                                "Repository",
                                "id",
                                hook.id(),
                                "name",
                                "web",
                                "active",
                                true,
                                "events",
                                List.of("*"),
                                "config",
                                Json.object("content_type", "json", "insecure_ssl", "0", "url", hook.url()))));
    }

    private List<Attempt> kept(String key) {
        Instant oldest = Instant.now().minus(KEPT);
        return attempts.getOrDefault(key, List.of()).stream()
                .filter(attempt -> !attempt.at().isBefore(oldest))
                .sorted(Comparator.comparing(Attempt::at)
                        .thenComparing(Attempt::id)
                        .reversed())
                .toList();
    }

    private Response list(Request request, String key) {
        List<Attempt> all = kept(key);
        int size = Math.max(1, Math.min(100, request.number("per_page", 30)));
        String cursor = request.query().get("cursor");
        int from = cursor == null ? 0 : Integer.parseInt(cursor.replaceFirst("^v1_", ""));
        List<Object> page = new ArrayList<>();
        all.subList(Math.min(from, all.size()), Math.min(from + size, all.size()))
                .forEach(attempt -> page.add(brief(attempt)));
        Response response = Response.json(200, page);
        String here = gitHub.url() + request.target().replaceFirst("\\?.*", "");
        return from + size < all.size()
                ? response.with(
                        "Link", "<" + here + "?per_page=" + size + "&cursor=v1_" + (from + size) + ">; rel=\"next\"")
                : response;
    }

    private Response show(Request request, String key) {
        Attempt attempt = kept(key).stream()
                .filter(kept -> Long.toString(kept.id()).equals(request.parameter("delivery")))
                .findFirst()
                .orElseThrow(GitHubErrors::notFound);
        Map<String, @Nullable Object> json = brief(attempt);
        json.put(
                "request",
                Json.object(
                        "headers",
                        Json.object(
                                "Accept",
                                "*/*",
                                "content-type",
                                "application/x-www-form-urlencoded",
                                "User-Agent",
                                "GitHub-Hookshot/4b1e6d2",
                                "X-GitHub-Delivery",
                                attempt.delivery().id(),
                                "X-GitHub-Event",
                                attempt.delivery().event(),
                                "X-Hub-Signature-256",
                                "sha256=" + "0".repeat(64)),
                        "payload",
                        body(attempt)));
        json.put("response", Json.object("headers", Json.object(), "payload", null));
        return Response.json(200, json);
    }

    private static Map<String, @Nullable Object> brief(Attempt attempt) {
        JsonNode action = body(attempt).path("action");
        return Json.object(
                "id",
                attempt.id(),
                "guid",
                attempt.delivery().id(),
                "delivered_at",
                attempt.at().toString(),
                "redelivery",
                false,
                "duration",
                0.27,
                "status",
                attempt.answered() == 0 ? "timed out" : "Status " + attempt.answered(),
                "status_code",
                attempt.answered(),
                "event",
                attempt.delivery().event(),
                "action",
                action.isTextual() ? action.asText() : null,
                "installation_id",
                null,
                "repository_id",
                null,
                "throttled_at",
                null);
    }

    private static JsonNode body(Attempt attempt) {
        try {
            return Json.read(attempt.delivery().body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
