package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.util.Optional;
import org.springframework.http.HttpMethod;

/**
 * Pull requests whose commit is made by the API (https://docs.github.com/en/rest/git, https://docs.github.com/en/rest/pulls):
 * nothing is cloned, and no token leaves for anywhere else.
 */
final class GitHubProposals {

    private static final String PERMISSION = "Contents: write and Pull requests: write";
    private static final int EXISTS = 422;
    private static final String FILE = "100644";

    private final GitHubApi api;

    GitHubProposals(GitHubApi api) {
        this.api = api;
    }

    Optional<String> commit(Target target, ProposedChange change) {
        try {
            String base = text(read(target, "repository-find"), "default_branch");
            String head =
                    text(read(target, "ref-find", path("git/ref/heads/", base)).path("object"), "sha");
            String before =
                    text(read(target, "commit-find", "git", "commits", head).path("tree"), "sha");
            String tree = text(send(target, "tree-create", tree(head, change), "git", "trees"), "sha");
            if (tree.equals(before)) {
                return Optional.empty();
            }
            put(
                    target,
                    change.branch(),
                    text(send(target, "commit-create", commit(change, tree, head), "git", "commits"), "sha"));
            return Optional.of(base);
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    /** Names of branches may hold slashes. */
    private static String[] path(String before, String branch) {
        return (before + branch).split("/", -1);
    }

    private static ObjectNode tree(String head, ProposedChange change) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        change.files()
                .forEach((path, text) -> entries.addObject()
                        .put("path", path)
                        .put("mode", FILE)
                        .put("type", "blob")
                        .put("content", text));
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("base_tree", head);
        tree.set("tree", entries);
        return tree;
    }

    /** Without an author, the commit is by the App and of this moment; the time keeps the same change the same commit. */
    private static ObjectNode commit(ProposedChange change, String tree, String parent) {
        ObjectNode commit = JsonNodeFactory.instance
                .objectNode()
                .put("message", change.title() + "\n\n" + change.text())
                .put("tree", tree);
        commit.putArray("parents").add(parent);
        commit.putObject("author")
                .put("name", "Forgeway")
                .put("email", "forgeway@localhost.invalid")
                .put("date", change.at().toString());
        return commit;
    }

    private void put(Target target, String branch, String commit) {
        ObjectNode made = JsonNodeFactory.instance
                .objectNode()
                .put("ref", "refs/heads/" + branch)
                .put("sha", commit);
        try {
            JsonNode unused = send(target, "ref-create", made, "git", "refs");
        } catch (ServiceRefusedException e) {
            if (e.status() != EXISTS) {
                throw e;
            }
            ObjectNode moved =
                    JsonNodeFactory.instance.objectNode().put("sha", commit).put("force", true);
            ServiceUri at = api.repository(target, path("git/refs/heads/", branch));
            JsonNode unused = api.send(target, "ref-update", HttpMethod.PATCH, at, moved);
        }
    }

    String open(Target target, ProposedChange change, String base) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("title", change.title())
                .put("body", change.text())
                .put("head", change.branch())
                .put("base", base);
        try {
            return text(send(target, "pull-request-create", wanted, "pulls"), "html_url");
        } catch (ServiceRefusedException e) {
            // an earlier call may have had its effect only after we looked
            return find(target, change, base)
                    .filter(late -> e.status() == EXISTS)
                    .orElseThrow(() -> GitHubRefusals.of(e, PERMISSION));
        }
    }

    Optional<String> find(Target target, ProposedChange change, String base) {
        ServiceUri open = api.repository(target, "pulls")
                .query("state", "open")
                .query("head", target.project().namespace() + ":" + change.branch())
                .query("base", base);
        try {
            for (JsonNode one : api.get(target, "pull-request-find", open).body()) {
                return Optional.of(text(one, "html_url"));
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    private JsonNode read(Target target, String operation, String... path) {
        return api.get(target, operation, api.repository(target, path)).body();
    }

    private JsonNode send(Target target, String operation, JsonNode body, String... path) {
        return api.send(target, operation, HttpMethod.POST, api.repository(target, path), body);
    }

    private static String text(JsonNode answer, String field) {
        String text = answer.path(field).asText();
        if (text.isEmpty()) {
            throw new TransientException("GitHub answered without " + field);
        }
        return text;
    }
}
