package dev.forgeway.forge.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is read from repositories (https://codeberg.org/api/swagger#/repository). */
final class ForgejoRepositories {

    private static final String NEED = "the scope read:repository and to be let into the repository";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    private final TokenApi api;
    private final UsualConfigs usual = new UsualConfigs();

    ForgejoRepositories(TokenApi api) {
        this.api = api;
    }

    static ServiceUri at(TokenApi api, Target target, String... path) {
        return api.root(target)
                .path("repos", target.project().namespace(), target.project().name())
                .path(path);
    }

    /** Lists the root of the commit, and reads only what can be there; or reads what the project usually has. */
    Optional<PackageConfigFile> packageConfig(Target target, String commit, List<String> names) {
        if (names.isEmpty()
                || !(commit.equals(Forge.HEAD) || COMMIT.matcher(commit).matches())) {
            return Optional.empty();
        }
        return usual.find(
                target.project(), names, () -> file(target, commit, names.get(0)), () -> listed(target, commit, names));
    }

    private Optional<PackageConfigFile> listed(Target target, String commit, List<String> names) {
        Set<String> root = root(target, commit);
        return names.stream()
                .filter(name -> root.contains(segments(name)[0]))
                .flatMap(name -> file(target, commit, name).stream())
                .findFirst();
    }

    private Set<String> root(Target target, String commit) {
        Set<String> names = new HashSet<>();
        try {
            for (JsonNode entry : api.get("config-find", in(at(api, target, "contents"), commit))) {
                names.add(entry.path("name").asText());
            }
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                repository(target);
                if (commit.equals(Forge.HEAD)) {
                    return names; // an empty repository has no head
                }
                throw new TransientException("Forgejo does not know the commit, or not yet");
            }
            throw api.refused(e, NEED);
        }
        return names;
    }

    /** Where no commit is named, Forgejo takes the default branch. */
    private static ServiceUri in(ServiceUri uri, String commit) {
        return commit.equals(Forge.HEAD) ? uri : uri.query("ref", commit);
    }

    private Optional<PackageConfigFile> file(Target target, String commit, String name) {
        return find("config-read", in(at(api, target, "contents").path(segments(name)), commit))
                .filter(found -> found.path("type").asText().equals("file"))
                .map(file -> {
                    JsonNode content = file.path("content");
                    if (!content.isTextual()) {
                        throw new UserErrorException(name + " is too large to be a package config");
                    }
                    byte[] bytes = Base64.getMimeDecoder().decode(content.asText());
                    return new PackageConfigFile(name, new String(bytes, StandardCharsets.UTF_8));
                });
    }

    private static String[] segments(String name) {
        return name.split("/", -1);
    }

    Optional<PullRequestHead> pullRequestHead(Target target, int number, List<String> names) {
        return find("pull-request-find", at(api, target, "pulls", Integer.toString(number)))
                .map(found -> {
                    String commit = found.path("head").path("sha").asText();
                    PackageConfigFile config =
                            packageConfig(target, commit, names).orElse(null);
                    return new PullRequestHead(pullRequest(number, found), commit, config);
                });
    }

    Optional<TagHead> tagHead(Target target, String tag, List<String> names) {
        return find("tag-find", at(api, target, "tags").path(segments(tag))).map(found -> {
            String commit = found.path("commit").path("sha").asText();
            return new TagHead(commit, packageConfig(target, commit, names).orElse(null));
        });
    }

    /** Drafts and pre-releases are none (https://codeberg.org/api/swagger#/repository/repoGetLatestRelease). */
    Optional<String> latestRelease(Target target) {
        return find("release-find", at(api, target, "releases", "latest"))
                .map(release -> release.path("tag_name").asText())
                .filter(tag -> !tag.isEmpty());
    }

    private Optional<JsonNode> find(String operation, ServiceUri uri) {
        try {
            return Optional.of(api.get(operation, uri));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw api.refused(e, NEED);
        }
    }

    private static PullRequest pullRequest(int number, JsonNode found) {
        JsonNode source = found.path("head").path("repo");
        List<String> labels = new ArrayList<>();
        found.path("labels").forEach(label -> labels.add(label.path("name").asText()));
        return new PullRequest(
                number,
                text(source.path("owner").path("login")),
                text(source.path("name")),
                text(found.path("head").path("ref")),
                text(found.path("base").path("ref")),
                text(found.path("user").path("login")),
                labels);
    }

    /** A repository that everybody with an account may see ("internal") is not public. */
    boolean isPrivate(Target target) {
        JsonNode repository = repository(target);
        return repository.path("private").asBoolean(true)
                || repository.path("internal").asBoolean();
    }

    private JsonNode repository(Target target) {
        try {
            return api.get("repository-find", at(api, target));
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
