package dev.forgeway.service.copr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Copr over HTTP. The field names are those of its own client
 * (https://python-copr.readthedocs.io/en/latest/client_v3/proxies.html).
 */
public final class HttpCopr implements Copr {

    private static final int PAGE = 20;
    private static final int MOST_PAGES = 3;
    private static final Pattern SOURCE_PACKAGE = Pattern.compile("[\\w][\\w.+~^-]*\\.src\\.rpm");

    private final CoprApi api;
    private final CoprProjects projects;

    /** @param files for what takes as long as files do */
    public HttpCopr(CoprSettings settings, ServiceHttp http, ServiceHttp files) {
        this.api = new CoprApi(settings, http, files);
        this.projects = new CoprProjects(api);
    }

    @Override
    public CoprBuild submit(CoprBuildRequest request) {
        try {
            projects.settle(request);
            return submitOrRepair(request, true, true);
        } catch (ServiceRefusedException e) {
            throw CoprProjects.isNotAllowed(e) ? CoprProjects.notAllowed(request) : CoprApi.meaning(e);
        }
    }

    @Override
    public List<String> chroots(String owner, String project) {
        try {
            return projects.chroots(owner, project);
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw CoprApi.meaning(e);
        }
    }

    private CoprBuild submitOrRepair(CoprBuildRequest request, boolean mayCreate, boolean mayExtend) {
        try {
            return build(api.post("build-create", api.at("build", "create", "custom"), custom(request)));
        } catch (ServiceRefusedException e) {
            if (mayCreate && CoprProjects.isMissingProject(e)) {
                projects.create(request);
                return submitOrRepair(request, false, mayExtend);
            }
            if (mayExtend && CoprProjects.isMissingChroot(e) && projects.addChroots(request)) {
                return submitOrRepair(request, mayCreate, false);
            }
            throw e;
        }
    }

    private static ObjectNode custom(CoprBuildRequest request) {
        ObjectNode build = JsonNodeFactory.instance
                .objectNode()
                .put("ownername", request.owner())
                .put("projectname", request.project())
                .put("script", marked(request.script(), request.marker()))
                .put("timeout", request.timeoutSeconds())
                .put("enable_net", request.enableNet());
        request.chroots().forEach(build.putArray("chroots")::add);
        if (!request.scriptDependencies().isEmpty()) {
            request.scriptDependencies().forEach(build.putArray("builddeps")::add);
        }
        if (request.forgeProject() != null) {
            build.put("packit_forge_project", request.forgeProject());
        }
        return build;
    }

    /** The script with the marker as its first comment; an interpreter line has to stay before it. */
    static String marked(String script, String marker) {
        String line = markerLine(marker) + "\n";
        if (!script.startsWith("#!")) {
            return line + script;
        }
        int end = script.indexOf('\n');
        return end < 0 ? script + "\n" + line : script.substring(0, end + 1) + line + script.substring(end + 1);
    }

    private static String markerLine(String marker) {
        if (!marker.matches("\\S+")) {
            throw new IllegalArgumentException("a marker is one word: " + marker);
        }
        return "# forgeway: " + marker;
    }

    /**
     * Looks through the newest builds of the project. The list does not tell scripts, so each build is asked for its
     * source configuration; a build that does not show it (gone, or not ours to see) is passed over.
     */
    @Override
    public Optional<CoprBuild> findByMarker(String owner, String project, String marker) {
        String line = markerLine(marker);
        for (int page = 0; page < MOST_PAGES; page++) {
            List<JsonNode> builds = newest(owner, project, page);
            Optional<CoprBuild> found =
                    builds.stream().filter(b -> carries(b, line)).findFirst().map(this::build);
            if (found.isPresent() || builds.size() < PAGE) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** One page of builds, sorted here: Copr orders the page that it picks, but not what it answers. */
    private List<JsonNode> newest(String owner, String project, int page) {
        ServiceUri uri = api.at("build", "list")
                .query("ownername", owner)
                .query("projectname", project)
                .query("limit", PAGE)
                .query("offset", page * PAGE)
                .query("order", "id")
                .query("order_type", "DESC");
        List<JsonNode> builds = new ArrayList<>();
        try {
            api.get("build-list", uri).path("items").forEach(builds::add);
        } catch (ServiceRefusedException e) {
            if (e.status() != 404) {
                throw CoprApi.meaning(e);
            }
        }
        builds.sort(
                Comparator.<JsonNode>comparingLong(b -> b.path("id").asLong()).reversed());
        return builds;
    }

    private boolean carries(JsonNode build, String line) {
        ServiceUri uri = api.at("build", "source-build-config", build.path("id").asText());
        try {
            String script = api.get("build-source", uri)
                    .path("source_dict")
                    .path("script")
                    .asText();
            return script.lines().map(String::strip).anyMatch(line::equals);
        } catch (ServiceRefusedException e) {
            return false;
        }
    }

    @Override
    public Optional<CoprBuild> find(String id) {
        if (!id.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(build(api.get("build-find", api.at("build", id))));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw CoprApi.meaning(e);
        }
    }

    @Override
    public Map<String, String> chrootStates(String id) {
        Map<String, String> states = new LinkedHashMap<>();
        try {
            api.get("build-chroot-list", api.at("build-chroot", "list").query("build_id", id))
                    .path("items")
                    .forEach(chroot -> states.put(
                            chroot.path("name").asText(), chroot.path("state").asText()));
        } catch (ServiceRefusedException e) {
            if (e.status() != 404) {
                throw CoprApi.meaning(e);
            }
        }
        return states;
    }

    @Override
    public List<String> packages(String id, String chroot) {
        ServiceUri uri =
                api.at("build-chroot", "built-packages").query("build_id", id).query("chrootname", chroot);
        try {
            List<String> names = new ArrayList<>();
            for (JsonNode built : api.get("build-packages", uri).path("packages")) {
                if (!built.path("arch").asText().equals("src")) {
                    names.add(nevra(built));
                }
            }
            return names;
        } catch (ServiceRefusedException e) {
            throw CoprApi.meaning(e);
        }
    }

    @Override
    public Optional<Path> sourcePackage(String id, Path folder) {
        try {
            String url = api.get("build-find", api.at("build", id))
                    .path("source_package")
                    .path("url")
                    .asText("");
            String path =
                    url.isEmpty() || url.equals("null") ? "" : URI.create(url).getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (!SOURCE_PACKAGE.matcher(name).matches()) {
                return Optional.empty();
            }
            Path file = folder.resolve(name);
            api.download(URI.create(url), file);
            return Optional.of(file);
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw CoprApi.meaning(e);
        }
    }

    private static String nevra(JsonNode built) {
        int epoch = built.path("epoch").asInt();
        return built.path("name").asText() + "-" + (epoch == 0 ? "" : epoch + ":")
                + built.path("version").asText() + "-"
                + built.path("release").asText() + "."
                + built.path("arch").asText();
    }

    /**
     * Copr refuses to cancel what has ended, and for a moment what a builder is just taking; a build that was deleted
     * needs no stop ({@code BuildsLogic.cancel_build} in https://github.com/fedora-copr/copr).
     */
    @Override
    public boolean cancel(String id) {
        try {
            api.put("build-cancel", api.at("build", "cancel", id));
            return true;
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return true;
            }
            if (!e.serviceMessage().startsWith("Cannot cancel build")) {
                throw CoprApi.meaning(e);
            }
            if (e.serviceMessage().contains("'starting'")) {
                throw new TransientException("Copr build " + id + " is just starting", e);
            }
            return false;
        }
    }

    private CoprBuild build(JsonNode answer) {
        String id = answer.path("id").asText();
        if (id.isEmpty()) {
            throw new TransientException("Copr answered without the id of a build");
        }
        return new CoprBuild(
                id,
                answer.path("state").asText(),
                answer.path("ownername").asText(),
                answer.path("projectname").asText(),
                api.page(id));
    }
}
