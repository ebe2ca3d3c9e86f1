package dev.forgeway.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A forge whose API is called with one token. Its projects have the commits, files and pull requests that a test gives
 * them, and nothing else.
 */
public abstract class TokenForgeSimulator extends HttpSimulator {

    /** The account that the token belongs to. */
    static final String ACCOUNT = "forgeway";

    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";
    private static final String TOKEN = "simulated-forge-token";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, ForgeProject> projects = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final GitRepositories git = new GitRepositories();

    TokenForgeSimulator() {
        super(0);
        route("GET", "/{project+}/info/refs", this::advertise);
        route("POST", "/{project+}/git-upload-pack", this::serve);
    }

    /** The root of the API, as it is configured. */
    public abstract URI apiUrl();

    /** A pull request was opened. */
    public abstract WebhookDelivery opened(String project, int number);

    /** A person comments on a pull request; the comment is there from now on. */
    public abstract WebhookDelivery commented(String project, int number, String author, String text);

    /** A person comments on an issue, which is there from now on, as the comment is. */
    public abstract WebhookDelivery commentedOnIssue(String project, int number, String author, String text);

    /** Somebody pushed to a branch, whose newest commit this is now. */
    public abstract WebhookDelivery pushed(String project, String branch, String before, String after);

    /** Somebody released a commit, under a tag that is there from now on, as the release is where there are releases. */
    public abstract WebhookDelivery released(String project, String tag, String commit);

    /** The request that the forge makes for a delivery, with its proof. */
    abstract HttpRequest.Builder webhook(HttpRequest.Builder request, String secret, WebhookDelivery delivery);

    /** How the forge refuses a call without the right token. */
    abstract Response unauthorized();

    /** The token that lets callers in. */
    public final String token() {
        return TOKEN;
    }

    /** Sends a delivery with the forge's headers and waits for the answer. */
    public final WebhookDelivery.Answer send(URI target, String secret, WebhookDelivery delivery) {
        HttpRequest request = webhook(HttpRequest.newBuilder(target).timeout(PATIENCE), secret, delivery)
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new WebhookDelivery.Answer(
                    response.statusCode(), response.body(), Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Adds a project by its whole path. */
    public final void addProject(String path, boolean isPrivate) {
        projects.put(path, new ForgeProject(path, isPrivate));
    }

    /** Puts a text file into a commit, which becomes known. */
    public final void putFile(String project, String commit, String file, String text) {
        project(project).putFile(commit, file, text);
    }

    /** Makes these the files of the repository, at a tag and on its main branch, for those who clone it. */
    public final void putRepository(String project, String tag, Map<String, String> files) {
        git.commit(project, "main", files, "Change files");
        git.tag(project, tag, "main");
    }

    /** The texts in a branch of the repository, as somebody pushed it. */
    public final Map<String, String> repositoryFiles(String project, String branch) {
        return git.files(project, branch);
    }

    private Response advertise(Request request) {
        String service = request.query().getOrDefault("service", "");
        if (service.equals(RECEIVE)) {
            mustBeLetPush(request);
        }
        return git.advertise(repository(request), service);
    }

    /** Takes a push. */
    final Response receive(Request request) {
        mustBeLetPush(request);
        return git.serve(repository(request), RECEIVE, request);
    }

    private static void mustBeLetPush(Request request) {
        if (!isPusher(request)) {
            throw new Refusal(Response.html(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"Forge\""));
        }
    }

    /** Whether it is our account with its token, as git sends them. */
    static boolean isPusher(Request request) {
        String login = Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + login).equals(request.header("authorization"));
    }

    private Response serve(Request request) {
        return git.serve(repository(request), UPLOAD, request);
    }

    private String repository(Request request) {
        String path = request.parameter("project").replaceFirst("\\.git$", "");
        if (!git.exists(path)) {
            throw new Refusal(Response.html(404, "not found"));
        }
        return path;
    }

    /** Opens a pull request from the branch {@code topic} of a project, maybe a fork, to {@code main}. */
    public final void addPullRequest(String project, int number, String head, String author, String source) {
        addPullRequest(project, number, head, author, source, "main");
    }

    /** Opens a pull request from the branch {@code topic} of a project, maybe a fork, to a branch. */
    public final void addPullRequest(
            String project, int number, String head, String author, String source, String target) {
        projects.computeIfAbsent(source, added -> new ForgeProject(source, false))
                .addCommit(head);
        project(project).put(new ForgeProject.PullRequest(number, author, head, source, "topic", target, List.of()));
    }

    /** A pull request has these labels and no others. */
    public final void label(String project, int number, String... labels) {
        ForgeProject at = project(project);
        at.put(pullRequest(at, number).withLabels(List.of(labels)));
    }

    /** Gives an account a role in a project, in the forge's words. */
    public final void addMember(String project, String account, String role) {
        project(project).addMember(account, role);
    }

    /** The newest status of each name at a commit. */
    public final List<CommitStatus> statuses(String project, String commit) {
        return project(project).statuses(commit);
    }

    /** Every status that a commit was given, oldest first. */
    public final List<CommitStatus> statusHistory(String project, String commit) {
        return project(project).statusHistory(commit);
    }

    /** The comments of a pull request or an issue, oldest first, with their reactions. */
    public final List<IssueComment> comments(String project, int number) {
        return project(project).comments(number);
    }

    /** The texts of the files of a branch. */
    public final Map<String, String> files(String project, String branch) {
        return Objects.requireNonNull(project(project).files(branch), branch);
    }

    /** The branches that open pull requests want to bring to others, as {@code from to to}. */
    public final List<String> proposals(String project) {
        return project(project).pullRequests().stream()
                .map(one -> one.branch() + " to " + one.target())
                .toList();
    }

    /** The issues that calls opened, the newest first; nobody closes them. */
    public final List<GitHubIssue> issues(String project) {
        return project(project).issues().stream()
                .map(issue -> new GitHubIssue(issue.number(), issue.title(), issue.author(), issue.body(), "open"))
                .toList();
    }

    final ForgeProject project(String path) {
        return find(path).orElseThrow(() -> new IllegalArgumentException("No project " + path));
    }

    /** A project by its path, or by its number. */
    final Optional<ForgeProject> find(String pathOrId) {
        ForgeProject named = projects.get(pathOrId);
        return named != null
                ? Optional.of(named)
                : projects.values().stream()
                        .filter(project -> Long.toString(project.id()).equals(pathOrId))
                        .findFirst();
    }

    final ForgeProject.PullRequest pullRequest(ForgeProject project, int number) {
        return project.pullRequest(number)
                .orElseThrow(() -> new IllegalArgumentException("No pull request " + project.path() + "#" + number));
    }

    /** Whether the forge answers such a request for everybody. */
    boolean isOpen(Request request) {
        return false;
    }

    static boolean isKnown(Request request) {
        String authorization = request.header("authorization");
        return authorization != null && authorization.replaceFirst("^\\S+ ", "").equals(TOKEN);
    }

    /** Everybody may clone. */
    private static boolean isGit(Request request) {
        return request.target().endsWith("?service=" + UPLOAD)
                || request.target().endsWith("/" + UPLOAD);
    }

    @Override
    final Response perform(Request request) {
        return isKnown(request) || isOpen(request) || isGit(request) ? super.perform(request) : unauthorized();
    }

    @Override
    public void close() {
        super.close();
        git.close();
    }
}
