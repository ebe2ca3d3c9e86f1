package dev.forgeway.service.git;

import dev.forgeway.error.UserErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Stops what git fetches when it takes too long or becomes too large. */
final class CloneLimits implements ProgressMonitor {

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final Path folder;
    private final long mostBytes;
    private final long end;
    private long nextLook;
    private volatile boolean cancelled;

    CloneLimits(Path folder, Duration limit, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.end = System.nanoTime() + limit.toNanos();
        this.nextLook = System.nanoTime() + LOOK_EVERY;
    }

    @Override
    public boolean isCancelled() {
        long now = System.nanoTime();
        if (!cancelled && now - end > 0) {
            cancelled = true;
        } else if (!cancelled && now - nextLook > 0) {
            nextLook = now + LOOK_EVERY;
            cancelled = size() > mostBytes;
        }
        return cancelled;
    }

    /** @throws UserErrorException when it was stopped, which git tells by various failures or not at all */
    void mustHold(URI url) {
        if (cancelled) {
            throw new UserErrorException(url + " is too large or too slow to be cloned");
        }
    }

    private long size() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(CloneLimits::size)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // git makes and removes files meanwhile
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start(int totalTasks) {}

    @Override
    public void beginTask(String title, int totalWork) {}

    @Override
    public void update(int completed) {}

    @Override
    public void endTask() {}

    @Override
    public void showDuration(boolean enabled) {}
}
