package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprBuilds.Project;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copr's API over HTTP: names of fields and errors as in python-copr's client and Copr's own views
 * (https://copr.fedorainfracloud.org/api_3/docs).
 */
final class CoprApi {

    private static final List<String> RELEASES = List.of(
            "fedora-rawhide",
            "fedora-45",
            "fedora-44",
            "fedora-43",
            "fedora-42",
            "fedora-latest",
            "epel-8",
            "epel-9",
            "epel-10",
            "centos-stream-9",
            "centos-stream-10");
    private static final List<String> ARCHITECTURES = List.of("x86_64", "aarch64", "ppc64le", "s390x");

    private final CoprBuilds builds;
    private final CoprLifeCycle lifeCycle;
    private final String authorization;
    private final Set<String> chroots = ConcurrentHashMap.newKeySet();
    private volatile String user = "packit";
    private Supplier<URI> url = () -> URI.create("http://127.0.0.1");

    CoprApi(CoprBuilds builds, CoprLifeCycle lifeCycle, String login, String token) {
        this.builds = builds;
        this.lifeCycle = lifeCycle;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + token).getBytes(StandardCharsets.UTF_8));
        RELEASES.forEach(release -> ARCHITECTURES.forEach(arch -> chroots.add(release + "-" + arch)));
        chroots.add("fedora-rawhide-i386");
    }

    void addTo(HttpSimulator copr) {
        this.url = copr::url;
        copr.route("GET", "/api_3/project", this::getProject);
        copr.route("POST", "/api_3/project/add/{owner}", this::addProject);
        copr.route("POST", "/api_3/project/edit/{owner}/{project}", this::editProject);
        copr.route("PUT", "/api_3/project/edit/{owner}/{project}", this::editProject);
        copr.route("POST", "/api_3/project-chroot/edit/{owner}/{project}/{chroot}", this::editChroot);
        copr.route("POST", "/api_3/build/create/custom", this::createBuild);
        copr.route("GET", "/api_3/build/list", this::listBuilds);
        copr.route("GET", "/api_3/build/source-build-config/{id}", this::getSourceBuildConfig);
        copr.route("GET", "/api_3/build-chroot/list", this::listChroots);
        copr.route("GET", "/api_3/build/{id}", request -> Response.json(200, json(build(request))));
        copr.route("GET", "/api_3/build-chroot/built-packages", this::getBuiltPackages);
        copr.route("PUT", "/api_3/build/cancel/{id}", this::cancelBuild);
        copr.route("POST", "/api_3/build/cancel/{id}", this::cancelBuild);
        copr.route("GET", "/api_3/auth-check", request -> {
            authenticate(request);
            return Response.json(200, Map.of("name", user));
        });
    }

    void user(String name) {
        this.user = name;
    }

    void addChroot(String name) {
        chroots.add(name);
    }

    private Response getProject(Request request) {
        return Response.json(
                200, CoprJson.of(project(argument(request, "ownername"), argument(request, "projectname"))));
    }

    private Response addProject(Request request) {
        authenticate(request);
        JsonNode form = request.json();
        String owner = request.parameter("owner");
        String name = Json.text(form, "name");
        if (name == null || name.isBlank()) {
            throw refusal(400, "name: This field is required.");
        }
        boolean existOk = isTrue(request.query().get("exist_ok")) || isTrue(Json.text(form, "exist_ok"));
        if (builds.project(owner, name).isPresent()) {
            if (existOk) {
                return Response.json(200, CoprJson.of(project(owner, name)));
            }
            throw refusal(400, "name: You already have a project named '" + name + "'.");
        }
        List<String> wanted = CoprJson.strings(form.path("chroots"));
        refuseUnknown(wanted, "Unexpected chroot: ");
        return Response.json(200, CoprJson.of(builds.putProject(owner, name, wanted, CoprJson.settings(form))));
    }

    private Response editProject(Request request) {
        authenticate(request);
        Project project = project(request.parameter("owner"), request.parameter("project"));
        JsonNode form = request.json();
        List<String> wanted = CoprJson.strings(form.path("chroots"));
        refuseUnknown(wanted, "Unexpected chroot: ");
        // An edit replaces the list of chroots; without one the project keeps its own.
        List<String> chrootsNow = wanted.isEmpty() ? project.chroots() : wanted;
        return Response.json(
                200,
                CoprJson.of(
                        builds.putProject(project.ownername(), project.name(), chrootsNow, CoprJson.settings(form))));
    }

    private Response editChroot(Request request) {
        authenticate(request);
        Project project = project(request.parameter("owner"), request.parameter("project"));
        String chroot = request.parameter("chroot");
        if (!project.chroots().contains(chroot)) {
            throw refusal(404, "Chroot " + chroot + " does not exist in " + project.name());
        }
        return Response.json(200, builds.putChroot(project, chroot, CoprJson.chroot(request.json())));
    }

    private Response createBuild(Request request) {
        authenticate(request);
        JsonNode form = request.json();
        String owner = Json.text(form, "ownername");
        String name = Json.text(form, "projectname");
        Project project = project(owner == null ? "" : owner, name == null ? "" : name);
        if (Json.text(form, "script") == null) {
            throw refusal(400, "Bad request parameters: {'script': ['This field is required.']}");
        }
        String forgeProject = Json.text(form, "packit_forge_project");
        if (!project.allows(forgeProject)) {
            throw refusal(403, "Forge project " + forgeProject + " can't build in this Copr via Packit.");
        }
        List<String> wanted = CoprJson.strings(form.path("chroots"));
        for (String chroot : wanted) {
            if (!project.chroots().contains(chroot)) {
                throw refusal(
                        400,
                        "Bad request parameters: {'chroots': [\"Chroot '" + chroot
                                + "' is not enabled in the project\"]}");
            }
        }
        Build build = builds.add(project, wanted.isEmpty() ? project.chroots() : wanted, user, source(form));
        lifeCycle.submitted(build);
        return Response.json(200, json(build));
    }

    private Response listBuilds(Request request) {
        Project project = project(argument(request, "ownername"), argument(request, "projectname"));
        String status = request.query().get("status");
        boolean ascending = "ASC".equals(request.query().get("order_type"));
        Comparator<Build> byId = Comparator.comparingLong(Build::id);
        int limit = request.number("limit", 0);
        int offset = request.number("offset", 0);
        List<Map<String, @Nullable Object>> items = builds.builds().stream()
                .filter(build -> build.ownername().equals(project.ownername()))
                .filter(build -> build.projectname().equals(project.name()))
                .filter(build -> status == null || build.state().equals(status))
                .sorted(ascending ? byId : byId.reversed())
                .skip(offset)
                .limit(limit == 0 ? Integer.MAX_VALUE : limit)
                .map(this::json)
                .toList();
        Map<String, @Nullable Object> meta = Json.object(
                "limit",
                limit == 0 ? null : limit,
                "offset",
                offset,
                "order",
                "id",
                "order_type",
                ascending ? "ASC" : "DESC");
        return Response.json(200, Json.object("items", items, "meta", meta));
    }

    private Response listChroots(Request request) {
        String id = argument(request, "build_id");
        List<Map<String, @Nullable Object>> items = build(id).chroots().entrySet().stream()
                .map(chroot -> Json.object("name", chroot.getKey(), "state", chroot.getValue()))
                .toList();
        return Response.json(200, Json.object("items", items, "meta", Json.object("offset", 0, "order", "name")));
    }

    private Response getSourceBuildConfig(Request request) {
        Build build = build(request);
        return Response.json(
                200,
                Json.object(
                        "source_type",
                        "custom",
                        "source_dict",
                        build.source(),
                        "memory_limit",
                        2048,
                        "timeout",
                        18_000,
                        "is_background",
                        false));
    }

    private Response getBuiltPackages(Request request) {
        Build build = build(argument(request, "build_id"));
        String chroot = argument(request, "chrootname");
        if (!build.chroots().containsKey(chroot)) {
            throw refusal(404, "No such chroot: " + chroot);
        }
        boolean succeeded = "succeeded".equals(build.chroots().get(chroot));
        return Response.json(200, Map.of("packages", succeeded ? CoprJson.packages(build, chroot) : List.of()));
    }

    private Map<String, @Nullable Object> json(Build build) {
        return CoprJson.of(build, url.get());
    }

    private Response cancelBuild(Request request) {
        authenticate(request);
        Build build = build(request);
        if (build.endedOn() != null) {
            throw refusal(400, "Cannot cancel build " + build.id());
        }
        lifeCycle.cancel(build.id());
        return Response.json(200, json(build(request)));
    }

    /** Copr keeps lists of this form as words in one text. */
    private static Map<String, @Nullable Object> source(JsonNode form) {
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        for (String name : List.of("script", "chroot", "builddeps", "resultdir", "repos")) {
            JsonNode value = form.path(name);
            source.put(name, value.isArray() ? String.join(" ", CoprJson.strings(value)) : Json.text(form, name));
        }
        return source;
    }

    private void refuseUnknown(List<String> wanted, String message) {
        List<String> unknown =
                wanted.stream().filter(chroot -> !chroots.contains(chroot)).toList();
        if (!unknown.isEmpty()) {
            throw refusal(400, message + String.join(", ", unknown));
        }
    }

    private Project project(String owner, String name) {
        return builds.project(owner, name)
                .orElseThrow(() -> refusal(404, "Project " + owner + "/" + name + " does not exist."));
    }

    private Build build(Request request) {
        return build(request.parameter("id"));
    }

    private Build build(String id) {
        return (id.matches("\\d{1,15}") ? builds.build(Long.parseLong(id)) : Optional.<Build>empty())
                .orElseThrow(() -> refusal(404, "Build " + id + " does not exist."));
    }

    private static String argument(Request request, String name) {
        String value = request.query().get(name);
        if (value == null) {
            throw refusal(400, "Missing argument " + name);
        }
        return value;
    }

    private void authenticate(Request request) {
        if (!authorization.equals(request.header("authorization"))) {
            throw new Refusal(Response.json(
                    401,
                    Json.object(
                            "output",
                            "notok",
                            "error",
                            "Login invalid/expired. Please visit https://copr.fedorainfracloud.org/api to get or"
                                    + " renew your API token.")));
        }
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && List.of("true", "1", "on").contains(value.toLowerCase(Locale.ROOT));
    }

    private static Refusal refusal(int status, String error) {
        return new Refusal(Response.json(status, Map.of("error", error)));
    }
}
