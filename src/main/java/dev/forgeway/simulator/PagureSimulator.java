package dev.forgeway.simulator;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pagure's API (https://pagure.io/api/0/), the raw files of its site, and its webhooks. */
public final class PagureSimulator extends TokenForgeSimulator {

    private static final String API = "/api/0/";
    private static final String PROJECT = API + "{project+}";
    private static final String PULL_REQUEST = PROJECT + "/pull-request/{number}";
    private static final String ISSUE = PROJECT + "/issue/{number}";
    private static final String FLAGS = PROJECT + "/c/{sha}/flag";

    private final PagureMessages messages = new PagureMessages(this::url);
    private final PagureChanges changes = new PagureChanges(this, messages);
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();

    /** A Pagure on any free port. */
    public PagureSimulator() {
        route("GET", API + "group/{name}", this::showGroup);
        route("GET", PROJECT + "/git/branches", this::listBranches);
        route("GET", PROJECT + "/tree/{sha}", request -> list(request, request.parameter("sha")));
        route("GET", PROJECT + "/tree", request -> list(request, "main"));
        route("GET", PROJECT + "/git/tags", this::listTags);
        route("POST", API + "-/whoami", request -> Response.json(200, Json.object("username", ACCOUNT)));
        route("GET", PROJECT + "/pull-requests", request -> changes.list(named(request)));
        route("POST", PROJECT + "/pull-request/new", request -> changes.open(named(request), request));
        route("POST", "/{project+}/git-receive-pack", this::receive);
        route("GET", PROJECT + "/issues", request -> PagureIssues.list(named(request), request));
        route("POST", PROJECT + "/new_issue", request -> PagureIssues.open(named(request), request));
        route("GET", "/{project+}/raw/{sha}/f/{file+}", this::read);
        route("GET", FLAGS, request -> PagureFlags.list(named(request), request));
        route("POST", FLAGS, request -> PagureFlags.put(named(request), request));
        route("POST", PULL_REQUEST + "/comment", this::addComment);
        route("POST", ISSUE + "/comment", this::addComment);
        route("GET", PULL_REQUEST, this::showPullRequest);
        route("GET", ISSUE, this::showIssue);
        route("GET", PROJECT, this::showProject);
        startListening();
    }

    @Override
    public URI apiUrl() {
        return url().resolve("/api/0");
    }

    /** A group of the whole site. */
    public PagureSimulator group(String name, String... members) {
        groups.put(name, List.of(members));
        return this;
    }

    /** This is now the newest commit of a branch. */
    public void putBranch(String project, String branch, String head) {
        project(project).putBranch(branch, List.of(head));
    }

    @Override
    public WebhookDelivery opened(String project, int number) {
        return changed("pull-request.new", project, number);
    }

    /** A pull request has the head now that it was given last. */
    public WebhookDelivery pushedTo(String project, int number) {
        return changed("pull-request.updated", project, number);
    }

    private WebhookDelivery changed(String topic, String project, int number) {
        ForgeProject at = project(project);
        ForgeProject.PullRequest pull = pullRequest(at, number);
        return messages.delivery(
                topic,
                Json.object(
                        "pullrequest", messages.pullRequest(at, project(pull.source()), pull), "agent", pull.author()));
    }

    /** The payload has all comments; the new one is the last. */
    @Override
    public WebhookDelivery commented(String project, int number, String author, String text) {
        ForgeProject at = project(project);
        ForgeProject.PullRequest pull = pullRequest(at, number);
        at.addComment(number, author, text);
        return messages.delivery(
                "pull-request.comment.added",
                Json.object("pullrequest", messages.pullRequest(at, project(pull.source()), pull), "agent", author));
    }

    /** Pagure has tags alone, and tells of them. */
    @Override
    public WebhookDelivery released(String project, String tag, String commit) {
        ForgeProject at = project(project);
        at.putTag(tag, commit);
        return messages.delivery(
                "git.tag.creation",
                Json.object("repo", messages.project(at), "tag", tag, "rev", commit, "agent", "keeper"));
    }

    @Override
    public WebhookDelivery pushed(String project, String branch, String before, String after) {
        ForgeProject at = project(project);
        at.addCommit(after);
        Map<String, @Nullable Object> message =
                Json.object("repo", messages.project(at), "branch", branch, "old_commit", before, "end_commit", after);
        message.putAll(
                Json.object("agent", "keeper", "forced", false, "changed_files", at.changedFiles(before, after)));
        return messages.delivery("git.receive", message);
    }

    @Override
    public WebhookDelivery commentedOnIssue(String project, int number, String author, String text) {
        ForgeProject at = project(project);
        at.addComment(number, author, text);
        return messages.delivery(
                "issue.comment.added",
                Json.object("issue", messages.issue(at, number), "project", messages.project(at), "agent", author));
    }

    /**
     * A commit has come to a branch.
     *
     * @param merged the pull request whose merge it is; null for a push by an account
     */
    public WebhookDelivery pushed(
            String project, String branch, String commit, String account, @Nullable Integer merged) {
        Map<String, @Nullable Object> message =
                Json.object("repo", messages.project(project(project)), "branch", branch, "old_commit", "b".repeat(40));
        message.putAll(Json.object("end_commit", commit, "start_commit", commit, "total_commits", 1, "agent", account));
        message.putAll(
                Json.object("changed_files", Map.of("hello.spec", "M"), "pull_request_id", merged, "forced", false));
        return messages.delivery("git.receive", message);
    }

    @Override
    HttpRequest.Builder webhook(HttpRequest.Builder request, String secret, WebhookDelivery delivery) {
        String signature = GitHubWebhooks.sign(secret, delivery.body()).substring("sha256=".length());
        return request.header("Content-Type", "application/json")
                .header("X-Pagure", url().toString())
                .header("X-Pagure-Topic", delivery.event())
                .header("X-Pagure-Signature-256", signature);
    }

    /** What is public can be read without an account. */
    @Override
    boolean isOpen(Request request) {
        return request.method().equals("GET") || isPusher(request);
    }

    private Response showProject(Request request) {
        ForgeProject at = named(request);
        Map<String, @Nullable Object> shown = messages.project(at);
        if (request.query().containsKey("expand_group")) {
            shown.put("group_details", Map.of());
        }
        return Response.json(200, shown);
    }

    private Response showGroup(Request request) {
        String name = request.parameter("name");
        List<String> members = groups.get(name);
        if (members == null) {
            throw refusal(404, "Group not found", "ENOGROUP");
        }
        return Response.json(200, Json.object("name", name, "group_type", "user", "members", members));
    }

    private Response listBranches(Request request) {
        Map<String, String> heads = named(request).heads();
        boolean withCommits = "true".equals(request.query().get("with_commits"));
        return Response.json(
                200,
                Json.object(
                        "branches",
                        withCommits ? heads : List.copyOf(heads.keySet()),
                        "default",
                        "main",
                        "total_branches",
                        heads.size()));
    }

    private Response list(Request request, String sha) {
        ForgeProject at = named(request);
        Map<String, String> files = at.files(sha);
        if (files == null) {
            throw refusal(404, "File not found in git repository", "EFILENOTFOUND");
        }
        List<Map<String, @Nullable Object>> entries = ForgeProject.root(files).entrySet().stream()
                .map(entry -> Json.object(
                        "type",
                        entry.getValue() ? "folder" : "file",
                        "name",
                        entry.getKey(),
                        "path",
                        entry.getKey(),
                        "content_url",
                        url() + "/" + at.path() + (entry.getValue() ? "/tree/" : "/raw/") + sha + "/f/"
                                + entry.getKey()))
                .toList();
        return Response.json(200, Json.object("type", "folder", "name", null, "content", entries));
    }

    /** A page of the site, which no API key opens. */
    private Response read(Request request) {
        ForgeProject at = find(request.parameter("project")).orElse(null);
        String text = at == null || at.isPrivate()
                ? null
                : Objects.requireNonNullElse(at.files(request.parameter("sha")), Map.<String, String>of())
                        .get(request.parameter("file"));
        return text == null
                ? Response.html(404, "<title>Page not found</title>")
                : new Response(200, Map.of("Content-Type", "text/plain; charset=utf-8"), text);
    }

    private Response listTags(Request request) {
        Map<String, String> tags = named(request).tags();
        Object shown =
                request.query().getOrDefault("with_commits", "false").equalsIgnoreCase("true") ? tags : tags.keySet();
        return Response.json(200, Json.object("tags", shown, "total_tags", tags.size()));
    }

    private Response showPullRequest(Request request) {
        ForgeProject at = named(request);
        return at.pullRequest(number(request))
                .map(pull -> Response.json(200, messages.pullRequest(at, project(pull.source()), pull)))
                .orElseThrow(() -> refusal(404, "Pull-Request not found", "ENOREQ"));
    }

    private Response showIssue(Request request) {
        return Response.json(200, messages.issue(named(request), number(request)));
    }

    /** Pagure tells no id of what it adds. */
    private Response addComment(Request request) {
        String text = request.json().path("comment").asText();
        if (text.isBlank()) {
            throw refusal(400, "Invalid or incomplete input submitted", "EINVALIDREQ");
        }
        named(request).addComment(number(request), ACCOUNT, text);
        return Response.json(200, Map.of("message", "Comment added"));
    }

    private static int number(Request request) {
        return Integer.parseInt(request.parameter("number"));
    }

    private ForgeProject named(Request request) {
        return find(request.parameter("project"))
                .filter(project -> !project.isPrivate() || isKnown(request))
                .orElseThrow(() -> refusal(404, "Project not found", "ENOPROJECT"));
    }

    static Refusal refusal(int status, String error, String code) {
        return new Refusal(Response.json(status, Json.object("error", error, "error_code", code)));
    }

    @Override
    Response unauthorized() {
        return refusal(401, "Invalid or expired token. Please visit the settings page", "EINVALIDTOK")
                .response();
    }

    @Override
    Response unknownPath(Request request) {
        return Response.html(404, "<title>Page not found</title>");
    }
}
