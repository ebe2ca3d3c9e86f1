package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.forgeway.service.http.RateLimit;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceRefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Forgeway asks through GraphQL (https://docs.github.com/en/graphql/reference/objects#commit): files at a commit,
 * and heads of pull requests and tags, each in one request whatever the number of names. Questions about repositories of
 * one account that wait at the same moment share a request, under aliases. The commits of a fork's pull request are
 * reachable through the base repository.
 */
final class GitHubQueries {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}([0-9a-fA-F]{24})?");

    /** GitHub answers a query that takes longer than ten seconds with an error; each question reads a few files. */
    private static final int MOST = 50;

    private final GitHubApi api;
    private final Clock clock;
    private final SharedRequests<Lane, Question, Optional<PackageConfigFile>> configs;
    private final SharedRequests<Lane, Question, Optional<PullRequestHead>> heads;
    private final SharedRequests<Lane, Question, Optional<TagHead>> tags;

    /**
     * Who may share a request.
     *
     * @param account an installation belongs to one account, and so does its token
     * @param names the files that are asked for
     */
    private record Lane(String account, List<String> names) {}

    /** @param key the commit, number or expression that is asked for */
    private record Question(Target target, Object key) {}

    GitHubQueries(GitHubApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
        this.configs = shared("config-find", GitHubQuery.Kind.COMMIT, GitHubQueries::config);
        this.heads = shared("pull-request-head", GitHubQuery.Kind.PULL_REQUEST, GitHubQueries::pullRequest);
        this.tags = shared("tag-head", GitHubQuery.Kind.EXPRESSION, GitHubQueries::tag);
    }

    /** @throws TransientException when GitHub does not know the commit yet: its webhooks can be faster than its storage */
    Optional<PackageConfigFile> packageConfig(Target target, String commit, List<String> names) {
        if (commit.equals(Forge.HEAD)) {
            return tags.ask(lane(target, names), new Question(target, commit)).map(TagHead::config);
        }
        if (names.isEmpty() || !COMMIT.matcher(commit).matches()) {
            return Optional.empty();
        }
        return configs.ask(lane(target, names), new Question(target, commit));
    }

    Optional<PullRequestHead> pullRequestHead(Target target, int number, List<String> names) {
        return heads.ask(lane(target, names), new Question(target, number));
    }

    /** The commit behind a tag, also behind one with a text of its own. */
    Optional<TagHead> tagHead(Target target, String tag, List<String> names) {
        return tags.ask(lane(target, names), new Question(target, "refs/tags/" + tag + "^{commit}"));
    }

    private static Lane lane(Target target, List<String> names) {
        return new Lane(target.project().namespaceKey(), names);
    }

    private <A> SharedRequests<Lane, Question, A> shared(
            String operation, GitHubQuery.Kind kind, BiFunction<JsonNode, List<String>, A> read) {
        return new SharedRequests<>(
                "github", operation, MOST, (lane, batch) -> send(operation, kind, lane.names(), batch, read));
    }

    private <A> void send(
            String operation,
            GitHubQuery.Kind kind,
            List<String> names,
            List<Asked<Question, A>> batch,
            BiFunction<JsonNode, List<String>, A> read) {
        GitHubQuery query = new GitHubQuery(kind, names);
        for (Asked<Question, A> asked : batch) {
            query.add(asked.question().target().project(), asked.question().key());
        }
        ServiceAnswer answer = ask(batch.get(0).question().target(), operation, query.request());
        for (JsonNode error : answer.body().path("errors")) {
            fail(answer, error, batch);
        }
        for (int i = 0; i < batch.size(); i++) {
            JsonNode repository = answer.body().path("data").path(GitHubQuery.alias(i));
            try {
                batch.get(i).answer(read.apply(repository, names));
            } catch (UserErrorException | TransientException e) {
                batch.get(i).fail(e);
            }
        }
    }

    private static Optional<PackageConfigFile> config(JsonNode repository, List<String> names) {
        if (repository.path("object").isNull()) {
            throw new TransientException("GitHub does not know the commit, or not yet");
        }
        return first(repository.path("object"), names);
    }

    private static Optional<TagHead> tag(JsonNode repository, List<String> names) {
        JsonNode commit = repository.path("object");
        return commit.has("oid")
                ? Optional.of(new TagHead(
                        commit.path("oid").asText(), first(commit, names).orElse(null)))
                : Optional.empty();
    }

    private static Optional<PullRequestHead> pullRequest(JsonNode repository, List<String> names) {
        JsonNode found = repository.path("pullRequest");
        if (!found.isObject()) {
            return Optional.empty();
        }
        JsonNode source = found.path("headRepository");
        PullRequest pullRequest = new PullRequest(
                found.path("number").asInt(),
                text(source.path("owner").path("login")),
                text(source.path("name")),
                text(found.path("headRefName")),
                text(found.path("baseRefName")),
                null,
                labels(found.path("labels").path("nodes")));
        JsonNode commit = found.path("commits").path("nodes").path(0).path("commit");
        String oid = commit.path("oid").asText(found.path("headRefOid").asText());
        return Optional.of(
                new PullRequestHead(pullRequest, oid, first(commit, names).orElse(null)));
    }

    private static @Nullable List<String> labels(JsonNode nodes) {
        return nodes.isArray() ? nodes.findValuesAsText("name") : null;
    }

    private static Optional<PackageConfigFile> first(JsonNode commit, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            JsonNode blob = commit.path("f" + i).path("object");
            boolean isFile = blob.has("isBinary");
            if (isFile
                    && (blob.path("isBinary").asBoolean() || blob.path("text").isNull())) {
                throw new UserErrorException(names.get(i) + " is not a text file");
            }
            if (isFile && blob.path("isTruncated").asBoolean()) {
                throw new UserErrorException(names.get(i) + " is too large to be a package config");
            }
            if (isFile) {
                return Optional.of(
                        new PackageConfigFile(names.get(i), blob.path("text").asText()));
            }
        }
        return Optional.empty();
    }

    private ServiceAnswer ask(Target target, String operation, ObjectNode request) {
        try {
            return api.graphQl(target, operation, request);
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, "Contents: read and Pull requests: read");
        }
    }

    /**
     * Errors come with status 200 (https://docs.github.com/en/graphql/guides/using-graphql-clients). One with a path
     * concerns the question under that alias alone.
     */
    private <A> void fail(ServiceAnswer answer, JsonNode error, List<Asked<Question, A>> batch) {
        String place = error.path("path").path(0).asText();
        boolean found = false;
        for (int i = 0; i < batch.size(); i++) {
            if (GitHubQuery.alias(i).equals(place)) {
                failure(batch.get(i).question().target(), answer, error).ifPresent(batch.get(i)::fail);
                found = true;
            }
        }
        if (!found) {
            batch.forEach(
                    asked -> failure(asked.question().target(), answer, error).ifPresent(asked::fail));
        }
    }

    private Optional<RuntimeException> failure(Target target, ServiceAnswer answer, JsonNode error) {
        String message = error.path("message").asText("no message");
        String project = target.project().namespace() + "/" + target.project().name();
        return switch (error.path("type").asText()) {
            case "NOT_FOUND" ->
                error.path("path").size() <= 1
                        ? Optional.of(new UserErrorException(
                                "The repository " + project + " was not found or is not accessible"))
                        : Optional.empty();
            case "FORBIDDEN" ->
                Optional.of(new UserErrorException("GitHub refuses to show " + project + ": " + message));
            case "RATE_LIMITED", "RATE_LIMIT" ->
                Optional.of(new TransientException(
                        "GitHub's GraphQL budget is used up: " + message,
                        RateLimit.retryAt(answer.headers(), clock.instant())));
            default -> Optional.of(new TransientException("GitHub could not answer about " + project + ": " + message));
        };
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
