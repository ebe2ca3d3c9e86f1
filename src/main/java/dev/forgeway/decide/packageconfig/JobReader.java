package dev.forgeway.decide.packageconfig;

import dev.forgeway.decide.packageconfig.JobConfig.CheckNames;
import dev.forgeway.decide.packageconfig.JobConfig.CoprProject;
import dev.forgeway.decide.packageconfig.JobConfig.RequiredLabels;
import dev.forgeway.decide.packageconfig.JobConfig.SourcePackage;
import dev.forgeway.handle.NotificationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one {@link JobConfig} from the mappings that it takes its values from. */
final class JobReader {

    private static final Set<String> WITH_TARGETS = Set.of("copr_build", "tests", "upstream_koji_build");

    private final TargetExpansion expansion;
    private final BuildSettings build;

    JobReader(TargetExpansion expansion) {
        this.expansion = expansion;
        this.build = new BuildSettings(expansion);
    }

    JobConfig read(String type, String trigger, @Nullable String packageName, Scopes scopes, int line, int index) {
        String identifier = scopes.text("identifier");
        List<String> targets = targets(type, scopes);
        Map<String, TargetSettings> ofTargets = TargetSettings.read(scopes);
        return new JobConfig(
                type,
                trigger,
                packageName,
                targets,
                identifier,
                new CheckNames(identifier, scopes.text("status_name_template")),
                scopes.bool("manual_trigger"),
                scopes.text("branch"),
                scopes.bool("skip_build"),
                scopes.texts("labels", "regression", List.of()),
                new CoprProject(scopes.text("owner"), scopes.text("project")),
                build.read(scopes, targets, ofTargets),
                source(scopes),
                scopes.below("require", "require: {label: {present: [ready]}}", noLabels(), JobReader::requiredLabels),
                instances(scopes),
                scopes.below(
                        "notifications",
                        "notifications: {pull_request: {successful_build: true}}",
                        NotificationPlan.USUAL,
                        JobReader::notifications),
                TestSettings.read(scopes),
                DistGitSettings.read(scopes),
                KojiSettings.read(scopes),
                ofTargets,
                line,
                index);
    }

    private List<String> targets(String type, Scopes scopes) {
        YamlValue value = scopes.find("targets");
        if (value == null) {
            boolean saysProject = type.equals("copr_build") && scopes.text("project") != null; // which has targets
            return WITH_TARGETS.contains(type) && !saysProject ? List.of("fedora-stable") : List.of();
        }
        List<YamlValue> targets = value.isObject() ? keys(value) : value.textElements("fedora-all");
        if (type.equals("copr_build")) {
            for (YamlValue target : targets) {
                if (!expansion.understands(name(target))) {
                    throw target.failure("there is no target " + name(target), expansion.hint(name(target)));
                }
            }
        }
        return targets.stream().map(JobReader::name).distinct().toList();
    }

    /** The targets of a mapping from target to its own settings; each is a value whose key is its name. */
    private static List<YamlValue> keys(YamlValue value) {
        YamlObject object = value.object("targets: {fedora-all: {}}");
        var targets = new ArrayList<YamlValue>();
        for (String key : object.keys()) {
            YamlValue settings = object.get(key);
            if (settings != null) {
                if (!settings.isNull() && !settings.isObject()) {
                    throw settings.failure(
                            "target " + key + " must hold keys and values",
                            "write `" + key + ": {}`, or a list of targets");
                }
                targets.add(settings);
            }
        }
        return targets;
    }

    private static String name(YamlValue target) {
        return target.key().equals("targets") ? target.text() : target.key();
    }

    private static SourcePackage source(Scopes scopes) {
        YamlValue upstream = scopes.find("upstream_package_name");
        if (upstream != null && upstream.text().contains("/")) {
            throw upstream.failure("upstream_package_name must not hold a slash", "write the name alone");
        }
        return new SourcePackage(
                scopes.text("specfile_path"),
                upstream == null ? null : upstream.text(),
                scopes.text("downstream_package_name"),
                scopes.texts("paths", "./", List.of("./")),
                scopes.texts("srpm_build_deps", "make", List.of()));
    }

    private static RequiredLabels noLabels() {
        return new RequiredLabels(List.of(), List.of());
    }

    private static RequiredLabels requiredLabels(Scopes require) {
        return require.below(
                "label",
                "label: {present: [ready]}",
                noLabels(),
                label -> new RequiredLabels(
                        label.texts("present", "ready", List.of()), label.texts("absent", "wip", List.of())));
    }

    private static List<String> instances(Scopes scopes) {
        YamlValue value = scopes.find("packit_instances");
        if (value == null) {
            return List.of("prod");
        }
        for (YamlValue instance : value.textElements("prod")) {
            if (!Set.of("prod", "stg").contains(instance.text())) {
                throw instance.failure(
                        "there is no instance " + instance.text(), "write `packit_instances: [prod, stg]`");
            }
        }
        return value.texts("prod");
    }

    private static NotificationPlan notifications(Scopes notifications) {
        boolean comment = notifications.below(
                "pull_request",
                "pull_request: {successful_build: true}",
                false,
                pullRequest -> pullRequest.bool("successful_build"));
        YamlValue failure = notifications.find("failure_comment");
        return new NotificationPlan(
                comment,
                failure == null
                        ? null
                        : new Scopes(List.of(failure.object("failure_comment: {message: \"…\"}"))).text("message"),
                wantsIssue(notifications));
    }

    private static boolean wantsIssue(Scopes notifications) {
        YamlValue issue = notifications.find("failure_issue");
        YamlValue create = issue == null
                ? null
                : new Scopes(List.of(issue.object("failure_issue: {create: false}"))).find("create");
        return create == null || create.bool();
    }
}
