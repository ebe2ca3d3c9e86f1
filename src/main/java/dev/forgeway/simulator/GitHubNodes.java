package dev.forgeway.simulator;

import dev.forgeway.simulator.GitHubRepository.PullRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of the graph as maps by field name; {@code __typename} says which type of an interface it is. */
final class GitHubNodes {

    static final String TYPE = "__typename";
    /** Where a node keeps the repository that it belongs to. */
    static final String STORE = "store";

    private static final int FILE_MODE = 33_188;
    private static final int FOLDER_MODE = 16_384;

    private static final String TAGS = "refs/tags/";
    private static final String PEELED = "^{commit}";

    private GitHubNodes() {}

    static Map<String, @Nullable Object> repository(String owner, GitHubRepository store) {
        String fullName = owner + "/" + store.name();
        return Json.object(
                "id",
                "R_" + GitHubObjects.idOf(fullName),
                "databaseId",
                (int) GitHubObjects.idOf(fullName),
                "name",
                store.name(),
                "nameWithOwner",
                fullName,
                "owner",
                user(owner),
                "isPrivate",
                store.isPrivate(),
                "isFork",
                !owner.equals(store.owner()),
                "isArchived",
                false,
                "url",
                "https://github.com/" + fullName,
                STORE,
                store);
    }

    static Map<String, @Nullable Object> user(String login) {
        return Json.object(TYPE, "User", "id", "U_" + GitHubObjects.idOf(login), "login", login);
    }

    static Map<String, @Nullable Object> pullRequest(GitHubRepository store, PullRequest pull) {
        String page = "https://github.com/" + store.fullName() + "/pull/" + pull.number();
        return Json.object(
                "id", "PR_" + GitHubObjects.idOf(page),
                "number", pull.number(),
                "title", pull.title(),
                "body", pull.body(),
                "state", pull.state().toUpperCase(Locale.ROOT),
                "url", page,
                "author", user(pull.author()),
                "isCrossRepository", !pull.headOwner().equals(store.owner()),
                "isDraft", false,
                "headRefOid", pull.headSha(),
                "headRefName", pull.headRef(),
                "headRepository", repository(pull.headOwner(), store),
                "headRepositoryOwner", user(pull.headOwner()),
                "baseRefOid", pull.baseSha(),
                "baseRefName", pull.baseRef(),
                "baseRepository", repository(store.owner(), store),
                "labels", labels(pull.labels()),
                "commits",
                        Json.object(
                                "totalCount",
                                1,
                                "nodes",
                                List.of(Json.object(
                                        "id", "PURC_" + pull.headSha(), "commit", commit(store, pull.headSha())))));
    }

    private static Map<String, @Nullable Object> labels(List<String> labels) {
        return Json.object(
                "totalCount",
                labels.size(),
                "nodes",
                labels.stream()
                        .map(label -> Json.object("id", "LA_" + GitHubObjects.idOf(label), "name", label))
                        .toList());
    }

    static Map<String, @Nullable Object> commit(GitHubRepository store, String oid) {
        Map<String, @Nullable Object> commit = gitObject("Commit", oid);
        commit.put("message", "Change something");
        commit.put("tree", tree(store, oid, ""));
        commit.put(STORE, store);
        return commit;
    }

    /** A folder; its entries are worked out when they are asked for. */
    static Map<String, @Nullable Object> tree(GitHubRepository store, String commit, String folder) {
        Map<String, @Nullable Object> tree =
                gitObject("Tree", GitHubContents.blobId(store.fullName() + commit + ":" + folder));
        tree.put("commit", commit);
        tree.put("folder", folder);
        tree.put(STORE, store);
        return tree;
    }

    static Map<String, @Nullable Object> blob(String text) {
        Map<String, @Nullable Object> blob = gitObject("Blob", GitHubContents.blobId(text));
        blob.put("byteSize", size(text));
        blob.put("isBinary", false);
        blob.put("isTruncated", false);
        blob.put("text", text);
        return blob;
    }

    /**
     * What an expression such as {@code sha}, {@code refs/tags/v1^{commit}}, {@code main:folder} or {@code
     * sha:path/of/file} names (https://git-scm.com/docs/gitrevisions).
     */
    static @Nullable Map<String, @Nullable Object> named(GitHubRepository store, String expression) {
        if (expression.startsWith(TAGS) && expression.endsWith(PEELED)) {
            String commit = store.tagged(expression.substring(TAGS.length(), expression.length() - PEELED.length()));
            return commit == null ? null : commit(store, commit);
        }
        int colon = expression.indexOf(':');
        String ref = colon < 0 ? expression : expression.substring(0, colon);
        String known = ref.equals("HEAD") ? "main" : ref;
        if (!store.knows(known)) {
            return null;
        }
        if (colon < 0) {
            return commit(store, known);
        }
        return entry(store, known, expression.substring(colon + 1))
                .map(GitHubNodes::objectOf)
                .orElse(null);
    }

    /** A file or a folder of a commit, by path; the root is "". */
    static Optional<Map<String, @Nullable Object>> entry(GitHubRepository store, String commit, String path) {
        Map<String, String> files = store.tree(commit).orElse(Map.of());
        String text = files.get(path);
        if (text != null) {
            return Optional.of(entry(path, "blob", blob(text), size(text)));
        }
        boolean isFolder = path.isEmpty() || !GitHubContents.names(files, path).isEmpty();
        return isFolder ? Optional.of(entry(path, "tree", tree(store, commit, path), 0)) : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> objectOf(Map<String, @Nullable Object> entry) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(entry.get("object"));
    }

    private static Map<String, @Nullable Object> entry(
            String path, String type, Map<String, @Nullable Object> object, int size) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return Json.object(
                "name", name,
                "path", path,
                "type", type,
                "extension", dot < 0 ? "" : name.substring(dot),
                "mode", type.equals("blob") ? FILE_MODE : FOLDER_MODE,
                "oid", object.get("oid"),
                "size", size,
                "object", object);
    }

    private static Map<String, @Nullable Object> gitObject(String type, String oid) {
        return Json.object(
                TYPE,
                type,
                "id",
                type + "_" + oid,
                "oid",
                oid,
                "abbreviatedOid",
                oid.substring(0, Math.min(7, oid.length())));
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
