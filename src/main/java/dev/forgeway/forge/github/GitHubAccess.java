package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.ServiceRefusedException;

/** Who may do what in a repository, and what belongs to it. */
final class GitHubAccess {

    private static final String PERMISSION = "Metadata: read";

    private final GitHubApi api;

    GitHubAccess(GitHubApi api) {
        this.api = api;
    }

    /**
     * {@code permission} is one of admin, write, read and none; the role maintain counts as write there, triage as read
     * (https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user).
     */
    Permission permission(Target target, String account) {
        try {
            JsonNode answer = api.get(
                            target, "permission-find", api.repository(target, "collaborators", account, "permission"))
                    .body();
            return switch (answer.path("permission").asText()) {
                case "admin" -> Permission.ADMIN;
                case "write" -> Permission.WRITE;
                case "read" -> Permission.READ;
                default -> Permission.NONE;
            };
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Permission.NONE;
            }
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    /**
     * A commit without anything that the branch lacks is on it
     * (https://docs.github.com/en/rest/commits/commits#compare-two-commits). Commits of forks are known too.
     */
    boolean isOnBranch(Target target, String branch, String commit) {
        try {
            String status = api.get(
                            target,
                            "branch-compare",
                            api.repository(target, "compare", branch + "..." + commit)
                                    .query("per_page", 1))
                    .body()
                    .path("status")
                    .asText();
            return status.equals("identical") || status.equals("behind");
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return false;
            }
            throw GitHubRefusals.of(e, "Contents: read");
        }
    }

    /** https://docs.github.com/en/rest/repos/repos#get-a-repository; what may not be seen is not found. */
    boolean isPrivate(Target target) {
        try {
            JsonNode answer =
                    api.get(target, "repository-find", api.repository(target)).body();
            return answer.path("private").asBoolean(true);
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }
}
