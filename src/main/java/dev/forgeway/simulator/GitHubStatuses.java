package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Commit statuses (https://docs.github.com/en/rest/commits/statuses). */
final class GitHubStatuses {

    private static final List<String> STATES = List.of("error", "failure", "pending", "success");
    private static final int LONGEST_DESCRIPTION = 140;

    private final GitHubState state;
    private final GitHubApp app;
    private final GitHubObjects objects;

    GitHubStatuses(GitHubState state, GitHubApp app, GitHubObjects objects) {
        this.state = state;
        this.app = app;
        this.objects = objects;
    }

    void addRoutes(GitHubSimulator gitHub) {
        gitHub.route("POST", "/repos/{owner}/{repo}/statuses/{sha}", this::create);
    }

    private Response create(Request request) {
        GitHubCaller caller = app.caller(request);
        GitHubRepository repository = state.writable(request, caller);
        String sha = request.parameter("sha");
        if (!repository.knows(sha)) {
            throw GitHubErrors.refusal(422, "No commit found for SHA: " + sha);
        }
        JsonNode body = request.json();
        String wanted = Json.text(body, "state");
        if (wanted == null || !STATES.contains(wanted)) {
            throw GitHubErrors.validationFailed("Status", "custom", "state", "state is not included in the list");
        }
        String description = Json.text(body, "description");
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw GitHubErrors.validationFailed(
                    "Status", "custom", "description", "description is too long (maximum is 140 characters)");
        }
        String context = Json.text(body, "context");
        CommitStatus status = new CommitStatus(
                state.nextId(),
                sha,
                context == null ? "default" : context,
                wanted,
                description,
                Json.text(body, "target_url"));
        repository.putStatus(status);
        return Response.json(
                201,
                Json.object(
                        "id", status.id(),
                        "state", status.state(),
                        "context", status.name(),
                        "description", status.description(),
                        "target_url", status.targetUrl(),
                        "creator", objects.user(caller.login())));
    }
}
