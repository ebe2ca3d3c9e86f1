package dev.forgeway.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprBuilds.Project;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Projects and builds as Copr's API gives them; the names of the fields are those of Copr's own views. */
final class CoprJson {

    private static final JsonTemplate PROJECT = JsonTemplate.load("copr-project.json");

    private CoprJson() {}

    /** The packages of a build that succeeded in a chroot, the source package among them. */
    static List<Map<String, @Nullable Object>> packages(Build build, String chroot) {
        String version = build.packageVersion();
        int dash = version.indexOf('-');
        return Stream.of("src", chroot.substring(chroot.lastIndexOf('-') + 1))
                .map(arch -> Json.object(
                        "name",
                        build.packageName(),
                        "epoch",
                        0,
                        "version",
                        version.substring(0, dash),
                        "release",
                        version.substring(dash + 1),
                        "arch",
                        arch))
                .toList();
    }

    /** @param url of the simulator, which keeps its files itself */
    static Map<String, @Nullable Object> of(Build build, URI url) {
        boolean sourceKnown = build.sourceState().equals("succeeded");
        Map<String, @Nullable Object> source = Json.object(
                "name", sourceKnown ? build.packageName() : null,
                "version", sourceKnown ? build.packageVersion() : null,
                "url", sourceKnown ? sourceUrl(build, url) : null);
        return Json.object(
                "id", build.id(),
                "state", build.state(),
                "projectname", build.projectname(),
                "ownername", build.ownername(),
                "repo_url", results(build.ownername(), build.projectname()),
                "source_package", source,
                "submitted_on", build.submittedOn().getEpochSecond(),
                "started_on",
                        build.startedOn() == null ? null : build.startedOn().getEpochSecond(),
                "ended_on", build.endedOn() == null ? null : build.endedOn().getEpochSecond(),
                "submitter", build.submitter(),
                "chroots", List.copyOf(build.chroots().keySet()),
                "project_dirname", build.projectname(),
                "is_background", false);
    }

    static Map<String, @Nullable Object> of(Project project) {
        Map<String, @Nullable Object> repositories = new LinkedHashMap<>();
        for (String chroot : project.chroots()) {
            repositories.put(chroot, results(project.ownername(), project.name()) + "/" + chroot + "/");
        }
        Map<String, @Nullable Object> json = PROJECT.fill(Json.object(
                "id", project.id(),
                "name", project.name(),
                "ownername", project.ownername(),
                "chroot_repos", repositories));
        json.putAll(project.settings());
        return json;
    }

    /** What a form says about a project. */
    static Map<String, @Nullable Object> settings(JsonNode form) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        for (String name : List.of("homepage", "contact", "description", "instructions", "delete_after_days")) {
            if (form.hasNonNull(name)) {
                settings.put(name, Json.plain(form.get(name)));
            }
        }
        for (String name : List.of(
                "enable_net",
                "unlisted_on_hp",
                "auto_prune",
                "appstream",
                "additional_repos",
                "bootstrap",
                "module_hotfixes",
                "follow_fedora_branching",
                "packit_forge_projects_allowed")) {
            if (form.hasNonNull(name)) {
                settings.put(name, Json.plain(form.get(name)));
            }
        }
        return settings;
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }

    /** What a form says about a chroot of a project. */
    static Map<String, @Nullable Object> chroot(JsonNode form) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("additional_modules", Json.text(form, "additional_modules"));
        for (String name : List.of("additional_packages", "additional_repos", "with_opts", "without_opts")) {
            settings.put(name, strings(form.path(name)));
        }
        return settings;
    }

    private static String sourceUrl(Build build, URI url) {
        return String.join(
                "/",
                url + "/results",
                build.ownername(),
                build.projectname(),
                "srpm-builds",
                String.format(Locale.ROOT, "%08d", build.id()),
                build.packageName() + "-" + build.packageVersion() + ".src.rpm");
    }

    private static String results(String owner, String project) {
        return "https://download.copr.fedorainfracloud.org/results/" + owner + "/" + project;
    }
}
