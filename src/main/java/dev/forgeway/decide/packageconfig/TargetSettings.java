package dev.forgeway.decide.packageconfig;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one target alone, where {@code targets} is a mapping
 * (https://packit.dev/docs/configuration/upstream/copr_build#target-specific-configuration and, for {@code distros},
 * https://packit.dev/docs/configuration/upstream/tests#required-parameters).
 *
 * @param distros on which the target's build is tested; empty for the default
 * @param additionalPackages installed before the build
 * @param additionalRepos of which packages are taken for the build
 * @param additionalModules enabled before the build, {@code NAME:STREAM} with commas between them; null for none
 * @param withOpts rpmbuild's {@code --with}
 * @param withoutOpts rpmbuild's {@code --without}
 */
public record TargetSettings(
        List<String> distros,
        List<String> additionalPackages,
        List<String> additionalRepos,
        @Nullable String additionalModules,
        List<String> withOpts,
        List<String> withoutOpts) {

    static final TargetSettings NONE = new TargetSettings(List.of(), List.of(), List.of(), null, List.of(), List.of());

    /** The targets that have settings of their own, as they are written; nothing for a list of targets. */
    static Map<String, TargetSettings> read(Scopes scopes) {
        YamlValue targets = scopes.find("targets");
        if (targets == null || !targets.isObject()) {
            return Map.of();
        }
        YamlObject object = targets.object("targets: {fedora-all: {}}");
        Map<String, TargetSettings> all = new LinkedHashMap<>();
        for (String target : object.keys()) {
            YamlValue own = object.get(target);
            if (own != null && !own.isNull()) {
                YamlObject settings = own.object(target + ": {}");
                if (!settings.keys().isEmpty()) {
                    all.put(target, read(settings));
                }
            }
        }
        return all;
    }

    private static TargetSettings read(YamlObject settings) {
        Scopes scopes = new Scopes(List.of(settings));
        return new TargetSettings(
                scopes.texts("distros", "centos-stream-9", List.of()),
                scopes.texts("additional_packages", "make", List.of()),
                scopes.texts("additional_repos", "https://example.org/repo/", List.of()),
                scopes.text("additional_modules"),
                scopes.texts("with_opts", "check", List.of()),
                scopes.texts("without_opts", "check", List.of()));
    }
}
