package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Check runs, for GitHub Apps only (https://docs.github.com/en/rest/checks/runs). */
final class GitHubChecks {

    private static final List<String> STATUSES =
            List.of("queued", "in_progress", "completed", "waiting", "requested", "pending");
    private static final List<String> CONCLUSIONS =
            List.of("success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required");
    private static final int LONGEST_TEXT = 65_535;

    private final JsonTemplate template = JsonTemplate.load("github-check_run.json");
    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;
    private final GitHubSimulator gitHub;

    GitHubChecks(GitHubState state, GitHubApp app, GitHubObjects objects, GitHubSimulator gitHub) {
        this.state = state;
        this.app = app;
        this.objects = objects;
        this.gitHub = gitHub;
    }

    void addRoutes() {
        gitHub.route("POST", "/repos/{owner}/{repo}/check-runs", this::create);
        gitHub.route("PATCH", "/repos/{owner}/{repo}/check-runs/{id}", this::update);
        gitHub.route("GET", "/repos/{owner}/{repo}/check-runs/{id}", this::get);
        gitHub.route("GET", "/repos/{owner}/{repo}/commits/{ref+}/check-runs", this::list);
    }

    private Response create(Request request) {
        GitHubRepository repository = writableByApp(request);
        JsonNode body = request.json();
        String sha = required(body, "head_sha");
        String name = required(body, "name");
        if (!repository.knows(sha)) {
            throw GitHubErrors.refusal(422, "No commit found for SHA: " + sha);
        }
        CheckRun empty =
                new CheckRun(state.nextId(), name, sha, null, "queued", null, null, null, null, null, null, null);
        return Response.json(201, json(repository, repository.putCheck(merge(empty, body))));
    }

    private Response update(Request request) {
        GitHubRepository repository = writableByApp(request);
        CheckRun before = find(repository, request);
        return Response.json(200, json(repository, repository.putCheck(merge(before, request.json()))));
    }

    private Response get(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        return Response.json(200, json(repository, find(repository, request)));
    }

    private Response list(Request request) {
        GitHubRepository repository = state.visible(request, app.caller(request));
        String ref = request.parameter("ref");
        if (!repository.knows(ref)) {
            throw GitHubErrors.refusal(422, "No commit found for SHA: " + ref);
        }
        List<CheckRun> found = new ArrayList<>(repository.checks(ref));
        Collections.reverse(found);
        if (!"all".equals(request.query().get("filter"))) {
            found = latest(found);
        }
        found.removeIf(check -> !matches(check, request));
        Pages pages = new Pages(request, gitHub.url().toString());
        List<Map<String, @Nullable Object>> items =
                pages.of(found).stream().map(check -> json(repository, check)).toList();
        Response response = Response.json(200, Json.object("total_count", found.size(), "check_runs", items));
        return pages.links(found.size())
                .map(link -> response.with("Link", link))
                .orElse(response);
    }

    private static List<CheckRun> latest(List<CheckRun> newestFirst) {
        Map<String, CheckRun> byName = new LinkedHashMap<>();
        newestFirst.forEach(check -> byName.putIfAbsent(check.name(), check));
        return new ArrayList<>(byName.values());
    }

    private boolean matches(CheckRun check, Request request) {
        String name = request.query().get("check_name");
        String status = request.query().get("status");
        String appId = request.query().get("app_id");
        return (name == null || name.equals(check.name()))
                && (status == null || status.equals(check.status()))
                && (appId == null || appId.equals(Long.toString(app.id())));
    }

    private CheckRun merge(CheckRun before, JsonNode body) {
        String conclusion = Json.text(body, "conclusion");
        String status = status(before, body, conclusion);
        boolean completed = status.equals("completed");
        if (completed && conclusion == null && before.conclusion() == null) {
            throw GitHubErrors.invalid("\"conclusion\" wasn't supplied.");
        }
        JsonNode output = checkedOutput(body);
        return new CheckRun(
                before.id(),
                or(Json.text(body, "name"), before.name()),
                before.headSha(),
                orNull(Json.text(body, "external_id"), before.externalId()),
                status,
                completed ? orNull(conclusion, before.conclusion()) : null,
                orNull(Json.text(body, "details_url"), before.detailsUrl()),
                orNull(Json.text(body, "started_at"), or(before.startedAt(), now())),
                completed ? orNull(Json.text(body, "completed_at"), or(before.completedAt(), now())) : null,
                orNull(Json.text(output, "title"), before.title()),
                orNull(Json.text(output, "summary"), before.summary()),
                orNull(Json.text(output, "text"), before.text()));
    }

    /** A conclusion completes a check run, whatever status stands beside it. */
    private static String status(CheckRun before, JsonNode body, @Nullable String conclusion) {
        if (conclusion != null) {
            oneOf(conclusion, CONCLUSIONS);
            return "completed";
        }
        String status = or(Json.text(body, "status"), before.status());
        oneOf(status, STATUSES);
        return status;
    }

    private static JsonNode checkedOutput(JsonNode body) {
        JsonNode output = body.path("output");
        if (output.isObject()) {
            required(output, "summary");
            required(output, "title");
            for (String field : List.of("summary", "text")) {
                if (or(Json.text(output, field), "").length() > LONGEST_TEXT) {
                    throw GitHubErrors.invalid("Only 65535 characters are allowed; \"" + field + "\" has more.");
                }
            }
        }
        return output;
    }

    private Map<String, @Nullable Object> json(GitHubRepository repository, CheckRun check) {
        String page = "https://github.com/" + repository.fullName() + "/runs/" + check.id();
        return template.fill(Json.object(
                "id", check.id(),
                "name", check.name(),
                "sha", check.headSha(),
                "external_id", or(check.externalId(), ""),
                "url", gitHub.url() + "/repos/" + repository.fullName() + "/check-runs/" + check.id(),
                "page", page,
                "details_url", or(check.detailsUrl(), page),
                "status", check.status(),
                "conclusion", check.conclusion(),
                "started_at", check.startedAt(),
                "completed_at", check.completedAt(),
                "title", check.title(),
                "summary", check.summary(),
                "text", check.text(),
                "suite", GitHubObjects.idOf(check.headSha()),
                "app", app.id(),
                "slug", GitHubApp.SLUG,
                "owner_user", objects.user("simulated-owner")));
    }

    private GitHubRepository writableByApp(Request request) {
        GitHubCaller caller = app.caller(request);
        if (caller.kind() == GitHubCaller.Kind.PERSON) {
            throw GitHubErrors.refusal(403, "You must authenticate via a GitHub App.");
        }
        return state.writable(request, caller);
    }

    private static CheckRun find(GitHubRepository repository, Request request) {
        String id = request.parameter("id");
        List<CheckRun> history =
                id.matches("\\d{1,18}") ? repository.checkHistory(Long.parseLong(id)) : List.<CheckRun>of();
        if (history.isEmpty()) {
            throw GitHubErrors.notFound();
        }
        return history.get(history.size() - 1);
    }

    private static String required(JsonNode body, String field) {
        String value = Json.text(body, field);
        if (value == null || value.isBlank()) {
            throw GitHubErrors.invalid("\"" + field + "\" wasn't supplied.");
        }
        return value;
    }

    private static void oneOf(String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw GitHubErrors.invalid("\"" + value + "\" is not a member of " + Json.write(allowed) + ".");
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static @Nullable String orNull(@Nullable String value, @Nullable String otherwise) {
        return value == null ? otherwise : value;
    }
}
