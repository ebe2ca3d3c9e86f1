package dev.forgeway.service.copr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes a project fit a build that Copr refused: creates it, or adds the chroots that it lacks. */
final class CoprProjects {

    private static final Pattern NO_PROJECT = Pattern.compile("Project \\S+ does not exist");

    /** WTForms' words for a choice outside the project's chroots, in one and in many, and Copr's own. */
    private static final Pattern NO_CHROOT =
            Pattern.compile("chroots\\b.*(not (a )?valid choice|not enabled in the project)", Pattern.DOTALL);

    private static final Pattern ALREADY_THERE = Pattern.compile("already ha(ve|s) a project named");

    private final CoprApi api;

    CoprProjects(CoprApi api) {
        this.api = api;
    }

    static boolean isMissingProject(ServiceRefusedException refusal) {
        return refusal.status() == 404
                && NO_PROJECT.matcher(refusal.serviceMessage()).find();
    }

    static boolean isMissingChroot(ServiceRefusedException refusal) {
        return refusal.status() == 400
                && NO_CHROOT.matcher(refusal.serviceMessage()).find();
    }

    /** Creates the project. Another process may be faster, which is as good. */
    void create(CoprBuildRequest request) {
        ObjectNode project = JsonNodeFactory.instance
                .objectNode()
                .put("name", request.project())
                .put("description", "Continuous builds by Forgeway")
                .put("unlisted_on_hp", true)
                .put("exist_ok", true);
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
     * Adds the request's chroots to those of the project. An edit replaces the whole list, so the others are sent too.
     *
     * @return false when the project has them all, so that this was not what it lacked
     */
    boolean addChroots(CoprBuildRequest request) {
        JsonNode project = api.get(
                "project-find",
                api.at("project").query("ownername", request.owner()).query("projectname", request.project()));
        Set<String> chroots = new TreeSet<>();
        project.path("chroot_repos").fieldNames().forEachRemaining(chroots::add);
        if (!chroots.addAll(request.chroots())) {
            return false;
        }
        ObjectNode edit = JsonNodeFactory.instance.objectNode();
        chroots.forEach(edit.putArray("chroots")::add);
        api.post("project-edit", api.at("project", "edit", request.owner(), request.project()), edit);
        return true;
    }
}
