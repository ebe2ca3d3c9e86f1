package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fedora's dist-git: packages as git repositories, forks and pull requests by Pagure's API, the lookaside cache, and a place
 * that people release their archives in.
 */
public final class DistGitSimulator extends HttpSimulator {

    private static final String ACCOUNT = "forgeway-bot";
    private static final String TOKEN = "simulated-dist-git-token";
    private static final String API = "/api/0/";
    private static final String UPLOAD = "/repo/pkgs/upload.cgi";
    private static final Pattern FIELD =
            Pattern.compile("name=\"(\\w+)\"(?:; filename=\"([^\"]*)\")?.*?\r\n\r\n(.*?)\r\n--", Pattern.DOTALL);

    /** A pull request of our fork. */
    public record PullRequest(int number, String packageName, String from, String to, String title, String text) {}

    private final GitRepositories repositories = new GitRepositories();
    private final List<PullRequest> pullRequests = new CopyOnWriteArrayList<>();
    private final Set<Integer> closed = ConcurrentHashMap.newKeySet();
    private final Map<String, String> archives = new ConcurrentHashMap<>();
    private final Map<String, String> sources = new ConcurrentHashMap<>();

    /** A dist-git on any free port. */
    public DistGitSimulator() {
        super(0);
        route("GET", "/{repository+}.git/info/refs", this::advertise);
        route("POST", "/{repository+}.git/{service}", this::serve);
        route("POST", UPLOAD, this::lookaside);
        route("GET", "/archives/{file}", this::archive);
        route("POST", API + "-/whoami", request -> Response.json(200, Json.object("username", ACCOUNT)));
        route("GET", API + "fork/" + ACCOUNT + "/rpms/{package}", this::showFork);
        route("POST", API + "fork", this::fork);
        route("GET", API + "rpms/{package}/pull-requests", this::listPullRequests);
        route("POST", API + "rpms/{package}/pull-request/new", this::open);
        startListening();
    }

    /** The token that lets callers in. */
    public String token() {
        return TOKEN;
    }

    /** Where sources are uploaded. */
    public URI lookasideUrl() {
        return url().resolve(UPLOAD);
    }

    /** Puts files into a branch of a package. */
    public DistGitSimulator packageFiles(String packageName, String branch, Map<String, String> files) {
        repositories.commit("rpms/" + packageName, branch, files, "Change files");
        return this;
    }

    /** The texts in a branch of a package. */
    public Map<String, String> files(String packageName, String branch) {
        return repositories.files("rpms/" + packageName, branch);
    }

    /** Somebody releases an archive, which is then at {@code /archives/<file>}. */
    public DistGitSimulator archive(String file, String content) {
        archives.put(file, content);
        return this;
    }

    /** The texts in a branch of our fork. */
    public Map<String, String> forkFiles(String packageName, String branch) {
        return repositories.files("forks/" + ACCOUNT + "/rpms/" + packageName, branch);
    }

    /** The messages in a branch of our fork, the newest first. */
    public List<String> forkMessages(String packageName, String branch) {
        return repositories.messages("forks/" + ACCOUNT + "/rpms/" + packageName, branch);
    }

    /** The pull requests to a package. */
    public List<PullRequest> pullRequests(String packageName) {
        return pullRequests.stream()
                .filter(one -> one.packageName().equals(packageName))
                .toList();
    }

    /** Somebody closes a pull request without merging it. */
    public DistGitSimulator closePullRequest(int number) {
        closed.add(number);
        return this;
    }

    /** The content that the lookaside cache has for a source ({@code rpms/hello/hello-1.0.tar.gz/<sha512>}). */
    public @Nullable String source(String packageName, String file, String sha512) {
        return sources.get("rpms/" + packageName + "/" + file + "/" + sha512);
    }

    private Response advertise(Request request) {
        String service = request.query().getOrDefault("service", "");
        String path = readable(request, service);
        return repositories.advertise(path, service);
    }

    private Response serve(Request request) {
        String service = request.parameter("service");
        return repositories.serve(readable(request, service), service, request);
    }

    private String readable(Request request, String service) {
        String path = request.parameter("repository");
        if (!service.equals("git-upload-pack") && !mayPush(request)) {
            throw new Refusal(Response.html(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"Pagure\""));
        }
        if (!repositories.exists(path)) {
            throw new Refusal(Response.html(404, "not found"));
        }
        return path;
    }

    private static boolean mayPush(Request request) {
        String expected = Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(request.header("authorization"))
                && request.parameter("repository").startsWith("forks/" + ACCOUNT + "/");
    }

    private Response showFork(Request request) {
        mustBeKnown(request);
        String name = request.parameter("package");
        if (!repositories.exists("forks/" + ACCOUNT + "/rpms/" + name)) {
            throw refusal(404, "Project not found");
        }
        return Response.json(200, Json.object("name", name));
    }

    private Response fork(Request request) {
        mustBeKnown(request);
        String path = request.json().path("namespace").asText() + "/"
                + request.json().path("repo").asText();
        String fork = "forks/" + ACCOUNT + "/" + path;
        if (!repositories.exists(path)) {
            throw refusal(404, "Project not found");
        }
        if (repositories.exists(fork)) {
            throw refusal(400, "Repo \"" + fork + "\" already exists");
        }
        repositories.fork(path, fork);
        return Response.json(200, Json.object("message", "Repo \"" + path + "\" cloned to \"" + fork + "\""));
    }

    private Response listPullRequests(Request request) {
        String status = request.query().getOrDefault("status", "Open");
        String author = request.query().getOrDefault("author", ACCOUNT);
        List<Map<String, @Nullable Object>> found = pullRequests(request.parameter("package")).stream()
                .filter(one -> status.equalsIgnoreCase("all") || status.equalsIgnoreCase(status(one)))
                .filter(one -> author.equals(ACCOUNT))
                .map(this::shown)
                .toList();
        return Response.json(200, Json.object("requests", found, "total_requests", found.size()));
    }

    private Response open(Request request) {
        mustBeKnown(request);
        JsonNode wanted = request.json();
        String name = request.parameter("package");
        for (String mandatory : List.of("title", "branch_from", "branch_to")) {
            if (wanted.path(mandatory).asText().isBlank()) {
                throw refusal(400, "Invalid or incomplete input submitted");
            }
        }
        String from = wanted.path("branch_from").asText();
        if (forkFiles(name, from).isEmpty()) {
            throw refusal(400, "Branch does not exist");
        }
        synchronized (pullRequests) {
            PullRequest made = new PullRequest(
                    pullRequests.size() + 1,
                    name,
                    from,
                    wanted.path("branch_to").asText(),
                    wanted.path("title").asText(),
                    wanted.path("initial_comment").asText());
            pullRequests.add(made);
            return Response.json(200, shown(made));
        }
    }

    private String status(PullRequest one) {
        return closed.contains(one.number()) ? "Closed" : "Open";
    }

    private Map<String, @Nullable Object> shown(PullRequest one) {
        return Json.object(
                "id",
                one.number(),
                "title",
                one.title(),
                "branch",
                one.to(),
                "branch_from",
                one.from(),
                "status",
                status(one),
                "user",
                Json.object("name", ACCOUNT));
    }

    /** Says whether it has a file, or takes it when its hash is right. */
    private Response lookaside(Request request) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(request.body());
        for (int from = 0; field.find(from); from = field.end() - 2) {
            fields.put(field.group(1), field.group(3));
            if (field.group(2) != null) {
                fields.put("filename", field.group(2));
            }
        }
        String key = fields.get("name") + "/" + fields.get("filename") + "/" + fields.get("sha512sum");
        String content = fields.get("file");
        if (content == null) {
            return Response.html(200, sources.containsKey(key) ? "Available" : "Missing");
        }
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        if (!sha512(bytes).equals(fields.get("sha512sum"))) {
            return Response.html(400, "sha512 check failed");
        }
        sources.put(key, new String(bytes, StandardCharsets.UTF_8));
        return Response.html(200, "File stored");
    }

    private static String sha512(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response archive(Request request) {
        String content = archives.get(request.parameter("file"));
        return content == null ? Response.html(404, "Not Found") : Response.html(200, content);
    }

    private static void mustBeKnown(Request request) {
        if (!("token " + TOKEN).equals(request.header("authorization"))) {
            throw refusal(401, "Invalid or expired token");
        }
    }

    private static Refusal refusal(int status, String error) {
        return new Refusal(Response.json(status, Json.object("error", error)));
    }

    /** {@code POST /api/0/fork <package>}: the address does not say what is forked. */
    @Override
    String line(Request request) {
        return request.line().equals("POST " + API + "fork")
                ? request.line() + " " + request.json().path("repo").asText()
                : request.line();
    }

    @Override
    Response unknownPath(Request request) {
        return Response.html(404, "<title>Page not found</title>");
    }

    @Override
    public void close() {
        super.close();
        repositories.close();
    }
}
