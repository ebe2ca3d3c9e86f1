package dev.forgeway.decide.packageconfig;

import dev.forgeway.handle.BuildPlan;
import dev.forgeway.service.copr.CoprChrootSettings;
import dev.forgeway.service.copr.CoprProjectSettings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how a job builds in Copr (https://packit.dev/docs/configuration/upstream/copr_build#optional-parameters). */
final class BuildSettings {

    private static final Set<String> BOOTSTRAP = Set.of("default", "on", "off", "image");

    private final TargetExpansion expansion;

    BuildSettings(TargetExpansion expansion) {
        this.expansion = expansion;
    }

    BuildPlan read(Scopes scopes, List<String> targets, Map<String, TargetSettings> ofTargets) {
        return new BuildPlan(
                timeout(scopes),
                scopes.bool("enable_net"),
                Boolean.FALSE.equals(flag(scopes, "merge_pr_in_ci")),
                new CoprProjectSettings(
                        flag(scopes, "list_on_homepage"),
                        flag(scopes, "preserve_project"),
                        scopes.texts("additional_repos", "https://example.org/repo/", List.of()),
                        bootstrap(scopes),
                        flag(scopes, "module_hotfixes"),
                        flag(scopes, "follow_fedora_branching")),
                chroots(scopes.texts("additional_packages", "make", List.of()), targets, ofTargets));
    }

    private static @Nullable Integer timeout(Scopes scopes) {
        YamlValue value = scopes.find("timeout");
        return value == null ? null : Integer.valueOf(value.positive());
    }

    private static @Nullable Boolean flag(Scopes scopes, String key) {
        return scopes.find(key) == null ? null : Boolean.valueOf(scopes.bool(key));
    }

    private static @Nullable String bootstrap(Scopes scopes) {
        YamlValue value = scopes.find("bootstrap");
        if (value == null) {
            return null;
        }
        if (!BOOTSTRAP.contains(value.scalar())) {
            throw value.failure(
                    "there is no bootstrap " + value.scalar(), "write `bootstrap: image`, or on, off, default");
        }
        return value.scalar();
    }

    /** What holds for all targets is added to what holds for one; of several targets of a chroot, the last one counts. */
    private Map<String, CoprChrootSettings> chroots(
            List<String> packages, List<String> targets, Map<String, TargetSettings> ofTargets) {
        Map<String, CoprChrootSettings> chroots = new LinkedHashMap<>();
        for (String target : targets) {
            TargetSettings own = ofTargets.getOrDefault(target, TargetSettings.NONE);
            CoprChrootSettings settings = settings(packages, own);
            if (!settings.equals(settings(List.of(), TargetSettings.NONE)) && expansion.understands(target)) {
                expansion.expand(List.of(target)).forEach(chroot -> chroots.put(chroot, settings));
            }
        }
        return chroots;
    }

    private static CoprChrootSettings settings(List<String> packages, TargetSettings own) {
        Set<String> all = new LinkedHashSet<>(packages);
        all.addAll(own.additionalPackages());
        return new CoprChrootSettings(
                List.copyOf(all), own.additionalRepos(), own.additionalModules(), own.withOpts(), own.withoutOpts());
    }
}
