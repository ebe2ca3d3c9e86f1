package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks as GitLab's commit statuses (https://docs.gitlab.com/api/commits/#set-commit-pipeline-status), which are told
 * apart by their names. A commit of a fork has its statuses in the fork's project: in the project of the merge request it
 * is on no branch. Our id of such a status has the number of the fork's project before a slash.
 */
final class GitLabStatuses {

    private static final String NEED = "the role Developer in the project that the commit is in";

    private final TokenApi api;

    GitLabStatuses(TokenApi api) {
        this.api = api;
    }

    String put(Target target, String commit, Check check, @Nullable String externalId, boolean search) {
        try {
            if (externalId != null && externalId.matches("\\d+/.*")) {
                return inFork(target, externalId.substring(0, externalId.indexOf('/')), commit, check, search);
            }
            try {
                String project = GitLabProjects.path(target.project());
                return in(target, project, commit, check, search);
            } catch (ServiceRefusedException e) {
                String fork = e.status() == 404 ? forkOf(target, commit).orElse(null) : null;
                if (fork == null) {
                    throw e;
                }
                return inFork(target, fork, commit, check, search);
            }
        } catch (ServiceRefusedException e) {
            throw api.refusedCheck(e, NEED);
        }
    }

    private String inFork(Target target, String project, String commit, Check check, boolean search) {
        try {
            return project + "/" + in(target, project, commit, check, search);
        } catch (ServiceRefusedException e) {
            // says nothing about the project that is forked
            throw new CheckRefusedException(String.valueOf(api.refused(e, NEED).getMessage()), false);
        }
    }

    private String in(Target target, String project, String commit, Check check, boolean search) {
        ObjectNode status = status(check);
        if (search) {
            Optional<JsonNode> latest = latest(target, project, commit, check.name());
            if (latest.filter(shown -> shows(shown, status)).isPresent()) {
                return api.id(latest.get());
            }
        }
        try {
            return api.id(api.post(
                    "status-create",
                    GitLabProjects.other(api, target, project, "statuses", commit)
                            .toUri(),
                    status));
        } catch (ServiceRefusedException e) {
            if (e.status() == 400 && e.serviceMessage().contains("Cannot transition status")) {
                return latest(target, project, commit, check.name())
                        .map(api::id)
                        .orElse(check.name());
            }
            throw e;
        }
    }

    /** Only the newest status of a name is listed (https://docs.gitlab.com/api/commits/#list-the-statuses-of-a-commit). */
    private Optional<JsonNode> latest(Target target, String project, String commit, String name) {
        JsonNode statuses = api.get(
                "status-find",
                GitLabProjects.other(api, target, project, "repository", "commits", commit, "statuses")
                        .query("name", name)
                        .query("order_by", "id")
                        .query("sort", "desc"));
        for (JsonNode status : statuses) {
            if (name.equals(status.path("name").asText())) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private static boolean shows(JsonNode shown, ObjectNode wanted) {
        return shown.path("status").asText().equals(wanted.path("state").asText())
                && shown.path("description")
                        .asText()
                        .equals(wanted.path("description").asText());
    }

    /** https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit. */
    private Optional<String> forkOf(Target target, String commit) {
        JsonNode mergeRequests = api.get(
                "source-find", GitLabProjects.at(api, target, "repository", "commits", commit, "merge_requests"));
        for (JsonNode mergeRequest : mergeRequests) {
            JsonNode source = mergeRequest.path("source_project_id");
            if (commit.equals(mergeRequest.path("sha").asText())
                    && source.isIntegralNumber()
                    && !source.equals(mergeRequest.path("target_project_id"))) {
                return Optional.of(source.asText());
            }
        }
        return Optional.empty();
    }

    private static ObjectNode status(Check check) {
        ObjectNode status = TokenApi.object()
                .put("state", state(check.state()))
                .put("name", check.name())
                .put("description", Texts.description(check));
        check.webAddress().ifPresent(details -> status.put("target_url", details));
        return status;
    }

    /** GitLab has no state for what is neither good nor bad. */
    private static String state(CheckState state) {
        return switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case SUCCESS -> "success";
            case CANCELED -> "canceled";
            default -> "failed";
        };
    }
}
