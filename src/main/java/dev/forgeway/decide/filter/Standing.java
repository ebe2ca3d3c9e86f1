package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.store.AllowlistStore;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How the project and the account of an event stand with us: on the allowlist, and among the admins. */
@Component
public class Standing {

    private final AllowlistStore allowlist;
    private final Set<String> admins;

    public Standing(AllowlistStore allowlist, Settings settings) {
        this.allowlist = allowlist;
        this.admins = settings.decide().admins();
    }

    /** Whether an admin did it, who may ask for everything. */
    boolean isAdmin(Decision decision) {
        Event event = decision.event();
        return event.actor() != null && admins.contains(project(event).host() + "/" + event.actor());
    }

    /** What was decided about the project, or the nearest namespace around it, or its host. */
    Optional<String> ofProject(Decision decision) {
        Project project = project(decision.event());
        return decision.facts()
                .allowlistStatus(
                        project.key(), () -> allowlist.status(project.host(), project.namespace(), project.name()));
    }

    /** What was decided about the account's own namespace. */
    Optional<String> ofActor(Decision decision) {
        String actor = decision.event().actor();
        String host = project(decision.event()).host();
        return actor == null
                ? Optional.empty()
                : decision.facts().allowlistStatus(host + "/" + actor, () -> allowlist.statusOf(host + "/" + actor));
    }

    private static Project project(Event event) {
        return Objects.requireNonNull(event.project(), "no project");
    }
}
