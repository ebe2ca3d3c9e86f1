package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.service.http.ServiceRefusedException;
import org.springframework.http.HttpMethod;

/**
 * Checks as commit statuses (https://docs.github.com/en/rest/commits/statuses), for who may not write check runs. The
 * newest of a context is shown, so that a repeated call changes nothing.
 */
final class GitHubStatuses {

    private static final String PERMISSION = "Commit statuses: write";

    private final GitHubApi api;

    GitHubStatuses(GitHubApi api) {
        this.api = api;
    }

    /** @throws dev.forgeway.forge.CheckRefusedException without the permission */
    String put(Target target, String commit, Check check) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("state", state(check.state()))
                .put("context", check.name())
                .put("description", Texts.description(check));
        check.webAddress().ifPresent(details -> status.put("target_url", details));
        try {
            return GitHubApi.id(api.send(
                    target, "status-create", HttpMethod.POST, api.repository(target, "statuses", commit), status));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.ofCheck(e, PERMISSION);
        }
    }

    /** GitHub has no state here for what runs, was canceled or is neutral, which is an error as packit's users know it. */
    private static String state(CheckState state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case ERROR, NEUTRAL, CANCELED -> "error";
        };
    }
}
