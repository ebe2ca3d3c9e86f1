package dev.forgeway.service.copr;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fedora Copr, through its API version 3 (https://copr.fedorainfracloud.org/api_3/docs). All methods throw {@link
 * dev.forgeway.error.TransientException} when trying again can help and {@link
 * dev.forgeway.error.UserErrorException} when Copr refuses what the user asked for.
 */
public interface Copr {

    /** Submits one build for all chroots of the request; creates or extends the project when Copr does not know it. */
    CoprBuild submit(CoprBuildRequest request);

    /** The chroots of a project, sorted; empty when Copr does not know the project, or it has none. */
    List<String> chroots(String owner, String project);

    /** Finds a build that an earlier {@link #submit} may have created, by the marker in its script. */
    Optional<CoprBuild> findByMarker(String owner, String project, String marker);

    /** Asks how a build stands. Empty when Copr does not know it. */
    Optional<CoprBuild> find(String id);

    /** Asks how the build of each chroot stands, in Copr's words. Empty when Copr does not know the build. */
    Map<String, String> chrootStates(String id);

    /**
     * The packages that a build made for a chroot, as name, epoch where there is one, version, release and architecture
     * ({@code hello-1:2.0-1.fc42.x86_64}), without the source package.
     */
    List<String> packages(String id, String chroot);

    /**
     * Fetches the source package of a build into a folder, under its own name.
     *
     * @return the file; empty when the build has none, or not yet
     */
    Optional<Path> sourcePackage(String id, Path folder);

    /**
     * Asks Copr to stop a build.
     *
     * @return false when it had ended before
     */
    boolean cancel(String id);
}
