package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which packages take part in Fedora CI, for which they need no package config (https://packit.dev/fedora-ci). */
@Component
public class FedoraCi {

    private final Set<String> projects;

    public FedoraCi(Settings settings) {
        this.projects = settings.decide().fedoraCiProjects();
    }

    /** Whether an event happened in a package that takes part. */
    public boolean isFor(Event event) {
        Project project = event.project();
        return project != null
                && event.inDistGit()
                && (projects.contains(project.namespaceKey()) || projects.contains(project.key()));
    }
}
