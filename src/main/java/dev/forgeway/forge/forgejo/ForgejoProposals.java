package dev.forgeway.forge.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pull requests whose commit is made by the API (https://codeberg.org/api/swagger#/repository/repoChangeFiles,
 * #/repository/repoCreatePullRequest): nothing is cloned, and no token leaves for anywhere else. A branch that is there already gets
 * one more commit, because the API begins none anew.
 */
final class ForgejoProposals {

    private static final String NEED =
            "the scopes write:repository and write:issue, and write access to the repository";
    private static final int NOT_FOUND = 404;
    private static final int PAGE = 50;

    private final TokenApi api;

    ForgejoProposals(TokenApi api) {
        this.api = api;
    }

    Optional<String> commit(Target target, ProposedChange change) {
        try {
            String base = api.text(api.get("repository-find", ForgejoRepositories.at(api, target)), "default_branch");
            Map<String, JsonNode> there = files(target, base, change);
            if (has(there, change)) {
                return Optional.empty();
            }
            if (hasBranch(target, change.branch())) {
                Map<String, JsonNode> proposed = files(target, change.branch(), change);
                if (!has(proposed, change)) {
                    commit(target, change, proposed, change.branch(), null);
                }
            } else {
                commit(target, change, there, base, change.branch());
            }
            return Optional.of(base);
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /** What the API has of the files that are there. */
    private Map<String, JsonNode> files(Target target, String branch, ProposedChange change) {
        Map<String, JsonNode> files = new TreeMap<>();
        for (String path : change.files().keySet()) {
            find(
                            "file-find",
                            ForgejoRepositories.at(api, target, "contents")
                                    .path(path.split("/", -1))
                                    .query("ref", branch))
                    .ifPresent(file -> files.put(path, file));
        }
        return files;
    }

    private static boolean has(Map<String, JsonNode> files, ProposedChange change) {
        return change.files().entrySet().stream()
                .allMatch(wanted -> Optional.ofNullable(files.get(wanted.getKey()))
                        .map(ForgejoProposals::decoded)
                        .filter(wanted.getValue()::equals)
                        .isPresent());
    }

    private static String decoded(JsonNode file) {
        return new String(Base64.getMimeDecoder().decode(file.path("content").asText()), StandardCharsets.UTF_8);
    }

    private boolean hasBranch(Target target, String branch) {
        return find(
                        "branch-find",
                        ForgejoRepositories.at(api, target, "branches").path(branch.split("/", -1)))
                .isPresent();
    }

    private Optional<JsonNode> find(String operation, ServiceUri uri) {
        try {
            return Optional.of(api.get(operation, uri));
        } catch (ServiceRefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void commit(
            Target target, ProposedChange change, Map<String, JsonNode> there, String branch, @Nullable String made) {
        ObjectNode commit =
                TokenApi.object().put("branch", branch).put("message", change.title() + "\n\n" + change.text());
        if (made != null) {
            commit.put("new_branch", made);
        }
        ArrayNode files = commit.putArray("files");
        change.files().forEach((path, text) -> {
            JsonNode before = there.get(path);
            ObjectNode file = files.addObject()
                    .put("operation", before == null ? "create" : "update")
                    .put("path", path)
                    .put("content", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            if (before != null) {
                file.put("sha", before.path("sha").asText());
            }
        });
        JsonNode unused = api.post(
                "commit-create", ForgejoRepositories.at(api, target, "contents").toUri(), commit);
    }

    /** The newest come first. */
    Optional<String> find(Target target, ProposedChange change, String base) {
        ServiceUri open = ForgejoRepositories.at(api, target, "pulls")
                .query("state", "open")
                .query("sort", "recentupdate")
                .query("limit", PAGE);
        try {
            for (JsonNode one : api.get("pull-request-find", open)) {
                if (one.path("head").path("ref").asText().equals(change.branch())
                        && one.path("base").path("ref").asText().equals(base)
                        && one.path("head")
                                .path("repo_id")
                                .equals(one.path("base").path("repo_id"))) {
                    return Optional.of(api.text(one, "html_url"));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    String open(Target target, ProposedChange change, String base) {
        ObjectNode wanted = TokenApi.object()
                .put("title", change.title())
                .put("body", change.text())
                .put("head", change.branch())
                .put("base", base);
        ServiceUri all = ForgejoRepositories.at(api, target, "pulls");
        try {
            return api.text(api.post("pull-request-create", all.toUri(), wanted), "html_url");
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }
}
