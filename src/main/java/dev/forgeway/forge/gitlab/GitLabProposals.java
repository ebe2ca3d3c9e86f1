package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merge requests whose commit is made by the API (https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions,
 * https://docs.gitlab.com/api/merge_requests/#create-mr): nothing is cloned, and no token leaves for anywhere else.
 */
final class GitLabProposals {

    private static final String NEED = "the scope api and the role Developer in the project";

    private final TokenApi api;
    private final GitLabQueries queries;

    GitLabProposals(TokenApi api, GitLabQueries queries) {
        this.api = api;
        this.queries = queries;
    }

    Optional<String> commit(Target target, ProposedChange change) {
        try {
            String base = api.text(api.get("repository-find", GitLabProjects.at(api, target)), "default_branch");
            List<String> paths = List.copyOf(change.files().keySet());
            Map<String, String> there = queries.files(target, base, paths);
            if (there.equals(change.files())) {
                return Optional.empty();
            }
            if (!queries.files(target, change.branch(), paths).equals(change.files())) {
                JsonNode unused = api.post(
                        "commit-create",
                        GitLabProjects.at(api, target, "repository", "commits").toUri(),
                        commit(change, base, there));
            }
            return Optional.of(base);
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** With {@code force} the branch is begun anew where it is there already. */
    private static ObjectNode commit(ProposedChange change, String base, Map<String, String> there) {
        ObjectNode commit = TokenApi.object()
                .put("branch", change.branch())
                .put("start_branch", base)
                .put("force", true)
                .put("commit_message", change.title() + "\n\n" + change.text());
        ArrayNode actions = commit.putArray("actions");
        change.files()
                .forEach((path, text) -> actions.addObject()
                        .put("action", there.containsKey(path) ? "update" : "create")
                        .put("file_path", path)
                        .put("content", text));
        return commit;
    }

    Optional<String> find(Target target, ProposedChange change, String base) {
        ServiceUri open = GitLabProjects.at(api, target, "merge_requests")
                .query("state", "opened")
                .query("source_branch", change.branch())
                .query("target_branch", base);
        try {
            for (JsonNode one : api.get("pull-request-find", open)) {
                return Optional.of(api.text(one, "web_url"));
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    String open(Target target, ProposedChange change, String base) {
        ObjectNode wanted = TokenApi.object()
                .put("title", change.title())
                .put("description", change.text())
                .put("source_branch", change.branch())
                .put("target_branch", base);
        ServiceUri all = GitLabProjects.at(api, target, "merge_requests");
        try {
            return api.text(api.post("pull-request-create", all.toUri(), wanted), "web_url");
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }
}
