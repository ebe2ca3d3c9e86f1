package dev.forgeway.decide.packageconfig;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.forgeway.error.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads a package config (https://packit.dev/docs/configuration). Jobs inherit from their package and the top level; a
 * file without {@code jobs} has the default jobs (https://packit.dev/docs/configuration/jobs).
 */
@Component
public final class PackageConfigParser {

    /** How many characters of files are kept together with what they say. */
    private static final long KEPT = 4_000_000;

    /** Which targets exist changes with the releases of the distributions. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final JobReader reader;

    /** Files of a project hardly change between two of its events. */
    private final Cache<Source, PackageConfig> known = Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .weigher((Source source, PackageConfig config) -> source.text().length())
            .expireAfterWrite(KEPT_FOR)
            .build();

    private record Source(String path, String text) {}

    public PackageConfigParser(TargetExpansion expansion) {
        this.reader = new JobReader(expansion);
    }

    /**
     * Parses a file, or remembers what it said.
     *
     * @param path its path in the repository, for messages
     * @throws InvalidPackageConfigException with the first mistake
     */
    public PackageConfig parse(String path, String text) {
        return known.get(new Source(path, text), source -> read(source.path(), source.text()));
    }

    private PackageConfig read(String path, String text) {
        YamlObject top = YamlDocument.read(path, text);
        var hints = new ArrayList<>(KnownKeys.topHints(top));
        Map<String, YamlObject> packages = packages(top, hints);
        YamlValue jobs = top.get("jobs");
        var configs = new ArrayList<JobConfig>();
        if (jobs == null) {
            defaultJob("copr_build", "pull_request", 0, top, packages, configs);
            defaultJob("tests", "pull_request", 1, top, packages, configs);
            defaultJob("propose_downstream", "release", 2, top, packages, configs);
        } else if (jobs.isNull()) {
            throw jobs.failure(
                    "jobs has no value", "write `jobs: []` for no jobs, or remove the key for the default jobs");
        } else {
            String example = "{job: copr_build, trigger: pull_request, targets: [fedora-all]}";
            Map<String, Integer> counts = new HashMap<>();
            for (YamlValue job : jobs.elements(example)) {
                readJob(
                        job.object("- {job: copr_build, trigger: pull_request}"),
                        top,
                        packages,
                        counts,
                        configs,
                        hints);
            }
        }
        List<JobConfig> named = packages.size() > 1 ? MonorepoNames.of(configs, hints) : List.copyOf(configs);
        return new PackageConfig(named, List.copyOf(hints));
    }

    /** Where each package has its settings, without those of jobs; the top level where the file names no packages. */
    List<Scopes> packageScopes(String path, String text) {
        YamlObject top = YamlDocument.read(path, text);
        Map<String, YamlObject> packages = packages(top, new ArrayList<>());
        return packages.isEmpty()
                ? List.of(new Scopes(List.of(top)))
                : packages.values().stream()
                        .map(one -> new Scopes(List.of(one, top)))
                        .toList();
    }

    private static Map<String, YamlObject> packages(YamlObject top, List<String> hints) {
        YamlValue value = top.get("packages");
        Map<String, YamlObject> packages = new LinkedHashMap<>();
        if (value != null) {
            YamlObject all = value.object("packages: {my-package: {specfile_path: my-package.spec}}");
            for (String name : all.keys()) {
                YamlObject one = objectAt(all, name);
                hints.addAll(KnownKeys.packageHints(one, name));
                packages.put(name, one);
            }
        }
        return packages;
    }

    private static YamlObject objectAt(YamlObject parent, String key) {
        YamlValue value = parent.get(key);
        if (value == null) {
            throw parent.failure(key + " is missing", "write `" + key + ": {}`");
        }
        return value.object(key + ": {}");
    }

    private void defaultJob(
            String type,
            String trigger,
            int index,
            YamlObject top,
            Map<String, YamlObject> packages,
            List<JobConfig> configs) {
        YamlObject otherwise = YamlDocument.read("default jobs", "dist_git_branches: [fedora-all]");
        if (packages.isEmpty()) {
            configs.add(reader.read(type, trigger, null, new Scopes(List.of(top, otherwise)), 1, index));
        }
        packages.forEach((name, one) -> configs.add(
                reader.read(type, trigger, name, new Scopes(List.of(one, top, otherwise)), one.line(), index)));
    }

    /** @param counts how many jobs each package has so far */
    private void readJob(
            YamlObject job,
            YamlObject top,
            Map<String, YamlObject> packages,
            Map<String, Integer> counts,
            List<JobConfig> configs,
            List<String> hints) {
        hints.addAll(KnownKeys.jobHints(job));
        String type = type(job, hints);
        List<String> triggers = triggers(job);
        triggers.forEach(trigger -> hints.addAll(KnownKeys.triggerHints(type, trigger, job.line())));
        hints.addAll(identifierHints(job));
        List<YamlObject> own = withMetadata(job, hints);
        JobPackages.of(job, packages).forEach((name, overrides) -> {
            var scopes = new ArrayList<>(overrides);
            scopes.addAll(own);
            YamlObject inherited = packages.get(name);
            if (inherited != null) {
                scopes.add(inherited);
            }
            scopes.add(top);
            String packageName = packages.isEmpty() ? null : name;
            int index = counts.merge(name, 1, Integer::sum) - 1;
            triggers.forEach(trigger ->
                    configs.add(reader.read(type, trigger, packageName, new Scopes(scopes), job.line(), index)));
        });
    }

    /** Colons stand between the parts of a check's name. */
    private static List<String> identifierHints(YamlObject job) {
        YamlValue identifier = job.get("identifier");
        return identifier == null || identifier.isNull() || !identifier.text().contains(":")
                ? List.of()
                : List.of("line " + identifier.line() + ": identifier should not hold a colon");
    }

    private static List<YamlObject> withMetadata(YamlObject job, List<String> hints) {
        YamlValue metadata = job.get("metadata");
        if (metadata == null || metadata.isNull()) {
            return List.of(job);
        }
        hints.add("line " + metadata.line() + ": metadata is deprecated; move its keys into the job");
        YamlObject keys = metadata.object("metadata: {targets: [fedora-all]}");
        hints.addAll(KnownKeys.jobHints(keys));
        return List.of(job, keys);
    }

    private static String type(YamlObject job, List<String> hints) {
        String written = required(job, "job", "copr_build");
        String type = KnownKeys.jobType(written);
        if (!type.equals(written)) {
            hints.add("line " + job.line() + ": job " + written + " is now called " + type);
        }
        if (!KnownKeys.JOB_TYPES.contains(type)) {
            String meant = Suggestion.nearest(type, KnownKeys.JOB_TYPES)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; it is ignored");
            hints.add("line " + job.line() + ": job " + type + " is not known" + meant);
        }
        return type;
    }

    /** One, or several with {@code |} between them (https://packit.dev/docs/configuration/downstream/koji_build). */
    private static List<String> triggers(YamlObject job) {
        List<String> triggers =
                List.of(required(job, "trigger", "pull_request").strip().split("\\s*\\|\\s*", -1));
        for (String trigger : triggers) {
            if (!KnownKeys.TRIGGERS.contains(trigger)) {
                @Nullable YamlValue value = job.get("trigger");
                String hint = Suggestion.nearest(trigger, KnownKeys.TRIGGERS)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("write one of " + String.join(", ", KnownKeys.TRIGGERS));
                String problem = "there is no trigger " + trigger;
                throw value == null ? job.failure(problem, hint) : value.failure(problem, hint);
            }
        }
        return triggers;
    }

    private static String required(YamlObject job, String key, String example) {
        YamlValue value = job.get(key);
        if (value == null) {
            throw job.failure("the job has no " + key, "write `" + key + ": " + example + "`");
        }
        return value.text();
    }
}
