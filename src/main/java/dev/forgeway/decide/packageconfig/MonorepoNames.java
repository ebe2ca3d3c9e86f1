package dev.forgeway.decide.packageconfig;

import dev.forgeway.decide.packageconfig.JobConfig.CheckNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the jobs of several packages in one repository apart. As at packit, a job without an identifier has the name of
 * its package as one (https://packit.dev/docs/configuration/upstream/copr_build and the class {@code JobConfigView} of
 * packit). Beyond packit, what several packages would share is made distinct, because one check cannot tell how two of
 * them stand: a shared identifier is followed by the package in the names of checks, and a template that would name the
 * checks of several packages alike is not used.
 */
final class MonorepoNames {

    private final Map<String, Set<String>> byIdentifier = new HashMap<>();
    private final Map<String, Set<String>> byTemplate = new HashMap<>();

    private MonorepoNames(List<JobConfig> jobs) {
        for (JobConfig job : jobs) {
            byIdentifier
                    .computeIfAbsent(identifier(job), key -> new HashSet<>())
                    .add(packageOf(job));
            String template = job.checkNames().template();
            if (template != null) {
                byTemplate.computeIfAbsent(template, key -> new HashSet<>()).add(packageOf(job));
            }
        }
    }

    /** @param hints where it is told that a template is not used */
    static List<JobConfig> of(List<JobConfig> jobs, List<String> hints) {
        MonorepoNames names = new MonorepoNames(jobs);
        Set<String> told = new LinkedHashSet<>();
        List<JobConfig> named = jobs.stream()
                .map(job -> job.named(identifier(job), names.checkNames(job, told)))
                .toList();
        hints.addAll(told);
        return named;
    }

    private CheckNames checkNames(JobConfig job, Set<String> told) {
        return new CheckNames(checkIdentifier(job), template(job, told));
    }

    private String checkIdentifier(JobConfig job) {
        String identifier = identifier(job);
        boolean isOwn = identifier.equals(packageOf(job))
                || Objects.requireNonNull(byIdentifier.get(identifier)).size() == 1;
        return isOwn ? identifier : identifier + "-" + packageOf(job);
    }

    private @Nullable String template(JobConfig job, Set<String> told) {
        String template = job.checkNames().template();
        if (template == null
                || template.contains("{package}")
                || template.contains("{identifier}")
                || Objects.requireNonNull(byTemplate.get(template)).size() == 1) {
            return template;
        }
        told.add(
                "line " + job.line() + ": status_name_template is not used, because it would give the checks of several"
                        + " packages the same name; write {package} into it");
        return null;
    }

    private static String identifier(JobConfig job) {
        return Objects.requireNonNullElse(job.identifier(), packageOf(job));
    }

    private static String packageOf(JobConfig job) {
        return Objects.requireNonNull(job.packageName());
    }
}
