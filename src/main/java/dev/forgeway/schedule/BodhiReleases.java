package dev.forgeway.schedule;

import dev.forgeway.error.TransientException;
import dev.forgeway.service.bodhi.BodhiRelease;
import dev.forgeway.store.ActiveReleases;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Bodhi's releases mean for people who write targets, in the way of fedora-distro-aliases
 * (https://github.com/rpm-software-management/fedora-distro-aliases): "current" is stable; of what is "pending" or
 * "frozen" the highest is Rawhide, which Bodhi calls by its number, and the others are branched.
 */
final class BodhiReleases {

    private static final Set<String> STABLE = Set.of("current");
    private static final Set<String> TO_COME = Set.of("pending", "frozen");
    private static final Set<String> ACTIVE = Set.of("current", "pending", "frozen");

    /** Neither ELN nor containers, and so on. */
    private static final Pattern FEDORA = Pattern.compile("F(\\d{1,4})");

    /** Not EPEL Next, whose names end with a letter. */
    private static final Pattern EPEL = Pattern.compile("EPEL-(\\d{1,4}(?:\\.\\d{1,4})?)");

    private static final Comparator<String> BY_VERSION =
            Comparator.<String>comparingInt(version -> part(version, 0)).thenComparingInt(version -> part(version, 1));

    private BodhiReleases() {}

    /** @throws TransientException when no release of Fedora is current, which cannot be true */
    static ActiveReleases active(List<BodhiRelease> releases, Instant now) {
        List<String> stable = versions(releases, "FEDORA", STABLE, FEDORA);
        if (stable.isEmpty()) {
            throw new TransientException("Bodhi knows no current release of Fedora");
        }
        List<String> coming = versions(releases, "FEDORA", TO_COME, FEDORA);
        List<String> branched = coming.subList(0, Math.max(0, coming.size() - 1));
        return new ActiveReleases(stable, branched, versions(releases, "FEDORA-EPEL", ACTIVE, EPEL), now);
    }

    private static List<String> versions(
            List<BodhiRelease> releases, String idPrefix, Set<String> states, Pattern name) {
        return releases.stream()
                .filter(release -> release.idPrefix().equals(idPrefix) && states.contains(release.state()))
                .map(release -> name.matcher(release.name()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .sorted(BY_VERSION)
                .toList();
    }

    private static int part(String version, int index) {
        String[] parts = version.split("\\.");
        return index < parts.length ? Integer.parseInt(parts[index]) : -1;
    }
}
