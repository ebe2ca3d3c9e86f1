package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;

/** Who may do what in a project, and what belongs to it. */
final class GitLabAccess {

    private static final String NEED = "the scope api and to be let into the project";
    private static final int PAGE = 100;
    private static final String REFS = "refs%5B%5D";

    /** https://docs.gitlab.com/api/members/#roles: Developer, Maintainer. */
    private static final int DEVELOPER = 30;

    private static final int MAINTAINER = 40;

    private final TokenApi api;

    GitLabAccess(TokenApi api) {
        this.api = api;
    }

    /**
     * By membership in the project, in a group above it or in one that it is shared with
     * (https://docs.gitlab.com/api/members/#list-all-members-of-a-group-or-project-including-inherited-and-invited-members);
     * the query finds parts of names too.
     */
    Permission permission(Target target, String account) {
        JsonNode members;
        try {
            members = api.get(
                    "permission-find",
                    GitLabProjects.at(api, target, "members", "all")
                            .query("query", account)
                            .query("per_page", PAGE));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
        Permission highest = Permission.NONE;
        for (JsonNode member : members) {
            Permission role = role(member.path("access_level").asInt());
            if (account.equals(member.path("username").asText())
                    && member.path("state").asText("active").equals("active")
                    && role.compareTo(highest) > 0) {
                highest = role;
            }
        }
        return highest;
    }

    private static Permission role(int level) {
        if (level >= MAINTAINER) {
            return Permission.ADMIN;
        }
        if (level >= DEVELOPER) {
            return Permission.WRITE;
        }
        return level > 0 ? Permission.READ : Permission.NONE;
    }

    /**
     * A commit is on a branch when it is itself the newest that both have
     * (https://docs.gitlab.com/api/repositories/#merge-base). A branch that is not there is a bad request.
     */
    boolean isOnBranch(Target target, String branch, String commit) {
        try {
            return api.get(
                            "branch-compare",
                            GitLabProjects.at(api, target, "repository", "merge_base")
                                    .query(REFS, branch)
                                    .query(REFS, commit))
                    .path("id")
                    .asText()
                    .equals(commit);
        } catch (ServiceRefusedException e) {
            if (e.status() == 404 || e.status() == 400) {
                return false;
            }
            throw api.refused(e, NEED);
        }
    }

    /** A project that everybody with an account may see ("internal") is not public (https://docs.gitlab.com/api/projects/). */
    boolean isPrivate(Target target) {
        try {
            return !api.get("repository-find", GitLabProjects.at(api, target))
                    .path("visibility")
                    .asText()
                    .equals("public");
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }
}
