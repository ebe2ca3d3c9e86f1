package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.Scalars;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's GraphQL API over a part of its schema (https://docs.github.com/en/graphql). Its errors come with status
 * 200 and have their {@code type} beside the message, which the GraphQL specification would put under extensions.
 */
final class GitHubGraphql {

    private static final String CALLER = "caller";

    private final GitHubState state;
    private final GitHubApp app;
    private final RateLimit limit;
    private final GraphQL graphql;

    GitHubGraphql(GitHubState state, GitHubApp app, RateLimit limit) {
        this.state = state;
        this.app = app;
        this.limit = limit;
        this.graphql = GraphQL.newGraphQL(
                        new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema()), wiring()))
                .build();
    }

    Response answer(Request request) {
        GitHubCaller caller = app.caller(request);
        JsonNode body = request.json();
        String query = Json.text(body, "query");
        if (query == null) {
            throw GitHubErrors.refusal(400, "A query attribute must be specified and must be a string.");
        }
        ExecutionInput.Builder input = ExecutionInput.newExecutionInput()
                .query(query)
                .operationName(Json.text(body, "operationName"))
                .graphQLContext(Map.of(CALLER, caller));
        if (body.path("variables").isObject()) {
            input.variables(variables(body.path("variables")));
        }
        ExecutionResult result = graphql.execute(input);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        if (!result.getErrors().isEmpty()) {
            answer.put(
                    "errors",
                    result.getErrors().stream().map(GitHubGraphql::error).toList());
        }
        return Response.json(200, answer);
    }

    /** What GitHub answers, with status 200, when the budget is used up. */
    static Response rateLimited() {
        return Response.json(
                200,
                Map.of(
                        "errors",
                        List.of(Json.object(
                                "type", "RATE_LIMITED", "message", "API rate limit exceeded for installation."))));
    }

    private RuntimeWiring wiring() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        addScalarsAndInterfaces(wiring);
        wiring.type(
                "Query",
                type -> type.dataFetcher("repository", this::repository)
                        .dataFetcher("rateLimit", environment -> rateLimit())
                        .dataFetcher(
                                "viewer",
                                environment ->
                                        GitHubNodes.user(caller(environment).login())));
        wiring.type(
                "Repository",
                type -> type.dataFetcher("object", GitHubGraphql::object)
                        .dataFetcher("pullRequest", GitHubGraphql::pullRequest));
        wiring.type("Commit", type -> type.dataFetcher("file", GitHubGraphql::file));
        wiring.type("Tree", type -> type.dataFetcher("entries", GitHubGraphql::entries));
        return wiring.build();
    }

    private static void addScalarsAndInterfaces(RuntimeWiring.Builder wiring) {
        for (String scalar : List.of("DateTime", "GitObjectID", "URI")) {
            wiring.scalar(GraphQLScalarType.newScalar()
                    .name(scalar)
                    .coercing(Scalars.GraphQLString.getCoercing())
                    .build());
        }
        TypeResolver byName = environment -> {
            Map<String, Object> node = environment.getObject();
            return environment.getSchema().getObjectType(String.valueOf(node.get(GitHubNodes.TYPE)));
        };
        for (String type : List.of("Actor", "RepositoryOwner", "GitObject")) {
            wiring.type(type, builder -> builder.typeResolver(byName));
        }
    }

    private DataFetcherResult<Object> repository(DataFetchingEnvironment environment) {
        String fullName = argument(environment, "owner") + "/" + argument(environment, "name");
        return state.find(fullName)
                .filter(caller(environment)::sees)
                .map(store -> found(GitHubNodes.repository(store.owner(), store)))
                .orElseGet(() ->
                        notFound(environment, "Could not resolve to a Repository with the name '" + fullName + "'."));
    }

    private static DataFetcherResult<Object> pullRequest(DataFetchingEnvironment environment) {
        GitHubRepository store = store(environment);
        int number = Objects.requireNonNull(environment.<Integer>getArgument("number"));
        return store.pullRequest(number)
                .map(pull -> found(GitHubNodes.pullRequest(store, pull)))
                .orElseGet(() ->
                        notFound(environment, "Could not resolve to a PullRequest with the number of " + number + "."));
    }

    private static @Nullable Object object(DataFetchingEnvironment environment) {
        String oid = environment.getArgument("oid");
        String expression = environment.getArgument("expression");
        String named = oid == null ? expression : oid;
        return named == null ? null : GitHubNodes.named(store(environment), named);
    }

    private static @Nullable Object file(DataFetchingEnvironment environment) {
        Map<String, Object> commit = source(environment);
        return GitHubNodes.entry(store(environment), String.valueOf(commit.get("oid")), argument(environment, "path"))
                .orElse(null);
    }

    private static List<Object> entries(DataFetchingEnvironment environment) {
        Map<String, Object> tree = source(environment);
        String commit = String.valueOf(tree.get("commit"));
        String folder = String.valueOf(tree.get("folder"));
        GitHubRepository store = store(environment);
        List<Object> entries = new ArrayList<>();
        for (String name : GitHubContents.names(store.tree(commit).orElse(Map.of()), folder)) {
            GitHubNodes.entry(store, commit, folder.isEmpty() ? name : folder + "/" + name)
                    .ifPresent(entries::add);
        }
        return entries;
    }

    private Map<String, @Nullable Object> rateLimit() {
        return Json.object(
                "cost",
                1,
                "limit",
                limit.limit(),
                "nodeCount",
                1,
                "remaining",
                limit.remaining(),
                "resetAt",
                limit.reset().toString(),
                "used",
                limit.limit() - limit.remaining());
    }

    private static DataFetcherResult<Object> found(Object node) {
        return DataFetcherResult.<Object>newResult().data(node).build();
    }

    private static DataFetcherResult<Object> notFound(DataFetchingEnvironment environment, String message) {
        GraphQLError error = GraphqlErrorBuilder.newError(environment)
                .message("%s", message)
                .extensions(Map.of("type", "NOT_FOUND"))
                .build();
        return DataFetcherResult.<Object>newResult().error(error).build();
    }

    private static Map<String, @Nullable Object> error(GraphQLError error) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Object type =
                error.getExtensions() == null ? null : error.getExtensions().get("type");
        if (type != null) {
            json.put("type", type);
        }
        if (error.getPath() != null) {
            json.put("path", error.getPath());
        }
        if (error.getLocations() != null) {
            json.put(
                    "locations",
                    error.getLocations().stream()
                            .map(at -> Json.object("line", at.getLine(), "column", at.getColumn()))
                            .toList());
        }
        json.put("message", error.getMessage());
        return json;
    }

    private static GitHubCaller caller(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().<GitHubCaller>get(CALLER));
    }

    private static GitHubRepository store(DataFetchingEnvironment environment) {
        return (GitHubRepository) Objects.requireNonNull(source(environment).get(GitHubNodes.STORE));
    }

    private static Map<String, Object> source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<Map<String, Object>>getSource());
    }

    private static String argument(DataFetchingEnvironment environment, String name) {
        return Objects.requireNonNull(environment.<String>getArgument(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variables(JsonNode variables) {
        return (Map<String, Object>) Json.plain(variables);
    }

    private static String schema() {
        try (InputStream in = Objects.requireNonNull(GitHubGraphql.class.getResourceAsStream("github.graphqls"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
