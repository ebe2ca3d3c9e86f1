package dev.forgeway.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Repositories, pull requests and files (https://docs.github.com/en/rest/repos/contents). */
final class GitHubContents {

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;

    GitHubContents(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        new GitHubGitData(state, app, objects, gitHub).addRoutes();
        gitHub.route("GET", "/repos/{owner}/{repo}", request -> {
            GitHubRepository repository = state.visible(request, app.caller(request));
            return Response.json(200, objects.repository(repository));
        });
        gitHub.route("GET", "/repos/{owner}/{repo}/pulls/{number}", this::pullRequest);
        gitHub.route("GET", "/repos/{owner}/{repo}/releases/latest", this::latestRelease);
        gitHub.route("GET", "/repos/{owner}/{repo}/compare/{basehead}", this::compare);
        gitHub.route("GET", "/repos/{owner}/{repo}/contents", request -> contents(request, ""));
        gitHub.route(
                "GET",
                "/repos/{owner}/{repo}/contents/{path+}",
                request -> contents(request, request.parameter("path")));
    }

    /** Two names with three dots between them (https://docs.github.com/en/rest/commits/commits#compare-two-commits). */
    private Response compare(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String both = request.parameter("basehead");
        int dots = both.indexOf("...");
        List<String> base = dots < 0 ? null : repository.branch(both.substring(0, dots));
        String head = both.substring(Math.min(dots + 3, both.length()));
        if (base == null || !repository.knows(head)) {
            throw GitHubErrors.notFound();
        }
        int behind = base.size() - 1 - base.indexOf(head);
        boolean isOn = base.contains(head);
        String status = !isOn ? "diverged" : behind == 0 ? "identical" : "behind";
        return Response.json(
                200,
                Json.object(
                        "status",
                        status,
                        "ahead_by",
                        isOn ? 0 : 1,
                        "behind_by",
                        isOn ? behind : base.size(),
                        "total_commits",
                        isOn ? 0 : 1,
                        "commits",
                        List.of(),
                        "files",
                        List.of()));
    }

    private Response pullRequest(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String number = request.parameter("number");
        return (number.matches("\\d{1,9}")
                        ? repository.pullRequest(Integer.parseInt(number))
                        : Optional.<GitHubRepository.PullRequest>empty())
                .map(pull -> Response.json(200, objects.pullRequest(repository, pull)))
                .orElseThrow(GitHubErrors::notFound);
    }

    private Response latestRelease(Request request) {
        return state.visible(request, app.caller(request))
                .newestTag()
                .map(tag -> Response.json(200, Json.object("tag_name", tag)))
                .orElseThrow(GitHubErrors::notFound);
    }

    private Response contents(Request request, String path) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String ref = request.query().getOrDefault("ref", "main");
        Map<String, String> files =
                repository.tree(ref).orElseThrow(() -> GitHubErrors.refusal(404, "No commit found for the ref " + ref));
        String text = files.get(path);
        if (text != null) {
            String accept = request.header("accept");
            return accept != null && accept.contains("raw")
                    ? new Response(200, Map.of("Content-Type", "application/vnd.github.raw; charset=utf-8"), text)
                    : Response.json(200, file(repository, ref, path, text));
        }
        List<Map<String, @Nullable Object>> entries = entries(repository, ref, files, path);
        if (entries.isEmpty() && !path.isEmpty()) {
            throw GitHubErrors.notFound();
        }
        return Response.json(200, entries);
    }

    private List<Map<String, @Nullable Object>> entries(
            GitHubRepository repository, String ref, Map<String, String> files, String folder) {
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        for (String name : names(files, folder)) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            String text = files.get(path);
            Map<String, @Nullable Object> entry =
                    entry(repository, ref, path, text == null ? "dir" : "file", text == null ? "" : text);
            entries.add(entry);
        }
        return entries;
    }

    /** The names directly in a folder; "" is the root. */
    static SortedSet<String> names(Map<String, String> files, String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        SortedSet<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
            if (path.startsWith(prefix)) {
                names.add(path.substring(prefix.length()).replaceFirst("/.*", ""));
            }
        }
        return names;
    }

    private Map<String, @Nullable Object> file(GitHubRepository repository, String ref, String path, String text) {
        Map<String, @Nullable Object> file = entry(repository, ref, path, "file", text);
        file.put(
                "content",
                Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(text.getBytes(StandardCharsets.UTF_8))
                        + "\n");
        file.put("encoding", "base64");
        return file;
    }

    private Map<String, @Nullable Object> entry(
            GitHubRepository repository, String ref, String path, String type, String text) {
        boolean isFile = type.equals("file");
        String sha = blobId(text);
        String url = gitHub.url() + "/repos/" + repository.fullName() + "/contents/" + path + "?ref=" + ref;
        String git = gitHub.url() + "/repos/" + repository.fullName() + (isFile ? "/git/blobs/" : "/git/trees/") + sha;
        String page = "https://github.com/" + repository.fullName() + (isFile ? "/blob/" : "/tree/") + ref + "/" + path;
        return Json.object(
                "name", path.substring(path.lastIndexOf('/') + 1),
                "path", path,
                "sha", sha,
                "size", isFile ? text.getBytes(StandardCharsets.UTF_8).length : 0,
                "url", url,
                "html_url", page,
                "git_url", git,
                "download_url",
                        isFile
                                ? "https://raw.githubusercontent.com/" + repository.fullName() + "/" + ref + "/" + path
                                : null,
                "type", type,
                "_links", Map.of("self", url, "git", git, "html", page));
    }

    /** The id that git gives to a file's content. */
    static String blobId(String text) {
        try {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
