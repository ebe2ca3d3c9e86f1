package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.RateLimit;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceRefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Forgeway asks through GraphQL (https://docs.github.com/en/graphql/reference/objects#commit): files at a commit
 * and heads of pull requests, each in one request whatever the number of names. The commits of a fork's pull request
 * are reachable through the base repository. Names, commits and numbers travel as variables only.
 */
final class GitHubQueries {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}([0-9a-fA-F]{24})?");

    private final GitHubApi api;
    private final Clock clock;

    GitHubQueries(GitHubApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    Optional<PackageConfigFile> packageConfig(Target target, String commit, List<String> names) {
        if (names.isEmpty() || !COMMIT.matcher(commit).matches()) {
            return Optional.empty();
        }
        String query = "query(" + variables(names) + "$commit:GitObjectID!){repository(owner:$owner,name:$name){"
                + "object(oid:$commit){... on Commit{" + files(names) + "}}}}";
        ObjectNode variables = values(target, names).put("commit", commit);
        JsonNode repository = ask(target, "config-find", query, variables);
        return first(repository.path("object"), names);
    }

    Optional<PullRequestHead> pullRequestHead(Target target, int number, List<String> names) {
        String query = "query(" + variables(names) + "$number:Int!){repository(owner:$owner,name:$name){"
                + "pullRequest(number:$number){number headRefOid headRefName baseRefName"
                + " headRepository{name owner{login}} labels(first:100){nodes{name}}"
                + " commits(last:1){nodes{commit{oid" + (names.isEmpty() ? "" : " " + files(names)) + "}}}}}}";
        ObjectNode variables = values(target, names).put("number", number);
        JsonNode found = ask(target, "pull-request-head", query, variables).path("pullRequest");
        return found.isObject() ? Optional.of(head(found, names)) : Optional.empty();
    }

    private static PullRequestHead head(JsonNode found, List<String> names) {
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
        return new PullRequestHead(pullRequest, oid, first(commit, names).orElse(null));
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

    private static String variables(List<String> names) {
        StringBuilder text = new StringBuilder("$owner:String!,$name:String!,");
        for (int i = 0; i < names.size(); i++) {
            text.append("$p").append(i).append(":String!,");
        }
        return text.toString();
    }

    private static String files(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(" f").append(i).append(":file(path:$p").append(i);
            text.append("){object{... on Blob{text isBinary isTruncated}}}");
        }
        return text.substring(Math.min(1, text.length()));
    }

    private static ObjectNode values(Target target, List<String> names) {
        ObjectNode variables = JsonNodeFactory.instance
                .objectNode()
                .put("owner", target.project().namespace())
                .put("name", target.project().name());
        for (int i = 0; i < names.size(); i++) {
            variables.put("p" + i, names.get(i));
        }
        return variables;
    }

    private JsonNode ask(Target target, String operation, String query, ObjectNode variables) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("query", query);
        request.set("variables", variables);
        ServiceAnswer answer;
        try {
            answer = api.graphQl(target, operation, request);
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, "Contents: read and Pull requests: read");
        }
        answer.body().path("errors").forEach(error -> raise(target, answer, error));
        return answer.body().path("data").path("repository");
    }

    /** Errors come with status 200 (https://docs.github.com/en/graphql/guides/using-graphql-clients). */
    private void raise(Target target, ServiceAnswer answer, JsonNode error) {
        String message = error.path("message").asText("no message");
        String project = target.project().namespace() + "/" + target.project().name();
        switch (error.path("type").asText()) {
            case "NOT_FOUND" -> {
                if (error.path("path").size() <= 1) {
                    throw new UserErrorException("The repository " + project + " was not found or is not accessible");
                }
            }
            case "FORBIDDEN" -> throw new UserErrorException("GitHub refuses to show " + project + ": " + message);
            case "RATE_LIMITED", "RATE_LIMIT" ->
                throw new TransientException(
                        "GitHub's GraphQL budget is used up: " + message,
                        RateLimit.retryAt(answer.headers(), clock.instant()));
            default -> throw new TransientException("GitHub could not answer about " + project + ": " + message);
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
