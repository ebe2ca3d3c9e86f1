package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which packages and tests take part in Fedora CI, for which they need no package config (https://packit.dev/fedora-ci). */
@Component
public class FedoraCi {

    private final Set<String> projects;
    private final boolean tests;

    public FedoraCi(Settings settings) {
        this.tests = settings.service().testingFarm().apiKey() != null;
        this.projects = settings.decide().fedoraCiProjects();
    }

    /** Whether tests can be run, for which there is a Testing Farm that knows us. */
    public boolean hasTests() {
        return tests;
    }

    /** Whether an event happened in a package, or in tests, that take part. */
    public boolean isFor(Event event) {
        Project project = event.project();
        return project != null
                && event.inDistGitOrItsTests()
                && (projects.contains(project.namespaceKey()) || projects.contains(project.key()));
    }
}
