package dev.forgeway.simulator;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Forgejo's API (https://codeberg.org/api/swagger) and its webhooks. */
public final class ForgejoSimulator extends TokenForgeSimulator {

    private static final String REPOSITORY = "/api/v1/repos/{owner}/{repo}";
    private static final String COMMENTS = REPOSITORY + "/issues/{number}/comments";

    /** A Forgejo on any free port. */
    public ForgejoSimulator() {
        route("GET", REPOSITORY, request -> Response.json(200, repository(named(request))));
        route("GET", REPOSITORY + "/contents", request -> ForgejoChanges.list(files(request)));
        route("POST", REPOSITORY + "/contents", request -> ForgejoChanges.commit(named(request), request));
        route("GET", REPOSITORY + "/branches/{branch+}", request -> ForgejoChanges.branch(named(request), request));
        route("GET", REPOSITORY + "/pulls", this::listPullRequests);
        route("POST", REPOSITORY + "/pulls", this::openPullRequest);
        route("GET", REPOSITORY + "/contents/{file+}", request -> ForgejoChanges.read(files(request), request));
        route("GET", REPOSITORY + "/pulls/{number}", this::showPullRequest);
        route("GET", REPOSITORY + "/collaborators/{login}/permission", this::permission);
        route("GET", REPOSITORY + "/tags/{tag+}", request -> ForgejoReleases.tag(named(request), request));
        route("GET", REPOSITORY + "/releases/latest", request -> ForgejoReleases.latest(named(request)));
        route("GET", REPOSITORY + "/issues", request -> ForgejoReleases.issues(named(request)));
        route("POST", REPOSITORY + "/issues", request -> ForgejoReleases.openIssue(named(request), request));
        route("POST", REPOSITORY + "/statuses/{sha}", request -> ForgejoStatuses.put(named(request), request));
        route("GET", REPOSITORY + "/commits/{sha}/statuses", request -> ForgejoStatuses.list(named(request), request));
        route("GET", COMMENTS, this::listComments);
        route("POST", COMMENTS, this::addComment);
        route("POST", REPOSITORY + "/issues/comments/{comment}/reactions", this::react);
        startListening();
    }

    @Override
    public URI apiUrl() {
        return url().resolve("/api/v1");
    }

    @Override
    public WebhookDelivery opened(String project, int number) {
        ForgeProject at = project(project);
        ForgeProject.PullRequest pull = pullRequest(at, number);
        return delivery(
                "pull_request",
                Json.object(
                        "action", "opened",
                        "number", number,
                        "pull_request", pullRequest(at, pull),
                        "repository", repository(at),
                        "sender", user(pull.author())));
    }

    /** The payload has the pull request only as an issue, so that its head has to be asked for. */
    @Override
    public WebhookDelivery commented(String project, int number, String author, String text) {
        ForgeProject.PullRequest pull = pullRequest(project(project), number);
        Map<String, @Nullable Object> issue = Json.object(
                "number", number,
                "user", user(pull.author()),
                "labels", labels(pull),
                "pull_request", Json.object("merged", false));
        return commented(project, issue, number, author, text, true);
    }

    @Override
    public WebhookDelivery commentedOnIssue(String project, int number, String author, String text) {
        Map<String, @Nullable Object> issue =
                Json.object("number", number, "user", user("reporter"), "labels", List.of(), "pull_request", null);
        return commented(project, issue, number, author, text, false);
    }

    private WebhookDelivery commented(
            String project, Object issue, int number, String author, String text, boolean isPull) {
        ForgeProject at = project(project);
        IssueComment comment = at.addComment(number, author, text);
        return delivery(
                "issue_comment",
                Json.object(
                        "action",
                        "created",
                        "issue",
                        issue,
                        "comment",
                        shown(at, comment),
                        "repository",
                        repository(at),
                        "sender",
                        user(author),
                        "is_pull",
                        isPull));
    }

    @Override
    public WebhookDelivery pushed(String project, String branch, String before, String after) {
        ForgeProject at = project(project);
        at.addCommit(after);
        Map<String, @Nullable Object> push =
                Json.object("ref", "refs/heads/" + branch, "before", before, "after", after, "commits", List.of());
        push.putAll(Json.object("repository", repository(at), "pusher", user("ada"), "sender", user("ada")));
        return delivery("push", push);
    }

    @Override
    public WebhookDelivery released(String project, String tag, String commit) {
        ForgeProject at = project(project);
        at.release(tag, commit);
        Object release = ForgejoReleases.shown(tag);
        return delivery(
                "release",
                Json.object(
                        "action",
                        "published",
                        "release",
                        release,
                        "repository",
                        repository(at),
                        "sender",
                        user("ada")));
    }

    @Override
    HttpRequest.Builder webhook(HttpRequest.Builder request, String secret, WebhookDelivery delivery) {
        String signature = GitHubWebhooks.sign(secret, delivery.body()).substring("sha256=".length());
        return request.header("Content-Type", "application/json")
                .header("User-Agent", "Go-http-client/1.1")
                .header("X-Forgejo-Event", delivery.event())
                .header("X-Forgejo-Event-Type", delivery.event())
                .header("X-Forgejo-Delivery", delivery.id())
                .header("X-Forgejo-Signature", signature);
    }

    private static WebhookDelivery delivery(String event, Object body) {
        return new WebhookDelivery(event, UUID.randomUUID().toString(), Json.write(body));
    }

    private Map<String, @Nullable Object> repository(ForgeProject project) {
        return Json.object(
                "id", project.id(),
                "owner", user(project.namespace()),
                "name", project.name(),
                "full_name", project.path(),
                "private", project.isPrivate(),
                "internal", false,
                "html_url", page(project),
                "clone_url", page(project) + ".git",
                "default_branch", "main");
    }

    private static Map<String, @Nullable Object> user(String login) {
        return Json.object("id", Math.floorMod(login.hashCode(), 100_000), "login", login, "username", login);
    }

    private Map<String, @Nullable Object> pullRequest(ForgeProject at, ForgeProject.PullRequest pull) {
        return Json.object(
                "number", pull.number(),
                "user", user(pull.author()),
                "labels", labels(pull),
                "state", "open",
                "html_url", page(at) + "/pulls/" + pull.number(),
                "updated_at", now(),
                "base", Json.object("ref", pull.target(), "repo_id", at.id(), "repo", repository(at)),
                "head",
                        Json.object(
                                "ref",
                                pull.branch(),
                                "sha",
                                pull.head(),
                                "repo_id",
                                project(pull.source()).id(),
                                "repo",
                                repository(project(pull.source()))));
    }

    private static List<Map<String, @Nullable Object>> labels(ForgeProject.PullRequest pull) {
        return pull.labels().stream().map(label -> Json.object("name", label)).toList();
    }

    private String page(ForgeProject project) {
        return url() + "/" + project.path();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Map<String, String> files(Request request) {
        Map<String, String> files = named(request).files(request.query().getOrDefault("ref", "main"));
        if (files == null) {
            throw notFound();
        }
        return files;
    }

    private Response listPullRequests(Request request) {
        ForgeProject at = named(request);
        return Response.json(
                200,
                at.pullRequests().stream().map(pull -> pullRequest(at, pull)).toList());
    }

    private Response openPullRequest(Request request) {
        ForgeProject at = named(request);
        return Response.json(201, pullRequest(at, ForgejoChanges.open(at, request)));
    }

    private Response showPullRequest(Request request) {
        ForgeProject at = named(request);
        return at.pullRequest(number(request))
                .map(pull -> Response.json(200, pullRequest(at, pull)))
                .orElseThrow(ForgejoSimulator::notFound);
    }

    private Response permission(Request request) {
        String login = request.parameter("login");
        String role = named(request).members().getOrDefault(login, "read");
        return Response.json(200, Json.object("permission", role, "role_name", role, "user", user(login)));
    }

    private Response listComments(Request request) {
        ForgeProject at = named(request);
        return Response.json(
                200,
                at.comments(number(request)).stream()
                        .map(comment -> shown(at, comment))
                        .toList());
    }

    private Response addComment(Request request) {
        ForgeProject at = named(request);
        String body = request.json().path("body").asText();
        return Response.json(201, shown(at, at.addComment(number(request), ACCOUNT, body)));
    }

    private Map<String, @Nullable Object> shown(ForgeProject at, IssueComment comment) {
        return Json.object(
                "id", comment.id(),
                "body", comment.body(),
                "user", user(comment.author()),
                "html_url", page(at) + "/pulls/" + comment.issue() + "#issuecomment-" + comment.id(),
                "created_at",
                        comment.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                "updated_at",
                        comment.updatedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private Response react(Request request) {
        String content = request.json().path("content").asText();
        boolean added = named(request).react(Long.parseLong(request.parameter("comment")), ACCOUNT, content);
        return Response.json(added ? 201 : 200, Json.object("user", user(ACCOUNT), "content", content));
    }

    private static int number(Request request) {
        return Integer.parseInt(request.parameter("number"));
    }

    private ForgeProject named(Request request) {
        return find(request.parameter("owner") + "/" + request.parameter("repo"))
                .orElseThrow(ForgejoSimulator::notFound);
    }

    static Refusal notFound() {
        return new Refusal(
                Response.json(404, Json.object("errors", List.of(), "message", "The target couldn't be found.")));
    }

    @Override
    Response unauthorized() {
        return Response.json(401, Map.of("message", "invalid username, password or token"));
    }

    @Override
    Response unknownPath(Request request) {
        return notFound().response();
    }
}
