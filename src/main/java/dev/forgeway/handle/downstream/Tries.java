package dev.forgeway.handle.downstream;

import dev.forgeway.error.DeferredException;
import dev.forgeway.error.OverBudgetException;
import dev.forgeway.error.TransientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.util.FileSystemUtils;

/**
 * Tries one step of a long piece of work a few times at once. It has so many steps that it would hardly ever be done where each of
 * them fails now and then, if every failure began the whole of it again.
 */
final class Tries {

    private static final int MOST = 4;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Tries() {}

    /**
     * Does it.
     *
     * @param step what can be done again and again without harm
     * @throws TransientException the last one, and at once for a service that says itself when to come again
     */
    static <T> T of(Supplier<T> step) {
        for (int number = 1; ; number++) {
            try {
                return step.get();
            } catch (DeferredException | OverBudgetException e) {
                throw e;
            } catch (TransientException e) {
                if (number == MOST) {
                    throw e;
                }
                pause(number);
            }
        }
    }

    /** As {@link #of}, without a result. */
    static void run(Runnable step) {
        boolean unused = of(() -> {
            step.run();
            return true;
        });
    }

    /** Fills a folder, from which goes what an earlier try left there. */
    static <T> T into(Path folder, Function<Path, T> step) {
        return of(() -> {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new TransientException("cannot clear " + folder.getFileName() + ": " + e.getMessage(), e);
            }
            return step.apply(folder);
        });
    }

    private static void pause(int number) {
        try {
            Thread.sleep(PAUSE.multipliedBy(number).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("stopped before another try", e);
        }
    }
}
