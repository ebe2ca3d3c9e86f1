package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lets another process fill the simulated GitHub and look at what happened, without a token, under {@code
 * /_simulator} of GitHub's address:
 *
 * <ul>
 *   <li>{@code POST /_simulator/repositories} {@code {"name":"o/r","private":false}}
 *   <li>{@code POST /_simulator/files} {@code {"repository":"o/r","commit":"…","path":"…","text":"…"}}
 *   <li>{@code POST /_simulator/pull-requests} {@code
 *       {"repository":"o/r","number":1,"headSha":"…","headOwner":"o","headRef":"topic","baseRef":"main"}}
 *   <li>{@code GET /_simulator/check-runs?repository=o/r&sha=…}, {@code GET /_simulator/comments?repository=o/r&issue=1},
 *       {@code GET /_simulator/builds}
 *   <li>{@code GET /_simulator/calls}: how many calls each service had
 * </ul>
 */
final class SimulatorControl {

    static final String PATH = "/_simulator/";

    private final GitHubSimulator gitHub;
    private final CoprSimulator copr;

    SimulatorControl(GitHubSimulator gitHub, CoprSimulator copr) {
        this.gitHub = gitHub;
        this.copr = copr;
    }

    void addRoutes() {
        gitHub.route("POST", PATH + "repositories", this::addRepository);
        gitHub.route("POST", PATH + "files", this::putFile);
        gitHub.route("POST", PATH + "pull-requests", this::addPullRequest);
        gitHub.route("GET", PATH + "check-runs", this::checkRuns);
        gitHub.route("GET", PATH + "comments", this::comments);
        gitHub.route(
                "GET",
                PATH + "builds",
                request -> Response.json(
                        200,
                        copr.builds().stream()
                                .map(build -> CoprJson.of(build, copr.url()))
                                .toList()));
        gitHub.route(
                "GET",
                PATH + "calls",
                request -> Response.json(
                        200,
                        Map.of(
                                "github",
                                gitHub.calls().size(),
                                "copr",
                                copr.calls().size())));
    }

    private Response addRepository(Request request) {
        JsonNode body = request.json();
        gitHub.addRepository(text(body, "name"), body.path("private").asBoolean());
        return done();
    }

    private Response putFile(Request request) {
        JsonNode body = request.json();
        gitHub.putFile(text(body, "repository"), text(body, "commit"), text(body, "path"), text(body, "text"));
        return done();
    }

    private Response checkRuns(Request request) {
        String repository = Objects.requireNonNull(request.query().get("repository"));
        String sha = Objects.requireNonNull(request.query().get("sha"));
        return Response.json(200, gitHub.checkRuns(repository, sha));
    }

    private Response comments(Request request) {
        String repository = Objects.requireNonNull(request.query().get("repository"));
        List<IssueComment> comments = gitHub.comments(repository, request.number("issue", 0));
        return Response.json(200, comments.stream().map(IssueComment::body).toList());
    }

    private Response addPullRequest(Request request) {
        JsonNode body = request.json();
        gitHub.addPullRequest(
                text(body, "repository"),
                body.path("number").asInt(),
                text(body, "headSha"),
                text(body, "headOwner"),
                text(body, "headRef"),
                text(body, "baseRef"));
        return done();
    }

    private static Response done() {
        return Response.json(200, Map.of());
    }

    private static String text(JsonNode body, String field) {
        String text = Json.text(body, field);
        if (text == null) {
            throw GitHubErrors.invalid("\"" + field + "\" wasn't supplied.");
        }
        return text;
    }
}
