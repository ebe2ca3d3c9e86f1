package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.SharedRequests;
import dev.forgeway.forge.SharedRequests.Asked;
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
 * request reads any number of files at a ref. Questions about projects of one namespace that wait at the same moment share
 * a request, under aliases.
 */
final class GitLabQueries {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    private static final Pattern PROJECT = Pattern.compile("(.+)/([^/]+)");

    /**
     * A query may have a complexity of 250 (https://docs.gitlab.com/api/graphql/#limits). Four files at a ref have one of
     * about 26, and 2 for each file more; a merge request beside them has one of 20.
     */
    private static final int MOST_CONFIGS = 7;

    private static final int MOST_HEADS = 4;

    private final TokenApi api;
    private final URI graphQl;
    private final SharedRequests<Lane, Question, Optional<PackageConfigFile>> configs;
    private final SharedRequests<Lane, Question, Optional<Head>> heads;
    private final SharedRequests<Lane, Question, Optional<TagHead>> tags;

    /**
     * Who may share a request.
     *
     * @param namespace so that a slow one holds up no other
     * @param names the files that are asked for
     */
    private record Lane(String namespace, List<String> names) {}

    /** @param mergeRequest its number, where it is asked for too */
    private record Question(
            Target target, String ref, @Nullable String mergeRequest) {}

    /** @param atRef the commit whose files these are */
    private record Head(PullRequestHead found, @Nullable String atRef) {}

    GitLabQueries(TokenApi api, URI apiUrl) {
        this.api = api;
        String rest = apiUrl.toString().replaceAll("/+$", "");
        this.graphQl = URI.create(rest.replaceAll("/v4$", "") + "/graphql");
        this.configs = shared("config-find", MOST_CONFIGS, GitLabQueries::config);
        this.heads = shared("pull-request-find", MOST_HEADS, GitLabQueries::head);
        this.tags = shared("tag-head", MOST_CONFIGS, GitLabQueries::tag);
    }

    /** @throws TransientException when GitLab does not know the commit yet */
    Optional<PackageConfigFile> packageConfig(Target target, String commit, List<String> names) {
        if (names.isEmpty()
                || !(commit.equals(Forge.HEAD) || COMMIT.matcher(commit).matches())) {
            return Optional.empty();
        }
        return configs.ask(lane(target, names), new Question(target, commit, null));
    }

    /**
     * The files are read at the ref that GitLab keeps for the head of a merge request
     * (https://docs.gitlab.com/user/project/merge_requests/reviews/#checkout-merge-requests-locally-through-the-head-ref).
     * It can be late after a push, and then the files are asked for once more by the commit.
     */
    Optional<PullRequestHead> mergeRequestHead(Target target, int number, List<String> names) {
        String ref = "refs/merge-requests/" + number + "/head";
        return heads.ask(lane(target, names), new Question(target, ref, Integer.toString(number)))
                .map(head -> head.found().commit().equals(head.atRef())
                        ? head.found()
                        : withConfig(target, head.found(), names));
    }

    private PullRequestHead withConfig(Target target, PullRequestHead head, List<String> names) {
        PackageConfigFile config = packageConfig(target, head.commit(), names).orElse(null);
        return new PullRequestHead(head.pullRequest(), head.commit(), config);
    }

    /** The commit behind a tag, also behind one with a text of its own. */
    Optional<TagHead> tagHead(Target target, String tag, List<String> names) {
        return tags.ask(lane(target, names), new Question(target, "refs/tags/" + tag, null));
    }

    /** The texts of those files that are in a branch. */
    Map<String, String> files(Target target, String branch, List<String> paths) {
        api.root(target);
        GitLabQuery query = new GitLabQuery(paths).add(target, "refs/heads/" + branch, null);
        JsonNode answer = ask("files-find", query);
        JsonNode error = answer.path("errors").path(0);
        if (!error.isMissingNode()) {
            throw failure(error);
        }
        Map<String, String> files = new TreeMap<>();
        repository(target, answer.path("data").path(GitLabQuery.alias(0)))
                .path("blobs")
                .path("nodes")
                .forEach(blob -> files.put(
                        blob.path("path").asText(), blob.path("rawTextBlob").asText()));
        return files;
    }

    private Lane lane(Target target, List<String> names) {
        api.root(target);
        return new Lane(target.project().namespaceKey(), names);
    }

    private <A> SharedRequests<Lane, Question, A> shared(String operation, int most, Reader<A> reader) {
        return new SharedRequests<>(
                "gitlab", operation, most, (lane, batch) -> send(operation, lane.names(), batch, reader));
    }

    /** What the answer about a project means. */
    private interface Reader<A> {
        A read(Question question, JsonNode project, List<String> names);
    }

    private <A> void send(String operation, List<String> names, List<Asked<Question, A>> batch, Reader<A> reader) {
        GitLabQuery query = new GitLabQuery(names);
        for (Asked<Question, A> asked : batch) {
            Question question = asked.question();
            query.add(question.target(), question.ref(), question.mergeRequest());
        }
        JsonNode answer = ask(operation, query);
        for (JsonNode error : answer.path("errors")) {
            fail(error, batch);
        }
        for (int i = 0; i < batch.size(); i++) {
            Asked<Question, A> asked = batch.get(i);
            JsonNode project = answer.path("data").path(GitLabQuery.alias(i));
            try {
                asked.answer(reader.read(asked.question(), project, names));
            } catch (UserErrorException | TransientException e) {
                asked.fail(e);
            }
        }
    }

    /** An error with a path concerns the question under that alias alone; another one, as about the complexity, all of them. */
    private static <A> void fail(JsonNode error, List<Asked<Question, A>> batch) {
        String place = error.path("path").path(0).asText();
        for (int i = 0; i < batch.size(); i++) {
            if (GitLabQuery.alias(i).equals(place)) {
                batch.get(i).fail(failure(error));
                return;
            }
        }
        throw failure(error);
    }

    private static TransientException failure(JsonNode error) {
        return new TransientException(
                "GitLab could not answer: " + error.path("message").asText("no message"));
    }

    private static Optional<PackageConfigFile> config(Question question, JsonNode project, List<String> names) {
        JsonNode repository = repository(question.target(), project);
        if (!question.ref().equals(Forge.HEAD) && headOf(repository) == null) {
            throw new TransientException("GitLab does not know the commit, or not yet");
        }
        return first(repository, names);
    }

    private static Optional<TagHead> tag(Question question, JsonNode project, List<String> names) {
        JsonNode repository = repository(question.target(), project);
        String commit = headOf(repository);
        return commit == null
                ? Optional.empty()
                : Optional.of(new TagHead(commit, first(repository, names).orElse(null)));
    }

    private static Optional<Head> head(Question question, JsonNode project, List<String> names) {
        JsonNode repository = repository(question.target(), project);
        JsonNode found = project.path("mergeRequest");
        String head = text(found.path("diffHeadSha"));
        if (head == null) {
            return Optional.empty();
        }
        String atRef = headOf(repository);
        PackageConfigFile config = head.equals(atRef) ? first(repository, names).orElse(null) : null;
        PullRequest pullRequest = pullRequest(found.path("iid").asInt(), found);
        return Optional.of(new Head(new PullRequestHead(pullRequest, head, config), atRef));
    }

    /** What may not be seen is null (https://docs.gitlab.com/api/graphql/#authentication). */
    private static JsonNode repository(Target target, JsonNode project) {
        if (!project.isObject()) {
            throw new UserErrorException("The project " + GitLabProjects.path(target.project())
                    + " was not found on GitLab or is not accessible");
        }
        return project.path("repository");
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

    /** Errors come with status 200. */
    private JsonNode ask(String operation, GitLabQuery query) {
        try {
            return api.post(operation, graphQl, query.request());
        } catch (ServiceRefusedException e) {
            throw api.refused(e, "the scope api");
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
