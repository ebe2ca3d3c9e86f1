package dev.forgeway.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * GitHub.com's API for one GitHub App, with the App's key: installation tokens, GraphQL, checks, comments, contents
 * (https://docs.github.com/en/rest, https://docs.github.com/en/graphql). Calls need a token, as at GitHub, and each
 * answer has the headers of the rate limit, which is enforced. A repository has the commits, files and pull requests
 * that a test gives it, and nothing else; the branch {@code main} is always there.
 */
public final class GitHubSimulator extends HttpSimulator {

    private final GitHubState state = new GitHubState();
    private final GitHubApp app = new GitHubApp();
    private final GitHubObjects objects;
    private final GitHubComments comments;
    private final GitHubFeeds feeds;
    private final GitHubHooks hooks = new GitHubHooks(state, app, this);
    private final GitHubInstallations installations;
    private volatile Duration pollInterval = Duration.ZERO;
    private final GitHubLimits limits = new GitHubLimits();

    /** A GitHub on any free port. */
    public GitHubSimulator() {
        this(0);
    }

    /** @param port 0 takes any free one */
    public GitHubSimulator(int port) {
        super(port);
        this.objects = new GitHubObjects(this);
        this.comments = new GitHubComments(state, app, objects, this);
        this.installations = new GitHubInstallations(state, app, objects, this);
        comments.addRoutes();
        new GitHubIssues(state, app, objects, this).addRoutes();
        new GitHubChecks(state, app, objects, this).addRoutes();
        new GitHubStatuses(state, app, objects).addRoutes(this);
        route(
                "GET",
                "/repos/{owner}/{repo}/collaborators/{login}/permission",
                new GitHubPermissions(state, app, objects)::find);
        this.feeds = new GitHubFeeds(state, app, objects, this);
        feeds.addRoutes();
        hooks.addRoutes();
        new GitHubContents(state, app, objects, this).addRoutes();
        route("POST", "/graphql", new GitHubGraphql(state, app, limits.graphQl())::answer);
        installations.addRoutes();
        route("GET", "/rate_limit", request -> Response.json(200, Map.of("resources", limits.resources())));
        startListening();
    }

    /** The App's id, the issuer of its JSON web tokens. */
    public String appId() {
        return Long.toString(app.id());
    }

    /** The App's private key as GitHub hands it out: PKCS#1 in PEM. It is another one for each simulator. */
    public String privateKeyPem() {
        return app.privateKeyPem();
    }

    /** Also lets in callers with this personal access token. They cannot write checks. */
    public GitHubSimulator personalToken(String token) {
        app.personalToken(token);
        return this;
    }

    /** How long installation tokens issued from now on are valid; an hour unless changed. */
    public GitHubSimulator tokenLifetime(Duration lifetime) {
        app.tokenLifetime(lifetime);
        return this;
    }

    /** Makes all installation tokens issued so far invalid. */
    public void revokeTokens() {
        app.revokeTokens();
    }

    /** Gives the REST API and the GraphQL API a new budget of calls each. */
    public GitHubSimulator rateLimit(int calls, Duration window) {
        limits.set(calls, window);
        return this;
    }

    /**
     * Refuses from now on what is beyond GitHub's secondary limits.
     *
     * @param minute how long a minute is here; the hour has sixty of them
     */
    public GitHubSimulator enforceLimits(Duration minute) {
        limits.enforce(minute);
        return this;
    }

    /** Has no secondary limits any more. */
    public GitHubSimulator ignoreLimits() {
        limits.enforce(null);
        return this;
    }

    /** Adds a repository, on whose owner the App is installed. */
    public GitHubSimulator addRepository(String fullName, boolean isPrivate) {
        state.add(fullName, isPrivate);
        return this;
    }

    /** The id of the App's installation on the owner of a repository. */
    public long installationId(String repository) {
        return state.installation(repository.substring(0, repository.indexOf('/')));
    }

    /** Makes a commit known. */
    public GitHubSimulator addCommit(String repository, String commit) {
        state.get(repository).addCommit(commit);
        return this;
    }

    /** Makes these all commits of a branch, oldest first; they become known. */
    public GitHubSimulator putBranch(String repository, String branch, String... commits) {
        state.get(repository).putBranch(branch, List.of(commits));
        return this;
    }

    /** A tag is at a commit, which becomes known. */
    public GitHubSimulator putTag(String repository, String tag, String commit) {
        state.get(repository).putTag(tag, commit);
        return this;
    }

    /** Puts a text file into a commit (or the branch {@code main}); the commit becomes known. */
    public GitHubSimulator putFile(String repository, String commit, String path, String text) {
        state.get(repository).putFile(commit, path, text);
        return this;
    }

    /** Opens a pull request; its head commit becomes known. A head owner other than the repository's means a fork. */
    public GitHubSimulator addPullRequest(
            String repository, int number, String headSha, String headOwner, String headRef, String baseRef) {
        GitHubRepository target = state.get(repository);
        String baseSha = GitHubContents.blobId(repository + baseRef);
        target.putPullRequest(new GitHubRepository.PullRequest(
                number,
                "Change number " + number,
                headOwner,
                "What it changes, and why.",
                "open",
                headSha,
                headOwner,
                headRef,
                baseRef,
                baseSha,
                List.of(),
                0));
        return this;
    }

    /** A pull request has these labels and no others. */
    public GitHubSimulator label(String repository, int number, String... labels) {
        GitHubRepository.PullRequest unused =
                state.get(repository).changePullRequest(number, pull -> pull.withLabels(List.of(labels)));
        return this;
    }

    /** Gives an account a role in a repository: admin, maintain, write, triage or read. */
    public GitHubSimulator addCollaborator(String repository, String login, String role) {
        state.get(repository).addCollaborator(login, role);
        return this;
    }

    /** A push to the branch of a pull request: its head is now another commit, which becomes known. */
    public GitHubSimulator moveHead(String repository, int number, String sha) {
        GitHubRepository.PullRequest unused =
                state.get(repository).changePullRequest(number, pull -> pull.withHead(sha));
        return this;
    }

    /** Opens an issue. */
    public GitHubSimulator addIssue(String repository, int number, String title) {
        state.get(repository)
                .putIssue(new GitHubRepository.Issue(number, title, "reporter", "What it is about.", "open"));
        return this;
    }

    /** The issues of a repository, oldest first. */
    public List<GitHubIssue> issues(String repository) {
        return state.get(repository).issues().stream().map(GitHubIssue::of).toList();
    }

    /** Makes the events API tell what a webhook's delivery tells, be that sent or not. */
    public GitHubSimulator happened(WebhookDelivery delivery) {
        feeds.happened(delivery);
        return this;
    }

    /** The record of what was sent to webhooks. */
    public GitHubHooks hooks() {
        return hooks;
    }

    /** How long those who ask for events are told to wait; no time unless changed. */
    public GitHubSimulator pollInterval(Duration interval) {
        this.pollInterval = interval;
        return this;
    }

    Duration pollInterval() {
        return pollInterval;
    }

    /** Adds a comment as a person writes it in the browser. */
    public IssueComment addComment(String repository, int issue, String author, String body) {
        return comments.add(state.get(repository), issue, author, body);
    }

    /** The author of a comment writes it anew. */
    public IssueComment editComment(String repository, long id, String body) {
        return comments.edit(state.get(repository), id, body);
    }

    /** The check runs of a commit as they are now, oldest first. */
    public List<CheckRun> checkRuns(String repository, String sha) {
        return state.get(repository).checks(sha);
    }

    /** A check run after each of its calls, oldest first; empty when there is no such check run. */
    public List<CheckRun> checkRunHistory(String repository, long id) {
        return state.get(repository).checkHistory(id);
    }

    /** Every status of a commit, oldest first; the newest of a name is shown. */
    public List<CommitStatus> statusHistory(String repository, String sha) {
        return state.get(repository).statuses(sha);
    }

    /** The comments of an issue or a pull request, oldest first, with their reactions. */
    public List<IssueComment> comments(String repository, int issue) {
        return state.get(repository).comments(issue);
    }

    /** Sends this GitHub's deliveries to an address, signed with a secret. */
    public GitHubWebhooks webhooks(URI target, String secret) {
        return new GitHubWebhooks(state, objects, comments, installations, app.id(), target, secret);
    }

    @Override
    Response perform(Request request) {
        if (request.target().startsWith(SimulatorControl.PATH)) {
            return super.perform(request);
        }
        RateLimit limit = limits.of(request);
        Response response;
        try {
            GitHubCaller caller = app.caller(request);
            boolean free =
                    caller.kind() == GitHubCaller.Kind.APP || request.target().startsWith("/rate_limit");
            response = unlessKnown(
                    request, free ? super.perform(request) : limits.within(caller, request, super::perform));
            if (response.status() == 304) {
                limit.giveBack();
            }
        } catch (Refusal e) {
            response = e.response();
        }
        return response.with(limit.headers())
                .with(Map.of("x-github-request-id", UUID.randomUUID().toString(), "x-github-media-type", "github.v3"));
    }

    /** What can be read has a tag, and an answer that is as it was is empty and free. */
    private static Response unlessKnown(Request request, Response full) {
        if (!request.method().equals("GET") || full.status() != 200) {
            return full;
        }
        String etag = "W/\"" + GitHubContents.blobId(full.body()) + "\"";
        return etag.equals(request.header("if-none-match"))
                ? new Response(304, full.headers(), "").with("ETag", etag)
                : full.with("ETag", etag);
    }

    @Override
    Response unknownPath(Request request) {
        return GitHubErrors.response(404, "Not Found");
    }
}
