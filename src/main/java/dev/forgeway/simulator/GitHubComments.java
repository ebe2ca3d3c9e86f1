package dev.forgeway.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Comments on issues, pull requests and commits, and reactions to them
 * (https://docs.github.com/en/rest/issues/comments, https://docs.github.com/en/rest/commits/comments,
 * https://docs.github.com/en/rest/reactions/reactions).
 */
final class GitHubComments {

    static final List<String> REACTIONS = List.of("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes");
    private static final int LONGEST_BODY = 65_536;

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;

    GitHubComments(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        gitHub.route("POST", "/repos/{owner}/{repo}/issues/{number}/comments", this::create);
        gitHub.route("GET", "/repos/{owner}/{repo}/issues/{number}/comments", this::list);
        gitHub.route("GET", "/repos/{owner}/{repo}/issues/comments/{id}", this::get);
        gitHub.route("PATCH", "/repos/{owner}/{repo}/issues/comments/{id}", this::edit);
        gitHub.route("POST", "/repos/{owner}/{repo}/issues/comments/{id}/reactions", this::react);
        gitHub.route("POST", "/repos/{owner}/{repo}/commits/{sha}/comments", this::createOnCommit);
        gitHub.route("GET", "/repos/{owner}/{repo}/commits/{sha}/comments", this::listOnCommit);
        gitHub.route("POST", "/repos/{owner}/{repo}/comments/{id}/reactions", this::react);
    }

    /** Adds a comment as a person or an app writes it. */
    IssueComment add(GitHubRepository repository, int issue, String author, String body) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        IssueComment comment = new IssueComment(state.nextId(), issue, author, body, now, now, Map.of());
        repository.putComment(comment);
        return comment;
    }

    private Response create(Request request) {
        GitHubCaller caller = app.caller(request);
        GitHubRepository repository = state.writable(request, caller);
        IssueComment comment = add(repository, issue(repository, request), caller.login(), body(request));
        return Response.json(201, objects.comment(repository, comment));
    }

    private Response createOnCommit(Request request) {
        GitHubCaller caller = app.caller(request);
        GitHubRepository repository = state.writable(request, caller);
        String sha = request.parameter("sha");
        IssueComment comment = add(repository, IssueComment.onCommit(sha), caller.login(), body(request));
        return Response.json(201, objects.comment(repository, sha, comment));
    }

    private Response listOnCommit(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String sha = request.parameter("sha");
        return Response.json(
                200,
                repository.comments(IssueComment.onCommit(sha)).stream()
                        .map(comment -> objects.comment(repository, sha, comment))
                        .toList());
    }

    private Response list(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String since = request.query().get("since");
        List<IssueComment> found = repository.comments(issue(repository, request)).stream()
                .filter(comment -> since == null || !comment.updatedAt().isBefore(Instant.parse(since)))
                .toList();
        Pages pages = new Pages(request, gitHub.url().toString());
        List<Map<String, @Nullable Object>> items = pages.of(found).stream()
                .map(comment -> objects.comment(repository, comment))
                .toList();
        Response response = Response.json(200, items);
        return pages.links(found.size())
                .map(link -> response.with("Link", link))
                .orElse(response);
    }

    private Response get(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        return Response.json(200, objects.comment(repository, comment(repository, request)));
    }

    /** Gives a comment another text. */
    IssueComment edit(GitHubRepository repository, long id, String body) {
        IssueComment before = repository.comment(id).orElseThrow(GitHubErrors::notFound);
        IssueComment comment = new IssueComment(
                before.id(),
                before.issue(),
                before.author(),
                body,
                before.createdAt(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                before.reactions());
        repository.putComment(comment);
        return comment;
    }

    private Response edit(Request request) {
        GitHubRepository repository = state.writable(request, app.caller(request));
        IssueComment comment = edit(repository, comment(repository, request).id(), body(request));
        return Response.json(200, objects.comment(repository, comment));
    }

    private Response react(Request request) {
        GitHubCaller caller = app.caller(request);
        GitHubRepository repository = state.writable(request, caller);
        IssueComment comment = comment(repository, request);
        String content = Json.text(request.json(), "content");
        if (content == null || !REACTIONS.contains(content)) {
            throw GitHubErrors.validationFailed("Reaction", "invalid", "content", "content is not a known reaction");
        }
        boolean added = repository.react(comment.id(), content, caller.login());
        return Response.json(
                added ? 201 : 200,
                Json.object(
                        "id", GitHubObjects.idOf(comment.id() + content + caller.login()),
                        "node_id", "REA_" + comment.id(),
                        "user", objects.user(caller.login()),
                        "content", content,
                        "created_at",
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private static String body(Request request) {
        String body = Json.text(request.json(), "body");
        if (body == null || body.isBlank()) {
            throw GitHubErrors.validationFailed("IssueComment", "missing_field", "body", "Body cannot be blank");
        }
        if (body.length() > LONGEST_BODY) {
            throw GitHubErrors.validationFailed(
                    "IssueComment", "unprocessable", "data", "Body is too long (maximum is 65536 characters)");
        }
        return body;
    }

    private static int issue(GitHubRepository repository, Request request) {
        String number = request.parameter("number");
        if (!number.matches("\\d{1,9}") || repository.issueTitle(Integer.parseInt(number)) == null) {
            throw GitHubErrors.notFound();
        }
        return Integer.parseInt(number);
    }

    private static IssueComment comment(GitHubRepository repository, Request request) {
        String id = request.parameter("id");
        return (id.matches("\\d{1,18}") ? repository.comment(Long.parseLong(id)) : Optional.<IssueComment>empty())
                .orElseThrow(GitHubErrors::notFound);
    }
}
