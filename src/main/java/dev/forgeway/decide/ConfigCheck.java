package dev.forgeway.decide;

import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.event.Event;
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
        String forge = event.forge();
        String commit = event.commit();
        if (event.project() == null || forge == null || commit == null) {
            return Optional.empty();
        }
        return Optional.of(new Wanted(
                Wanted.Kind.CHECK,
                forge,
                Target.of(event),
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
