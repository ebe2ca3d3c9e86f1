package dev.forgeway.service.copr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Makes a project fit a build that Copr refused: creates it, or adds the chroots that it lacks. */
final class CoprProjects {

    private static final Pattern NO_PROJECT = Pattern.compile("Project \\S+ does not exist");

    /** WTForms' words for a choice outside the project's chroots, in one and in many, and Copr's own. */
    private static final Pattern NO_CHROOT =
            Pattern.compile("chroots\\b.*(not (a )?valid choice|not enabled in the project)", Pattern.DOTALL);

    private static final Pattern ALREADY_THERE = Pattern.compile("already ha(ve|s) a project named");

    private static final int KEPT_DAYS = 60;
    private static final int KEPT_FOR_EVER = -1;

    private final CoprApi api;

    CoprProjects(CoprApi api) {
        this.api = api;
    }

    /** Whether the owner of the project does not let the repository build there. */
    static boolean isNotAllowed(ServiceRefusedException refusal) {
        return refusal.serviceMessage().contains("can't build in this Copr via Packit");
    }

    static UserErrorException notAllowed(CoprBuildRequest request) {
        return new UserErrorException(
                "%s may not build in the Copr project %s/%s: its owner can add it to \"Packit allowed forge projects\" in the settings."
                        .formatted(request.forgeProject(), request.owner(), request.project()));
    }

    static boolean isMissingProject(ServiceRefusedException refusal) {
        return refusal.status() == 404
                && NO_PROJECT.matcher(refusal.serviceMessage()).find();
    }

    static boolean isMissingChroot(ServiceRefusedException refusal) {
        return refusal.status() == 400
                && NO_CHROOT.matcher(refusal.serviceMessage()).find();
    }

    /**
     * Creates the project. Another process may be faster, which is as good. When nothing is built any more, Copr deletes it
     * after as many days as packit wants (https://packit.dev/docs/configuration#preserve_project).
     */
    void create(CoprBuildRequest request) {
        ObjectNode project = JsonNodeFactory.instance
                .objectNode()
                .put("name", request.project())
                .put("description", "Continuous builds by Forgeway")
                .put("unlisted_on_hp", true)
                .put("exist_ok", true);
        if (!Boolean.TRUE.equals(request.settings().preserve())) {
            project.put("delete_after_days", KEPT_DAYS);
        }
        if (request.forgeProject() != null) {
            project.putArray("packit_forge_projects_allowed").add(request.forgeProject());
        }
        project.setAll(wished(request.settings()));
        request.chroots().forEach(project.putArray("chroots")::add);
        try {
            api.post("project-add", api.at("project", "add", request.owner()), project);
        } catch (ServiceRefusedException e) {
            if (!ALREADY_THERE.matcher(e.serviceMessage()).find()) {
                throw e;
            }
        }
    }

    /**
     * Gives the project and its chroots what the request wants of them, and creates it where it is missing. Nothing is asked
     * for a request that wants nothing.
     */
    void settle(CoprBuildRequest request) {
        if (!request.hasSettings()) {
            return;
        }
        try {
            change(request, find(request));
        } catch (ServiceRefusedException e) {
            if (!isMissingProject(e)) {
                throw e;
            }
            create(request);
        }
        request.chrootSettings().forEach((chroot, settings) -> {
            if (request.chroots().contains(chroot)) {
                api.post(
                        "project-chroot-edit",
                        api.at("project-chroot", "edit", request.owner(), request.project(), chroot),
                        json(settings));
            }
        });
    }

    private void change(CoprBuildRequest request, JsonNode project) {
        ObjectNode edit = JsonNodeFactory.instance.objectNode();
        wished(request.settings()).properties().forEach(wish -> {
            if (!wish.getValue().equals(project.path(wish.getKey()))) {
                edit.set(wish.getKey(), wish.getValue());
            }
        });
        Set<String> chroots = chroots(project);
        if (chroots.addAll(request.chroots())) {
            chroots.forEach(edit.putArray("chroots")::add);
        }
        if (!edit.isEmpty()) {
            api.post("project-edit", api.at("project", "edit", request.owner(), request.project()), edit);
        }
    }

    private static ObjectNode wished(CoprProjectSettings settings) {
        ObjectNode wished = JsonNodeFactory.instance.objectNode();
        if (settings.listOnHomepage() != null) {
            wished.put("unlisted_on_hp", !settings.listOnHomepage());
        }
        if (settings.preserve() != null) {
            wished.put("delete_after_days", settings.preserve() ? KEPT_FOR_EVER : KEPT_DAYS);
        }
        if (!settings.additionalRepos().isEmpty()) {
            settings.additionalRepos().forEach(wished.putArray("additional_repos")::add);
        }
        if (settings.bootstrap() != null) {
            wished.put("bootstrap", settings.bootstrap());
        }
        if (settings.moduleHotfixes() != null) {
            wished.put("module_hotfixes", settings.moduleHotfixes());
        }
        if (settings.followFedoraBranching() != null) {
            wished.put("follow_fedora_branching", settings.followFedoraBranching());
        }
        return wished;
    }

    private static ObjectNode json(CoprChrootSettings settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        settings.packages().forEach(json.putArray("additional_packages")::add);
        settings.repos().forEach(json.putArray("additional_repos")::add);
        json.put("additional_modules", settings.modules() == null ? "" : settings.modules());
        settings.withOpts().forEach(json.putArray("with_opts")::add);
        settings.withoutOpts().forEach(json.putArray("without_opts")::add);
        return json;
    }

    /** Copr lets our account change what belongs to others, on which it keeps no list. */
    private JsonNode find(CoprBuildRequest request) {
        JsonNode project = find(request.owner(), request.project());
        String repository = request.forgeProject();
        if (repository != null
                && StreamSupport.stream(
                                project.path("packit_forge_projects_allowed").spliterator(), false)
                        .noneMatch(allowed -> allowed.asText().equals(repository))) {
            throw notAllowed(request);
        }
        return project;
    }

    private JsonNode find(String owner, String project) {
        return api.get(
                "project-find", api.at("project").query("ownername", owner).query("projectname", project));
    }

    List<String> chroots(String owner, String project) {
        return List.copyOf(chroots(find(owner, project)));
    }

    private static Set<String> chroots(JsonNode project) {
        Set<String> chroots = new TreeSet<>();
        project.path("chroot_repos").fieldNames().forEachRemaining(chroots::add);
        return chroots;
    }

    /**
     * Adds the request's chroots to those of the project. An edit replaces the whole list, so the others are sent too.
     *
     * @return false when the project has them all, so that this was not what it lacked
     */
    boolean addChroots(CoprBuildRequest request) {
        Set<String> chroots = chroots(find(request));
        if (!chroots.addAll(request.chroots())) {
            return false;
        }
        ObjectNode edit = JsonNodeFactory.instance.objectNode();
        chroots.forEach(edit.putArray("chroots")::add);
        api.post("project-edit", api.at("project", "edit", request.owner(), request.project()), edit);
        return true;
    }
}
