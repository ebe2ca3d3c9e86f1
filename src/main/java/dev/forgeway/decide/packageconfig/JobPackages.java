package dev.forgeway.decide.packageconfig;

import dev.forgeway.error.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which packages of the file a job is for. */
final class JobPackages {

    private JobPackages() {}

    /**
     * The packages' names with what the job overrides for each (nothing, or one mapping); all packages where the job
     * names none, and one without a name where the file has none.
     */
    static Map<String, List<YamlObject>> of(YamlObject job, Map<String, YamlObject> packages) {
        Map<String, List<YamlObject>> chosen = new LinkedHashMap<>();
        YamlValue value = job.get("packages");
        if (value == null || value.isNull()) {
            packages.keySet().forEach(name -> chosen.put(name, List.of()));
            return chosen.isEmpty() ? Map.of("", List.of()) : chosen;
        }
        if (value.isObject()) {
            return overridden(value, packages);
        }
        for (YamlValue name : value.textElements("my-package")) {
            requireKnown(name.text(), name, packages);
            chosen.put(name.text(), List.of());
        }
        return chosen;
    }

    private static Map<String, List<YamlObject>> overridden(YamlValue value, Map<String, YamlObject> packages) {
        YamlObject overrides = value.object("packages: {my-package: {}}");
        Map<String, List<YamlObject>> chosen = new LinkedHashMap<>();
        for (String name : overrides.keys()) {
            YamlValue override = overrides.get(name);
            requireKnown(name, override == null ? value : override, packages);
            chosen.put(
                    name, override == null || override.isNull() ? List.of() : List.of(override.object(name + ": {}")));
        }
        return chosen;
    }

    private static void requireKnown(String name, YamlValue place, Map<String, YamlObject> packages) {
        if (!packages.containsKey(name)) {
            String hint = Suggestion.nearest(name, packages.keySet())
                    .map(near -> "did you mean " + near + "?")
                    .orElse("define it under `packages` at the top of the file");
            throw place.failure("there is no package " + name, hint);
        }
    }
}
