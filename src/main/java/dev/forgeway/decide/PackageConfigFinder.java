package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.Installation;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the package config at the head of a pull request, in one request to the forge. A pull request may bring the
 * config itself, so its head is always asked for.
 */
@Component
public class PackageConfigFinder {

    private final Map<String, Forge> forges;
    private final List<String> names;

    public PackageConfigFinder(List<Forge> forges, Settings settings) {
        this.forges = forges.stream().collect(Collectors.toMap(Forge::name, Function.identity()));
        this.names = settings.decide().packageConfigNames();
    }

    /** @throws dev.forgeway.error.TransientException when the forge cannot say now */
    public void find(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        try {
            Optional<PackageConfigFile> file = lookUp(decision);
            if (!decision.isOpen()) {
                return;
            }
            if (file.isEmpty() && !decision.needsConfig()) {
                StepLog.note("none", null);
                return;
            }
            if (file.isEmpty()) {
                decision.stop(Outcome.FILTERED, Reason.NO_PACKAGE_CONFIG, "looked for " + String.join(", ", names));
                return;
            }
            decision.configFile(file.get());
            StepLog.note("found", file.get().path());
        } catch (UserErrorException e) {
            decision.stop(Outcome.FILTERED, Reason.REPOSITORY_NOT_FOUND, e.getMessage());
        }
    }

    private Optional<PackageConfigFile> lookUp(Decision decision) {
        Event event = decision.event();
        Forge forge = Objects.requireNonNull(forges.get(event.forge()), () -> "no forge " + event.forge());
        Target target = new Target(Objects.requireNonNull(event.project()), id(event.installation()));
        if (event instanceof PullRequestCommentEvent comment && comment.commit() == null) {
            int number = comment.pullRequest().number();
            Optional<PullRequestHead> head = forge.findPullRequestHead(target, number, names);
            if (head.isEmpty()) {
                decision.stop(Outcome.FILTERED, Reason.REPOSITORY_NOT_FOUND, "no pull request " + number);
                return Optional.empty();
            }
            decision.event(comment.on(head.get().pullRequest(), head.get().commit()));
            return Optional.ofNullable(head.get().config());
        }
        return forge.findPackageConfig(target, Objects.requireNonNull(event.commit()), names);
    }

    private static @Nullable Long id(@Nullable Installation installation) {
        return installation == null ? null : installation.id();
    }
}
