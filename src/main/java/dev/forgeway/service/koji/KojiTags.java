package dev.forgeway.service.koji;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tags of Koji, and those that builds can be made in on the side (https://docs.pagure.org/koji/plugins/sidetag/). All
 * methods throw {@link dev.forgeway.error.TransientException} when trying again can help and {@link
 * dev.forgeway.error.UserErrorException} when Koji refuses what the user asked for.
 */
public interface KojiTags {

    /**
     * A side tag of ours. Builds are made in it by the target of the same name.
     *
     * @param name {@code <base tag>-side-<number>}
     * @param id Koji's number, greater for a newer tag
     */
    record SideTag(String name, long id) {}

    /** Our side tags beside what a target builds with. */
    List<SideTag> sideTags(String target);

    /** Makes a side tag beside what a target builds with. */
    SideTag createSideTag(String target);

    /** Removes a side tag of ours, with what is in it; nothing where there is none. */
    void removeSideTag(String name);

    /** Whether there is a tag of this name now. */
    boolean exists(String tag);

    /** Name, version and release of the newest build of each package that is tagged with this tag itself, by the package. */
    Map<String, String> builds(String tag);

    /**
     * Name, version and release of the newest build of a package that was released where the builds of a target go: that is in
     * one of the tags behind the one for candidates that is called like a release, or like one with {@code -updates}.
     */
    Optional<String> newestReleased(String target, String packageName);

    /** Asks Koji to give a build one more tag, which it does by a task. */
    KojiTask tagBuild(String tag, String nvr);

    /** The task of ours that is about to give a build this tag; empty when there is none, or it is over. */
    Optional<KojiTask> findTagging(String tag, String nvr);

    /** The tags that a build has. */
    List<String> tagsOf(String nvr);

    /** What a build was made from, as it was given to {@link Koji#build}; empty when nobody knows. */
    Optional<String> sourceOf(String nvr);
}
