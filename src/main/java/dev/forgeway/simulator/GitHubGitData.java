package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Trees, commits and branches that are made by the API (https://docs.github.com/en/rest/git), and the pull requests from them
 * (https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request).
 */
final class GitHubGitData {

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;
    private final Map<String, Map<String, String>> trees = new ConcurrentHashMap<>();
    private final Map<String, String> branches = new ConcurrentHashMap<>();

    GitHubGitData(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        String git = "/repos/{owner}/{repo}/git/";
        gitHub.route("GET", git + "ref/heads/{branch+}", this::findBranch);
        gitHub.route("GET", git + "commits/{sha}", this::findCommit);
        gitHub.route("POST", git + "trees", this::createTree);
        gitHub.route("POST", git + "commits", this::createCommit);
        gitHub.route("POST", git + "refs", this::createBranch);
        gitHub.route("PATCH", git + "refs/heads/{branch+}", this::moveBranch);
        gitHub.route("POST", "/repos/{owner}/{repo}/pulls", this::open);
    }

    private Response findBranch(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        Map<String, String> files = repository.tree(request.parameter("branch")).orElseThrow(GitHubErrors::notFound);
        String sha = id("commit of " + request.parameter("branch"), files);
        put(repository, sha, files);
        return Response.json(200, ref(request.parameter("branch"), sha));
    }

    private Response findCommit(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        Map<String, String> files = repository.tree(request.parameter("sha")).orElseThrow(GitHubErrors::notFound);
        return Response.json(
                200, Json.object("sha", request.parameter("sha"), "tree", Json.object("sha", id("tree", files))));
    }

    private Response createTree(Request request) {
        GitHubRepository repository = state.writable(request, app.caller(request));
        Map<String, String> files = new TreeMap<>(
                repository.tree(request.json().path("base_tree").asText()).orElseThrow(GitHubErrors::notFound));
        for (JsonNode entry : request.json().path("tree")) {
            files.put(entry.path("path").asText(), entry.path("content").asText());
        }
        String sha = id("tree", files);
        trees.put(sha, files);
        return Response.json(201, Json.object("sha", sha));
    }

    private Response createCommit(Request request) {
        GitHubRepository repository = state.writable(request, app.caller(request));
        Map<String, String> files = trees.get(request.json().path("tree").asText());
        if (files == null || request.json().path("message").asText().isBlank()) {
            throw GitHubErrors.invalid("Tree SHA does not exist");
        }
        String sha = id(request.json().toString(), files);
        put(repository, sha, files);
        return Response.json(201, Json.object("sha", sha));
    }

    private Response createBranch(Request request) {
        GitHubRepository repository = state.writable(request, app.caller(request));
        String branch = request.json().path("ref").asText().replaceFirst("^refs/heads/", "");
        if (repository.knows(branch)) {
            throw GitHubErrors.invalid("Reference already exists");
        }
        return move(repository, branch, request.json().path("sha").asText(), 201);
    }

    private Response moveBranch(Request request) {
        GitHubRepository repository = state.writable(request, app.caller(request));
        if (!request.json().path("force").asBoolean()) {
            throw GitHubErrors.invalid("Update is not a fast forward");
        }
        return move(
                repository,
                request.parameter("branch"),
                request.json().path("sha").asText(),
                200);
    }

    private Response move(GitHubRepository repository, String branch, String sha, int status) {
        put(repository, branch, repository.tree(sha).orElseThrow(() -> GitHubErrors.invalid("Object does not exist")));
        branches.put(repository.fullName() + ":" + branch, sha);
        return Response.json(status, ref(branch, sha));
    }

    private Response open(Request request) {
        GitHubCaller caller = app.caller(request);
        GitHubRepository repository = state.writable(request, caller);
        JsonNode wanted = request.json();
        String head = wanted.path("head").asText();
        String sha = branches.get(repository.fullName() + ":" + head);
        boolean exists = repository.openPullRequests().stream()
                .anyMatch(pull -> pull.headRef().equals(head));
        if (sha == null || exists) {
            throw GitHubErrors.validationFailed("PullRequest", "invalid", "head", "head cannot be taken");
        }
        GitHubRepository.PullRequest made = new GitHubRepository.PullRequest(
                repository.openIssueNumber(),
                wanted.path("title").asText(),
                caller.login(),
                wanted.path("body").asText(),
                "open",
                sha,
                repository.owner(),
                head,
                wanted.path("base").asText(),
                id("base", Map.of()),
                List.of(),
                0);
        repository.putPullRequest(made);
        return Response.json(201, objects.pullRequest(repository, made));
    }

    private static void put(GitHubRepository repository, String ref, Map<String, String> files) {
        repository.addCommit(ref);
        files.forEach((path, text) -> repository.putFile(ref, path, text));
    }

    private static Map<String, @Nullable Object> ref(String branch, String sha) {
        return Json.object("ref", "refs/heads/" + branch, "object", Json.object("type", "commit", "sha", sha));
    }

    private static String id(String kind, Map<String, String> files) {
        return GitHubContents.blobId(kind + new TreeMap<>(files));
    }
}
