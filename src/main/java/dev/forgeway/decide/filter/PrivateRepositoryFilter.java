package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Project;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Private repositories are served only in namespaces for which that was switched on. */
@Component
public class PrivateRepositoryFilter implements EventFilter {

    private final Set<String> enabledNamespaces;

    public PrivateRepositoryFilter(Settings settings) {
        this.enabledNamespaces = settings.decide().enabledPrivateNamespaces();
    }

    @Override
    public Verdict judge(Decision decision) {
        Project project = Objects.requireNonNull(decision.event().project());
        if (!"private".equals(project.visibility())) {
            return Verdict.pass("public");
        }
        return enabledNamespaces.contains(project.namespaceKey())
                ? Verdict.pass("private, enabled for " + project.namespaceKey())
                : Verdict.refuse(Reason.PRIVATE_REPOSITORY, project.namespaceKey() + " is not enabled");
    }
}
