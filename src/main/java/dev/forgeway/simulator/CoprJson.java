package dev.forgeway.simulator;

import dev.forgeway.simulator.CoprBuilds.Project;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.util.LinkedHashMap;
import java.util.List;
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

    static Map<String, @Nullable Object> of(Build build) {
        boolean sourceKnown = build.sourceState().equals("succeeded");
        Map<String, @Nullable Object> source = Json.object(
                "name", sourceKnown ? build.packageName() : null,
                "version", sourceKnown ? build.packageVersion() : null,
                "url", null);
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

    private static String results(String owner, String project) {
        return "https://download.copr.fedorainfracloud.org/results/" + owner + "/" + project;
    }
}
