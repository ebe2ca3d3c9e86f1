package dev.forgeway.handle.downstream;

import dev.forgeway.error.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** A folder below the data folder for the length of one piece of work. */
final class WorkFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

    private final Path path;

    /** @throws TransientException when it cannot be made, for example because the disk is full */
    WorkFolder(Path dataFolder) {
        try {
            Path all = Files.createDirectories(all(dataFolder)).toRealPath();
            this.path = Files.createTempDirectory(all, "downstream");
        } catch (IOException e) {
            throw new TransientException("cannot make a folder to work in: " + e.getMessage(), e);
        }
    }

    /** Where all of them are. */
    static Path all(Path dataFolder) {
        return dataFolder.resolve("work");
    }

    Path path() {
        return path;
    }

    /** Deletes it; what cannot be deleted is left, because what was done in it is done. */
    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (IOException e) {
            LOG.warn("Could not delete {}, which is of no use any longer", path, e);
        }
    }
}
