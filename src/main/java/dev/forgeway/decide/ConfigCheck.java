package dev.forgeway.decide;

import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.event.Event;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.store.Wanted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells people what is wrong with their package config: a failed check, one for each commit. */
final class ConfigCheck {

    private static final String NAME = "packit-config";

    private ConfigCheck() {}

    /** Nothing for a config that was fine, or not looked for. */
    static Optional<Wanted> of(Decision decision, @Nullable String url) {
        InvalidPackageConfigException mistake = decision.mistake();
        Event event = decision.eventIfParsed();
        if (mistake == null || event == null) {
            return Optional.empty();
        }
        Project project = event.project();
        String forge = event.forge();
        String commit = event.commit();
        if (project == null || forge == null || commit == null) {
            return Optional.empty();
        }
        Installation installation = event.installation();
        return Optional.of(new Wanted(
                Wanted.Kind.CHECK,
                forge,
                new Target(project, installation == null ? null : installation.id()),
                commit,
                NAME,
                new Check(NAME, CheckState.FAILURE, title(mistake), summary(mistake), url),
                null,
                decision.delivery().receivedAt(),
                decision.delivery().id(),
                null));
    }

    private static String title(InvalidPackageConfigException mistake) {
        return "The package config is invalid: " + mistake.path() + ", line " + mistake.line();
    }

    private static String summary(InvalidPackageConfigException mistake) {
        return "%s, line %d, column %d: %s.\n\nHint: %s.\n\nThe format is described at https://packit.dev/docs/configuration."
                .formatted(mistake.path(), mistake.line(), mistake.column(), mistake.problem(), mistake.hint());
    }
}
