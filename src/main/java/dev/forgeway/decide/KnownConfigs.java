package dev.forgeway.decide;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.store.ProjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is known of the package configs at commits, so that nothing is asked for twice. A commit never changes, so an
 * answer stays right; it is carried to another commit only where a push proves that none of the names was touched. Who
 * asks for what is being asked for at this moment waits for that answer.
 */
@Component
public class KnownConfigs {

    /** In characters of the configs, with something for each answer. */
    private static final long LARGEST = 16L * 1024 * 1024;

    private static final int OF_AN_ANSWER = 300;
    private static final Duration UNUSED = Duration.ofDays(1);

    /**
     * An answer.
     *
     * @param how where it comes from, for the story; null when the forge was asked
     */
    public record Found(
            Optional<PackageConfigFile> file, @Nullable String how) {}

    private record Place(String project, String commit) {}

    private final AsyncCache<Place, Optional<PackageConfigFile>> answers = Caffeine.newBuilder()
            .maximumWeight(LARGEST)
            .weigher((Place place, Optional<PackageConfigFile> file) ->
                    OF_AN_ANSWER + file.map(found -> found.text().length()).orElse(0))
            .expireAfterAccess(UNUSED)
            .buildAsync();

    private final ProjectStore projects;
    private final Set<String> names;
    private final String lookedFor;

    public KnownConfigs(ProjectStore projects, Settings settings) {
        List<String> configured = settings.decide().packageConfigNames();
        this.projects = projects;
        this.names = Set.copyOf(configured);
        this.lookedFor = String.join(", ", configured);
    }

    /** The config at a commit; whoever is the first to need it asks the forge. */
    Found at(Project project, String commit, Supplier<Optional<PackageConfigFile>> ask) {
        return first(new Place(project.key(), commit), () -> new Found(ask.get(), null));
    }

    /** The config at the head of a push. Nobody waits for the head while the commit before it is looked for, so no two pushes wait for each other. */
    Found after(PushEvent push, String head, Supplier<Optional<PackageConfigFile>> ask) {
        String before = push.commitBefore();
        Place after = new Place(push.project().key(), head);
        if (before == null || !leavesConfigAlone(push) || answers.getIfPresent(after) != null) {
            return at(push.project(), head, ask);
        }
        Place base = new Place(after.project(), before);
        Found found = first(base, () -> stored(base).orElseGet(() -> new Found(ask.get(), null)));
        answers.put(after, CompletableFuture.completedFuture(found.file()));
        return found.how() == null
                ? found
                : new Found(found.file(), "as at " + before + ", and the push touched none of the names");
    }

    /** The answer that is there or on its way; else this thread finds it, for all who ask meanwhile. */
    private Found first(Place place, Supplier<Found> find) {
        CompletableFuture<Optional<PackageConfigFile>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<PackageConfigFile>> held = answers.asMap().putIfAbsent(place, mine);
        if (held != null) {
            return new Found(await(held), "known");
        }
        try {
            Found found = find.get();
            mine.complete(found.file());
            return found;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            mine.completeExceptionally(new TransientException("the look-up at " + place.commit() + " failed"));
        }
    }

    private static Optional<PackageConfigFile> await(CompletableFuture<Optional<PackageConfigFile>> held) {
        try {
            return held.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What an earlier process, or another one, learned about a repository without a config. */
    private Optional<Found> stored(Place base) {
        return projects.pushWithoutConfig(base.project(), lookedFor)
                .filter(base.commit()::equals)
                .map(commit -> new Found(Optional.empty(), "stored"));
    }

    /** What was learned on another way. */
    void learn(Project project, String commit, Optional<PackageConfigFile> file) {
        answers.put(new Place(project.key(), commit), CompletableFuture.completedFuture(file));
    }

    private boolean leavesConfigAlone(PushEvent push) {
        Set<String> changed = push.changedFiles();
        return changed != null && names.stream().noneMatch(changed::contains);
    }
}
