package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.Installation;
import dev.forgeway.event.InstallationEvent;
import dev.forgeway.event.Project;
import dev.forgeway.ingest.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitHub's word about installations of the App, and about the repositories that belong to one. */
final class GitHubInstallations {

    private static final Map<String, String> ACTIONS = Map.of(
            "created", "created",
            "deleted", "deleted",
            "suspend", "suspended",
            "unsuspend", "unsuspended",
            "added", "repositories-added",
            "removed", "repositories-removed");

    private GitHubInstallations() {}

    static Optional<Event> event(Payload payload, Delivery delivery) {
        String action = payload.text("action");
        String known = ACTIONS.get(action);
        if (known == null) {
            return Optional.empty();
        }
        boolean changed = known.startsWith("repositories-");
        return Optional.of(new InstallationEvent(
                known,
                "github",
                payload.textOrNull("sender.login"),
                delivery.receivedAt(),
                new Installation(payload.number("installation.id"), account(payload)),
                host(payload),
                repositories(payload, changed ? "repositories_" + action : "repositories")));
    }

    /** An enterprise has no login. */
    private static @Nullable String account(Payload payload) {
        String login = payload.textOrNull("installation.account.login");
        return login == null ? payload.textOrNull("installation.account.slug") : login;
    }

    /** That of the account's page; github.com where none is told. */
    private static String host(Payload payload) {
        String page = payload.textOrNull("installation.account.html_url");
        return Optional.ofNullable(page)
                .flatMap(url -> Project.at(url, null, null))
                .map(Project::host)
                .orElse("github.com");
    }

    private static List<String> repositories(Payload payload, String path) {
        return payload.objects(path).stream()
                .map(repository -> repository.text("full_name"))
                .toList();
    }
}
