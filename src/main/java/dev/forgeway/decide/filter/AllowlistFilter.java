package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Project;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Only projects and namespaces that somebody approved may ask for work; admins may everywhere. */
@Component
public class AllowlistFilter implements EventFilter {

    private final Standing standing;

    public AllowlistFilter(Standing standing) {
        this.standing = standing;
    }

    @Override
    public Verdict judge(Decision decision) {
        if (standing.isAdmin(decision)) {
            return Verdict.pass("admin " + decision.event().actor());
        }
        Project project = Objects.requireNonNull(decision.event().project());
        String status = standing.ofProject(decision).orElse("unknown");
        return switch (status) {
            case "approved-automatically", "approved-manually" -> Verdict.pass(status);
            case "denied" -> Verdict.refuse(Reason.NAMESPACE_DENIED, project.key());
            default -> Verdict.refuse(Reason.NAMESPACE_NOT_APPROVED, project.namespaceKey() + " is " + status);
        };
    }
}
