package dev.forgeway.admin;

import dev.forgeway.store.ApprovalStore;
import dev.forgeway.store.InstallationStore;
import dev.forgeway.store.KnownInstallation;
import dev.forgeway.store.RetirementStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is known of installations of the GitHub App. Everything throws {@link Problem}. */
@Component
public class InstallationApi {

    private final InstallationStore installations;
    private final ApprovalStore approvals;
    private final RetirementStore retirements;

    public InstallationApi(InstallationStore installations, ApprovalStore approvals, RetirementStore retirements) {
        this.installations = installations;
        this.approvals = approvals;
        this.retirements = retirements;
    }

    /** The newest installations, by {@code state}, {@code retired}, {@code before} (an id) and {@code limit}. */
    public List<InstallationView> installations(Map<String, String> parameters) {
        String state = parameters.get("state");
        return installations
                .search(
                        state == null ? null : AdminApi.oneOf(KnownInstallation.State.class, state),
                        AdminApi.flag(parameters, "retired"),
                        before(parameters),
                        AdminApi.limit(parameters))
                .stream()
                .map(this::view)
                .toList();
    }

    /** The installation that a project belongs to, or else that of its account. */
    Optional<InstallationView> ofProject(String projectKey) {
        return installations.ofProject(projectKey).map(this::view);
    }

    private InstallationView view(KnownInstallation installation) {
        return InstallationView.of(
                installation, approvals.of(installation.account()), retirements.find(installation.id()));
    }

    private static @Nullable Long before(Map<String, String> parameters) {
        String before = parameters.get("before");
        if (before != null && !before.matches("\\d{1,18}")) {
            throw Problem.badRequest("before must be the id of an installation");
        }
        return before == null ? null : (Long) Long.parseLong(before);
    }
}
