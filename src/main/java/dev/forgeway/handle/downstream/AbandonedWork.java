package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Removes at the start what processes that were killed have left in the folder for work. Several processes may share a
 * data folder: each holds a shared lock of one file as long as it lives, and only who is alone removes anything.
 */
@Component
class AbandonedWork implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedWork.class);

    private final Path dataFolder;
    private @Nullable FileChannel lock;

    AbandonedWork(Settings settings) {
        this.dataFolder = settings.dataDir();
    }

    @Override
    public void afterPropertiesSet() {
        try {
            Files.createDirectories(dataFolder);
            FileChannel channel = FileChannel.open(
                    dataFolder.resolve("work.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            this.lock = channel;
            try (FileLock alone = channel.tryLock()) {
                if (alone != null) {
                    FileSystemUtils.deleteRecursively(WorkFolder.all(dataFolder));
                }
            }
            FileLock kept = channel.tryLock(0, Long.MAX_VALUE, true);
            if (kept == null) {
                LOG.warn("Another process is removing what is left in {}", dataFolder);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Another Forgeway of this process works in {}", dataFolder, e);
        } catch (IOException e) {
            LOG.warn("Could not remove what killed processes left in {}", WorkFolder.all(dataFolder), e);
        }
    }

    @Override
    public void destroy() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
