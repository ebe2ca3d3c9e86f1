package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Project;
import dev.forgeway.store.AllowlistStore;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Only projects and namespaces that somebody approved may ask for work. */
@Component
public class AllowlistFilter implements EventFilter {

    private final AllowlistStore allowlist;

    public AllowlistFilter(AllowlistStore allowlist) {
        this.allowlist = allowlist;
    }

    @Override
    public Verdict judge(Decision decision) {
        Project project = Objects.requireNonNull(decision.event().project());
        String status = allowlist
                .status(project.host(), project.namespace(), project.name())
                .orElse("unknown");
        return switch (status) {
            case "approved-automatically", "approved-manually" -> Verdict.pass(status);
            case "denied" -> Verdict.refuse(Reason.NAMESPACE_DENIED, project.key());
            default -> Verdict.refuse(Reason.NAMESPACE_NOT_APPROVED, project.namespaceKey() + " is " + status);
        };
    }
}
