package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Commits and merge requests that are made by calls (https://docs.gitlab.com/api/commits/, /merge_requests/). */
final class GitLabChanges {

    private GitLabChanges() {}

    static Response commit(ForgeProject project, Request request) {
        JsonNode wanted = request.json();
        String from = wanted.path("start_branch").asText(wanted.path("branch").asText());
        Map<String, String> before = project.files(from);
        String branch = wanted.path("branch").asText();
        boolean isThere = project.files(branch) != null;
        if (before == null
                || (isThere
                        && wanted.has("start_branch")
                        && !wanted.path("force").asBoolean())) {
            throw GitLabSimulator.refusal(400, "A branch called '" + branch + "' already exists.");
        }
        Map<String, String> changed = new LinkedHashMap<>();
        for (JsonNode action : wanted.path("actions")) {
            String path = action.path("file_path").asText();
            if (before.containsKey(path) != action.path("action").asText().equals("update")) {
                throw GitLabSimulator.refusal(400, "A file with this name already exists, or doesn't exist");
            }
            changed.put(path, action.path("content").asText());
        }
        project.commit(from, branch, changed);
        return Response.json(
                201,
                Json.object("id", branch, "title", wanted.path("commit_message").asText()));
    }

    static Response list(ForgeProject project, Request request) {
        List<Map<String, @Nullable Object>> found = project.pullRequests().stream()
                .filter(one -> one.branch().equals(request.query().getOrDefault("source_branch", one.branch())))
                .filter(one -> one.target().equals(request.query().getOrDefault("target_branch", one.target())))
                .map(one -> shown(project, one))
                .toList();
        return Response.json(200, found);
    }

    static Response open(ForgeProject project, Request request) {
        String branch = Objects.requireNonNullElse(Json.text(request.json(), "source_branch"), "");
        String target = Objects.requireNonNullElse(Json.text(request.json(), "target_branch"), "");
        if (project.files(branch) == null || project.files(target) == null) {
            throw GitLabSimulator.refusal(400, "Source branch does not exist");
        }
        boolean isThere = project.pullRequests().stream()
                .anyMatch(one -> one.branch().equals(branch) && one.target().equals(target));
        if (isThere) {
            throw GitLabSimulator.refusal(409, "Another open merge request already exists for this source branch");
        }
        return Response.json(201, shown(project, project.open(TokenForgeSimulator.ACCOUNT, branch, target)));
    }

    private static Map<String, @Nullable Object> shown(ForgeProject project, ForgeProject.PullRequest one) {
        return Json.object(
                "iid", one.number(),
                "state", "opened",
                "source_branch", one.branch(),
                "target_branch", one.target(),
                "web_url", "https://gitlab.test/" + project.path() + "/-/merge_requests/" + one.number());
    }
}
