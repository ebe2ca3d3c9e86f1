package dev.forgeway.forge.pagure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.UsualConfigs;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What is read from projects (https://pagure.io/api/0/#projects, #pull_requests). The API lists files, and their texts
 * are on the pages of the site ({@code content_url}), which know no API key.
 */
final class PagureProjects {

    static final String NEED = "to be let into the project";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern CONTENT = Pattern.compile("/(?:raw|tree)/([^?#]+?)/f/");

    private final TokenApi api;
    private final URI site;
    private final UsualConfigs usual = new UsualConfigs();

    PagureProjects(TokenApi api, URI site) {
        this.api = api;
        this.site = site;
    }

    /** A place in the API that belongs to a project. */
    static ServiceUri at(TokenApi api, Target target, String... path) {
        return below(api.root(target), target.project()).path(path);
    }

    /** The path of a project is that of its page: {@code rpms/hello}, {@code fork/ada/rpms/hello}, {@code hello}. */
    static ServiceUri below(ServiceUri root, Project project) {
        ServiceUri namespace = project.namespace().isEmpty()
                ? root
                : root.path(project.namespace().split("/", -1));
        return namespace.path(project.name());
    }

    /**
     * Lists the root of the commit, and reads only what can be there; or reads what the project usually has. The newest
     * commit has no address of its own, so that it is listed.
     */
    Optional<PackageConfigFile> packageConfig(Target target, String commit, List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (commit.equals(Forge.HEAD)) {
            return listed(target, commit, names);
        }
        return COMMIT.matcher(commit).matches()
                ? usual.find(
                        target.project(),
                        names,
                        () -> file(target, commit, names.get(0)),
                        () -> listed(target, commit, names))
                : Optional.empty();
    }

    private Optional<PackageConfigFile> listed(Target target, String commit, List<String> names) {
        JsonNode root = root(target, commit);
        return names.stream()
                .flatMap(name -> place(root, name).stream().flatMap(at -> file(target, at, name).stream()))
                .findFirst();
    }

    private JsonNode root(Target target, String commit) {
        ServiceUri tree = at(api, target, "tree");
        try {
            return api.get("config-find", commit.equals(Forge.HEAD) ? tree : tree.path(commit))
                    .path("content");
        } catch (ServiceRefusedException e) {
            if (e.status() != 404) {
                throw api.refused(e, NEED);
            }
            mustExist(target);
            if (commit.equals(Forge.HEAD)) {
                return MissingNode.getInstance(); // an empty repository has no head
            }
            throw new TransientException("Pagure does not know the commit, or not yet");
        }
    }

    /** The commit or branch where a file can be: its first part is in the root, and says by its address where that is. */
    private static Optional<String> place(JsonNode root, String name) {
        String[] segments = segments(name);
        String type = segments.length == 1 ? "file" : "folder";
        for (JsonNode entry : root) {
            if (entry.path("name").asText().equals(segments[0])
                    && entry.path("type").asText().equals(type)) {
                Matcher address = CONTENT.matcher(entry.path("content_url").asText());
                return address.find()
                        ? Optional.of(UriUtils.decode(address.group(1), StandardCharsets.UTF_8))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void mustExist(Target target) {
        try {
            api.get("project-find", at(api, target));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    private Optional<PackageConfigFile> file(Target target, String place, String name) {
        ServiceUri uri = below(ServiceUri.at(site), target.project())
                .path("raw")
                .path(segments(place))
                .path("f")
                .path(segments(name));
        try {
            return Optional.of(new PackageConfigFile(name, api.getFile("config-read", uri)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw api.refused(e, "nothing for this, but the project must be public");
        }
    }

    private static String[] segments(String name) {
        return name.split("/", -1);
    }

    /** As https://pagure.io/api/0/#projects, "List project's branches", has it beside the branches. */
    Optional<String> defaultBranch(Target target) {
        try {
            return Optional.ofNullable(api.get("branches-find", at(api, target, "git", "branches"))
                    .path("default")
                    .textValue());
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    List<String> tags(Target target) {
        List<String> names = new ArrayList<>();
        commitsOfTags(target).fieldNames().forEachRemaining(names::add);
        return names;
    }

    Optional<TagHead> tagHead(Target target, String tag, List<String> names) {
        return Optional.of(commitsOfTags(target).path(tag).asText())
                .filter(commit -> COMMIT.matcher(commit).matches())
                .map(commit ->
                        new TagHead(commit, packageConfig(target, commit, names).orElse(null)));
    }

    /** By the names of the tags (https://pagure.io/api/0/#projects, "List project's tags"). */
    private JsonNode commitsOfTags(Target target) {
        try {
            return api.get("tags-find", at(api, target, "git", "tags").query("with_commits", true))
                    .path("tags");
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    Optional<PullRequestHead> pullRequestHead(Target target, int number, List<String> names) {
        JsonNode found;
        try {
            found = api.get("pull-request-find", at(api, target, "pull-request", Integer.toString(number)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw api.refused(e, NEED);
        }
        String commit = text(found.path("commit_stop"));
        if (commit == null) {
            throw new TransientException("Pagure has not looked at the commits of the pull request yet");
        }
        PackageConfigFile config = packageConfig(target, commit, names).orElse(null);
        return Optional.of(new PullRequestHead(pullRequest(number, found), commit, config));
    }

    /** The API lists all branches at once (https://pagure.io/api/0/#projects, "List git branches"). */
    Optional<String> branchHead(Target target, String branch) {
        try {
            JsonNode found =
                    api.get("branch-find", at(api, target, "git", "branches").query("with_commits", "true"));
            return Optional.ofNullable(text(found.path("branches").path(branch)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw api.refused(e, NEED);
        }
    }

    private static PullRequest pullRequest(int number, JsonNode found) {
        JsonNode from = found.path("repo_from");
        Optional<Project> source = Project.at(from.path("full_url").asText(), text(from.path("url_path")), null);
        List<String> labels = new ArrayList<>();
        found.path("tags").forEach(tag -> labels.add(tag.asText()));
        return new PullRequest(
                number,
                source.map(Project::namespace).orElse(null),
                source.map(Project::name).orElse(null),
                text(found.path("branch_from")),
                text(found.path("branch")),
                text(found.path("user").path("name")),
                labels);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
