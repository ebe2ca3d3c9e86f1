package dev.forgeway.decide.command;

import dev.forgeway.decide.packageconfig.JobConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as it was written.
 *
 * @param name one of the known names ("copr-build"; "ci-test" behind the prefix of Fedora CI)
 * @param packageName the package of a monorepo that it is for; null for all
 * @param arguments the words that belong to no option, in their order
 * @param options what was given for each option, by its long name without dashes; an option without a value has none
 */
public record Command(
        String name, @Nullable String packageName, List<String> arguments, Map<String, List<String>> options) {

    private static final Set<String> WITHOUT_CONFIG = Set.of("help", "verify-fas");
    private static final String COMMIT = "commit";
    private static final String RELEASE = "release";

    /** What was given for an option that takes one value. */
    public Optional<String> option(String option) {
        return options.getOrDefault(option, List.of()).stream().findFirst();
    }

    /** Whether what it asks for is in the package config; Fedora CI does without. */
    public boolean needsConfig() {
        return !WITHOUT_CONFIG.contains(name) && !CommandPrefixes.isCi(name);
    }

    /** Whether it can name a branch or a tag that it is for. */
    public boolean isAboutRefs() {
        return CommandSyntax.of(name).writtenOptions().contains("--" + RELEASE);
    }

    /** The tag that it is for. */
    public Optional<String> tag() {
        return option(RELEASE);
    }

    /** The branch that it is for. */
    public Optional<String> branch() {
        return option(COMMIT);
    }

    /** Whether a job is one of those that it is limited to: by package, identifier and labels. */
    public boolean fits(JobConfig job) {
        List<String> labels = options.getOrDefault("labels", List.of());
        return (packageName == null || packageName.equals(job.packageName()))
                && option("identifier")
                        .map(wanted -> wanted.equals(job.identifier()))
                        .orElse(true)
                && (labels.isEmpty() || labels.stream().anyMatch(job.labels()::contains));
    }
}
