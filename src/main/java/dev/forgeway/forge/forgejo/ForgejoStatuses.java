package dev.forgeway.forge.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.Texts;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.Optional;

/**
 * Checks as commit statuses (https://codeberg.org/api/swagger#/repository/repoCreateStatus): each call adds one, and of
 * those with the same context the newest is shown. They are put into the repository of the pull request, where the page
 * of the pull request looks for them.
 */
final class ForgejoStatuses {

    private static final String NEED = "the scope write:repository and write access to the repository";

    private final TokenApi api;

    ForgejoStatuses(TokenApi api) {
        this.api = api;
    }

    String put(Target target, String commit, Check check, boolean search) {
        ObjectNode status = status(check);
        try {
            Optional<String> shown = search ? find(target, commit, status) : Optional.empty();
            return shown.orElseGet(() -> api.id(api.post(
                    "status-create",
                    ForgejoRepositories.at(api, target, "statuses", commit).toUri(),
                    status)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                throw new TransientException("Forgejo does not know the commit, or not yet: " + e.serviceMessage());
            }
            throw api.refusedCheck(e, NEED);
        }
    }

    /** The newest status of the context, when it says the same already. */
    private Optional<String> find(Target target, String commit, ObjectNode wanted) {
        JsonNode statuses = api.get(
                "status-find",
                ForgejoRepositories.at(api, target, "commits", commit, "statuses")
                        .query("sort", "recentupdate")
                        .query("limit", 50));
        for (JsonNode status : statuses) {
            if (same(status.path("context"), wanted.path("context"))) {
                return same(status.path("status"), wanted.path("state"))
                                && same(status.path("description"), wanted.path("description"))
                        ? Optional.of(api.id(status))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.asText().equals(other.asText());
    }

    private static ObjectNode status(Check check) {
        ObjectNode status = TokenApi.object()
                .put("state", state(check.state()))
                .put("context", check.name())
                .put("description", Texts.description(check));
        check.webAddress().ifPresent(details -> status.put("target_url", details));
        return status;
    }

    /** Forgejo has no state for what runs, is neither good nor bad, or was canceled. */
    private static String state(CheckState state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            default -> "error";
        };
    }
}
