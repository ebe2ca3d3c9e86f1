package dev.forgeway.ingest;

import dev.forgeway.config.Secret;
import dev.forgeway.event.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The secrets of one forge: some for every project, some for one project or namespace only. */
public final class ForgeSecrets {

    private final List<String> general;
    private final Map<String, List<Secret>> scoped;

    /** @param scoped by {@code host/namespace} or {@code host/namespace/name} */
    public ForgeSecrets(List<Secret> general, Map<String, List<Secret>> scoped) {
        this.general = general.stream().map(Secret::value).toList();
        this.scoped = Map.copyOf(scoped);
    }

    boolean isEmpty() {
        return general.isEmpty() && scoped.isEmpty();
    }

    /** Accepted for every project. */
    List<String> general() {
        return general;
    }

    boolean hasScoped() {
        return !scoped.isEmpty();
    }

    /** Accepted for this project only: its own secrets, and those of a namespace around it. */
    List<String> covering(Project project) {
        return values(scoped.entrySet().stream()
                .filter(entry -> covers(entry.getKey(), project.key()))
                .map(Map.Entry::getValue));
    }

    /**
     * Accepted for a delivery. One that names no project is of no use to anybody and is only to be answered politely,
     * so that any secret will do; one that is wanted has to name its project.
     */
    List<String> accepted(@Nullable Project project, boolean wanted) {
        if (project != null) {
            return covering(project);
        }
        return wanted ? List.of() : values(scoped.values().stream());
    }

    /** What the forge signs a delivery about a project with. */
    public Optional<String> toSign(@Nullable Project project) {
        return Stream.concat(general.stream(), accepted(project, true).stream()).findFirst();
    }

    static boolean covers(String scope, String key) {
        return !scope.isEmpty() && (key + "/").startsWith(scope + "/");
    }

    private static List<String> values(Stream<List<Secret>> secrets) {
        return secrets.flatMap(List::stream).map(Secret::value).toList();
    }
}
