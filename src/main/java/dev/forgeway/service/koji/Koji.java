package dev.forgeway.service.koji;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Koji's hub, through its API over XML-RPC (https://koji.fedoraproject.org/koji/api). All methods throw {@link
 * dev.forgeway.error.TransientException} when trying again can help and {@link dev.forgeway.error.UserErrorException} when
 * Koji refuses what the user asked for.
 */
public interface Koji {

    /**
     * Uploads a source package, over one that is there.
     *
     * @param folder where to put it, below the folder of uploads
     * @return the source to build
     */
    String upload(Path sourcePackage, String folder);

    /**
     * Starts a build.
     *
     * @param source of {@link #upload}, or an address of a repository that the hub allows
     * @param scratch whether the result is only to be looked at
     */
    KojiTask build(String source, String target, boolean scratch);

    /**
     * Finds a task that an earlier {@link #build} may have started.
     *
     * @param source how the source of the task begins
     * @param since the task is no older
     */
    Optional<KojiTask> findBySource(String source, String target, Instant since);

    /** Asks how a task stands. Empty when Koji does not know it. */
    Optional<KojiTask> find(String id);

    /** Name, version and release of the build that a task made; empty for a task without one. */
    Optional<String> buildOf(String taskId);

    /**
     * Name, version and release of the newest build of a package that went where a target's builds go, and that is still there;
     * empty where there is none.
     */
    Optional<String> newestBuild(String target, String packageName);

    /**
     * Asks Koji to stop a task.
     *
     * @return false when it had ended before
     */
    boolean cancel(String id);
}
