package dev.forgeway.decide.packageconfig;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Expands the branches of a package config to those of Fedora's dist-git: an alias, a release, or the name of a branch
 * (https://packit.dev/docs/configuration, "Aliases"; https://docs.fedoraproject.org/en-US/fesco/Updates_Policy/).
 */
public final class BranchExpansion {

    private static final String MAIN = "main";
    private static final String RAWHIDE = "rawhide";

    private static final Pattern FEDORA = Pattern.compile("fedora-(\\d+)");
    private static final Pattern EPEL = Pattern.compile("epel-(\\d+(?:\\.\\d+)?)");
    private static final Pattern CENTOS_STREAM = Pattern.compile("centos-stream-(\\d+)");

    private final TargetExpansion releases;

    public BranchExpansion(TargetExpansion releases) {
        this.releases = releases;
    }

    /** The branches of all names, each once, in their order; {@code main} where there are none. */
    public List<String> expand(List<String> names) {
        return names.isEmpty()
                ? List.of(MAIN)
                : names.stream()
                        .flatMap(name -> releases.releases(name).stream())
                        .map(BranchExpansion::branch)
                        .distinct()
                        .toList();
    }

    /** The name by which a branch of dist-git is expanded: that of Rawhide has two, {@code rawhide} and {@code main}. */
    public static String nameOf(String branch) {
        return branch.equals(RAWHIDE) ? MAIN : branch;
    }

    /** The names that a branch may have in dist-git, by that of {@link #expand}; the usual one comes first. */
    public static List<String> namesOf(String expanded) {
        return expanded.equals(MAIN) ? List.of(RAWHIDE, MAIN) : List.of(expanded);
    }

    private static String branch(String release) {
        if (release.equals("fedora-" + RAWHIDE)) {
            return MAIN;
        }
        String fedora = FEDORA.matcher(release).replaceFirst("f$1");
        String epel = EPEL.matcher(fedora).replaceFirst("epel$1");
        return nameOf(CENTOS_STREAM.matcher(epel).replaceFirst("c$1s"));
    }
}
