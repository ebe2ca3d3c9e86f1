package dev.forgeway.decide.packageconfig;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which of Koji's targets the targets of a package config are: {@code rawhide}, {@code f44}, {@code epel9}, as Fedora's
 * packagers name their branches (https://packit.dev/docs/configuration/upstream/upstream_koji_build). What is neither an
 * alias nor a chroot is a name of Koji's already.
 */
@Component
public class KojiTargets {

    private static final Pattern RELEASE = Pattern.compile("(fedora|epel)-([\\w.]+)-\\w+");

    private static final Pattern KOJI_TARGET = Pattern.compile("(f|epel)(\\d+)\\b.*");
    private static final String RAWHIDE_CHROOT = "fedora-rawhide-x86_64";
    private static final Pattern CANDIDATE = Pattern.compile("((?:f|epel)[\\d.]+)-candidate");

    private static final Set<String> RAWHIDE = Set.of("rawhide", "main");

    private final TargetExpansion expansion;

    public KojiTargets(TargetExpansion expansion) {
        this.expansion = expansion;
    }

    /**
     * The first chroot for each of Koji's targets, because Koji builds a target for all of its architectures. Whether there is
     * a target of a name only Koji knows.
     */
    public Map<String, String> of(List<String> targets) {
        Map<String, String> chroots = new LinkedHashMap<>();
        for (String target : targets) {
            if (expansion.understands(target)) {
                expansion.expand(List.of(target)).forEach(chroot -> chroots.putIfAbsent(name(chroot), chroot));
            } else {
                chroots.putIfAbsent(target, chrootFor(target));
            }
        }
        return chroots;
    }

    /** The branches of dist-git that a package config names, as {@link BranchExpansion} has them. */
    public List<String> branches(List<String> names) {
        return new BranchExpansion(expansion).expand(names);
    }

    /** Where the source package is made; one for a target of which we know nothing is made for Rawhide. */
    private static String chrootFor(String kojiTarget) {
        Matcher release = KOJI_TARGET.matcher(kojiTarget);
        return release.matches()
                ? (release.group(1).equals("f") ? "fedora-" : "epel-") + release.group(2) + "-x86_64"
                : RAWHIDE_CHROOT;
    }

    /**
     * The target for what is on a branch of dist-git: Rawhide's own, else the one whose builds are candidates for an update
     * (https://docs.fedoraproject.org/en-US/package-maintainers/Package_Maintenance_Guide/).
     */
    public static String ofBranch(String branch) {
        return RAWHIDE.contains(branch) ? "rawhide" : branch + "-candidate";
    }

    /** The branch of dist-git whose builds go to a target; empty for another target, such as a side tag. */
    public static Optional<String> branchOf(@Nullable String target) {
        if (target == null) {
            return Optional.empty();
        }
        Matcher candidate = CANDIDATE.matcher(target);
        return candidate.matches()
                ? Optional.of(candidate.group(1))
                : Optional.of(target).filter("rawhide"::equals);
    }

    private static String name(String chroot) {
        Matcher release = RELEASE.matcher(chroot);
        if (!release.matches()) {
            return chroot.substring(0, chroot.lastIndexOf('-'));
        }
        String version = release.group(2);
        if (!Character.isDigit(version.charAt(0))) {
            return version;
        }
        return (release.group(1).equals("fedora") ? "f" : "epel") + version;
    }
}
