package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GitLab's GraphQL API over a part of its schema (https://docs.gitlab.com/api/graphql/reference/). */
final class GitLabGraphql {

    private static final Pattern HEAD = Pattern.compile("refs/merge-requests/(\\d+)/head");
    private static final String TAGS = "refs/tags/";
    private static final String HEADS = "refs/heads/";
    private static final String STORE = "store";

    private final Function<String, Optional<ForgeProject>> projects;
    private final GraphQL graphql;

    GitLabGraphql(Function<String, Optional<ForgeProject>> projects) {
        this.projects = projects;
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .type("Query", type -> type.dataFetcher("project", this::project))
                .type("Project", type -> type.dataFetcher("mergeRequest", GitLabGraphql::mergeRequest))
                .type(
                        "Repository",
                        type -> type.dataFetcher("tree", GitLabGraphql::tree)
                                .dataFetcher("blobs", GitLabGraphql::blobs))
                .build();
        this.graphql = GraphQL.newGraphQL(
                        new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema()), wiring))
                .build();
    }

    @SuppressWarnings("unchecked")
    Response answer(Request request) {
        JsonNode body = request.json();
        Map<String, Object> variables = (Map<String, Object>) Json.plain(body.path("variables"));
        return Response.json(
                200,
                graphql.execute(ExecutionInput.newExecutionInput()
                                .query(body.path("query").asText())
                                .variables(variables))
                        .toSpecification());
    }

    private @Nullable Object project(DataFetchingEnvironment environment) {
        return projects.apply(argument(environment, "fullPath"))
                .map(GitLabGraphql::node)
                .orElse(null);
    }

    private static Map<String, @Nullable Object> node(ForgeProject project) {
        return Json.object(
                "id",
                "gid://gitlab/Project/" + project.id(),
                "fullPath",
                project.path(),
                "repository",
                Json.object(STORE, project),
                STORE,
                project);
    }

    private static @Nullable Object mergeRequest(DataFetchingEnvironment environment) {
        int number = Integer.parseInt(argument(environment, "iid"));
        return store(environment)
                .pullRequest(number)
                .map(found -> Json.object(
                        "iid", Integer.toString(number),
                        "author", Map.of("username", found.author()),
                        "diffHeadSha", found.head(),
                        "sourceBranch", found.branch(),
                        "sourceProject", Map.of("id", "gid://gitlab/Project/1", "fullPath", found.source()),
                        "targetBranch", found.target(),
                        "labels",
                                Map.of(
                                        "nodes",
                                        found.labels().stream()
                                                .map(label -> Map.of("title", label))
                                                .toList())))
                .orElse(null);
    }

    /** The tree of a ref that is not there has no commit. */
    private static Object tree(DataFetchingEnvironment environment) {
        String commit = commit(environment);
        return store(environment).files(commit) == null ? Map.of() : Map.of("lastCommit", Map.of("sha", commit));
    }

    private static Object blobs(DataFetchingEnvironment environment) {
        Map<String, String> files = store(environment).files(commit(environment));
        List<String> paths = Objects.requireNonNull(environment.<List<String>>getArgument("paths"));
        return Map.of(
                "nodes",
                files == null
                        ? List.of()
                        : files.entrySet().stream()
                                .filter(file -> paths.contains(file.getKey()))
                                .map(file -> Map.of("path", file.getKey(), "rawTextBlob", file.getValue()))
                                .toList());
    }

    private static String commit(DataFetchingEnvironment environment) {
        String ref = argument(environment, "ref");
        if (ref.startsWith(TAGS)) {
            return Objects.requireNonNullElse(store(environment).tagged(ref.substring(TAGS.length())), ref);
        }
        if (ref.startsWith(HEADS)) {
            return ref.substring(HEADS.length());
        }
        Matcher head = HEAD.matcher(ref);
        return head.matches()
                ? store(environment)
                        .pullRequest(Integer.parseInt(head.group(1)))
                        .map(ForgeProject.PullRequest::head)
                        .orElse(ref)
                : ref.equals("HEAD") ? "main" : ref;
    }

    private static ForgeProject store(DataFetchingEnvironment environment) {
        Map<String, Object> source = Objects.requireNonNull(environment.<Map<String, Object>>getSource());
        return (ForgeProject) Objects.requireNonNull(source.get(STORE));
    }

    private static String argument(DataFetchingEnvironment environment, String name) {
        return Objects.requireNonNull(environment.<String>getArgument(name));
    }

    private static String schema() {
        try (InputStream in = Objects.requireNonNull(GitLabGraphql.class.getResourceAsStream("gitlab.graphqls"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
