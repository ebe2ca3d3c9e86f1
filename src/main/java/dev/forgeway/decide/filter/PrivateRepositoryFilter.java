package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Project;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Private repositories are served only in namespaces for which that was switched on. The forge is asked only when the
 * event does not tell.
 */
@Component
public class PrivateRepositoryFilter implements EventFilter {

    private final Set<String> enabledNamespaces;
    private final ForgeQuestions forge;

    public PrivateRepositoryFilter(Settings settings, ForgeQuestions forge) {
        this.enabledNamespaces = settings.decide().enabledPrivateNamespaces();
        this.forge = forge;
    }

    @Override
    public Verdict judge(Decision decision) {
        Project project = Objects.requireNonNull(decision.event().project());
        if (enabledNamespaces.contains(project.namespaceKey())) {
            return Verdict.pass("enabled for " + project.namespaceKey());
        }
        boolean isPrivate =
                project.visibility() == null ? forge.isPrivate(decision) : "private".equals(project.visibility());
        return isPrivate
                ? Verdict.refuse(Reason.PRIVATE_REPOSITORY, project.namespaceKey() + " is not enabled")
                : Verdict.pass("public");
    }
}
