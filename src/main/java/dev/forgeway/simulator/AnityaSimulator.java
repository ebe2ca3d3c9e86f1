package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Anitya: the packages of Fedora and the versions of their projects (https://release-monitoring.org/static/docs/api.html). A
 * project is named as its package, and is of the ecosystem of its homepage.
 */
public final class AnityaSimulator extends HttpSimulator {

    private final Map<String, List<String>> versions = new ConcurrentHashMap<>();

    /** An Anitya on any free port that knows nothing. */
    public AnityaSimulator() {
        super(0);
        route("GET", "/api/v2/packages/", this::packages);
        route("GET", "/api/v2/projects/", this::projects);
        startListening();
    }

    /** The project of a package has these versions, all of them stable. */
    public AnityaSimulator knows(String packageName, String... stable) {
        versions.put(packageName, List.of(stable));
        return this;
    }

    private Response packages(Request request) {
        String name = request.query().getOrDefault("name", "");
        boolean isFedora = "fedora".equalsIgnoreCase(request.query().get("distribution"));
        return page(
                isFedora && versions.containsKey(name)
                        ? List.of(Json.object(
                                "distribution", "Fedora", "ecosystem", homepage(name), "name", name, "project", name))
                        : List.of());
    }

    private Response projects(Request request) {
        String name = request.query().getOrDefault("name", "");
        List<String> known = homepage(name).equals(request.query().get("ecosystem")) ? versions.get(name) : null;
        return page(
                known == null
                        ? List.of()
                        : List.of(Json.object(
                                "id",
                                1,
                                "backend",
                                "custom",
                                "name",
                                name,
                                "homepage",
                                homepage(name),
                                "ecosystem",
                                homepage(name),
                                "versions",
                                known,
                                "stable_versions",
                                known)));
    }

    @Override
    Response unknownPath(Request request) {
        return Response.html(404, "<h1>Not Found</h1>");
    }

    private static String homepage(String name) {
        return "https://example.org/" + name;
    }

    private static Response page(List<?> items) {
        return Response.json(200, Map.of("items", items, "items_per_page", 25, "page", 1, "total_items", items.size()));
    }
}
