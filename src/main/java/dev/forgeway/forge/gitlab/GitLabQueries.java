package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is read from repositories, over GraphQL (https://docs.gitlab.com/api/graphql/reference/#repository), where one
 * request reads any number of files at a ref. Names, paths and refs travel as variables only.
 */
final class GitLabQueries {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    private static final Pattern PROJECT = Pattern.compile("(.+)/([^/]+)");

    private static final String VARIABLES = "$project:ID!,$ref:String!,$paths:[String!]!";
    private static final String FILES =
            "repository{tree(ref:$ref){lastCommit{sha}} blobs(ref:$ref,paths:$paths){nodes{path rawTextBlob}}}";
    private static final String CONFIG = "query(" + VARIABLES + "){project(fullPath:$project){" + FILES + "}}";
    private static final String HEAD = "query(" + VARIABLES + ",$iid:String!){project(fullPath:$project){"
            + "mergeRequest(iid:$iid){iid diffHeadSha sourceBranch targetBranch author{username}"
            + " sourceProject{fullPath} labels{nodes{title}}} " + FILES + "}}";

    private final TokenApi api;
    private final URI graphQl;

    GitLabQueries(TokenApi api, URI apiUrl) {
        this.api = api;
        String rest = apiUrl.toString().replaceAll("/+$", "");
        this.graphQl = URI.create(rest.replaceAll("/v4$", "") + "/graphql");
    }

    Optional<PackageConfigFile> packageConfig(Target target, String commit, List<String> names) {
        boolean head = commit.equals(Forge.HEAD);
        if (names.isEmpty() || !(head || COMMIT.matcher(commit).matches())) {
            return Optional.empty();
        }
        JsonNode repository = ask(target, "config-find", CONFIG, variables(target, commit, names))
                .path("repository");
        if (!head && headOf(repository) == null) {
            throw new TransientException("GitLab does not know the commit, or not yet");
        }
        return first(repository, names);
    }

    /**
     * The files are read at the ref that GitLab keeps for the head of a merge request
     * (https://docs.gitlab.com/user/project/merge_requests/reviews/#checkout-merge-requests-locally-through-the-head-ref).
     * It can be late after a push, and then the files are asked for once more by the commit.
     */
    Optional<PullRequestHead> mergeRequestHead(Target target, int number, List<String> names) {
        ObjectNode variables = variables(target, "refs/merge-requests/" + number + "/head", names);
        JsonNode project = ask(target, "pull-request-find", HEAD, variables.put("iid", Integer.toString(number)));
        JsonNode found = project.path("mergeRequest");
        String head = text(found.path("diffHeadSha"));
        if (head == null) {
            return Optional.empty();
        }
        JsonNode repository = project.path("repository");
        Optional<PackageConfigFile> config =
                head.equals(headOf(repository)) ? first(repository, names) : packageConfig(target, head, names);
        return Optional.of(new PullRequestHead(pullRequest(number, found), head, config.orElse(null)));
    }

    /** The commit behind a tag, also behind one with a text of its own. */
    Optional<TagHead> tagHead(Target target, String tag, List<String> names) {
        JsonNode repository = ask(target, "tag-head", CONFIG, variables(target, "refs/tags/" + tag, names))
                .path("repository");
        String commit = headOf(repository);
        return commit == null
                ? Optional.empty()
                : Optional.of(new TagHead(commit, first(repository, names).orElse(null)));
    }

    /** The texts of those files that are in a branch. */
    Map<String, String> files(Target target, String branch, List<String> paths) {
        Map<String, String> files = new TreeMap<>();
        ask(target, "files-find", CONFIG, variables(target, "refs/heads/" + branch, paths))
                .path("repository")
                .path("blobs")
                .path("nodes")
                .forEach(blob -> files.put(
                        blob.path("path").asText(), blob.path("rawTextBlob").asText()));
        return files;
    }

    private static PullRequest pullRequest(int number, JsonNode found) {
        Matcher source =
                PROJECT.matcher(found.path("sourceProject").path("fullPath").asText());
        boolean known = source.matches();
        List<String> labels = new ArrayList<>();
        found.path("labels")
                .path("nodes")
                .forEach(label -> labels.add(label.path("title").asText()));
        return new PullRequest(
                number,
                known ? source.group(1) : null,
                known ? source.group(2) : null,
                text(found.path("sourceBranch")),
                text(found.path("targetBranch")),
                text(found.path("author").path("username")),
                labels);
    }

    private static @Nullable String headOf(JsonNode repository) {
        return text(repository.path("tree").path("lastCommit").path("sha"));
    }

    private static Optional<PackageConfigFile> first(JsonNode repository, List<String> names) {
        for (String name : names) {
            for (JsonNode blob : repository.path("blobs").path("nodes")) {
                if (name.equals(blob.path("path").asText())) {
                    String text = text(blob.path("rawTextBlob"));
                    if (text == null) {
                        throw new UserErrorException(name + " is not a text file");
                    }
                    return Optional.of(new PackageConfigFile(name, text));
                }
            }
        }
        return Optional.empty();
    }

    private static ObjectNode variables(Target target, String ref, List<String> names) {
        ObjectNode variables = TokenApi.object().put("project", GitLabProjects.path(target.project()));
        variables.put("ref", ref).putPOJO("paths", names);
        return variables;
    }

    /** What may not be seen is null (https://docs.gitlab.com/api/graphql/#authentication); errors come with status 200. */
    private JsonNode ask(Target target, String operation, String query, ObjectNode variables) {
        api.root(target);
        ObjectNode request = TokenApi.object().put("query", query);
        request.set("variables", variables);
        JsonNode answer;
        try {
            answer = api.post(operation, graphQl, request);
        } catch (ServiceRefusedException e) {
            throw api.refused(e, "the scope api");
        }
        JsonNode error = answer.path("errors").path(0);
        if (!error.isMissingNode()) {
            throw new TransientException(
                    "GitLab could not answer: " + error.path("message").asText("no message"));
        }
        JsonNode project = answer.path("data").path("project");
        if (!project.isObject()) {
            throw new UserErrorException("The project " + GitLabProjects.path(target.project())
                    + " was not found on GitLab or is not accessible");
        }
        return project;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
