package dev.forgeway.decide.packageconfig;

import dev.forgeway.error.Suggestion;
import dev.forgeway.error.UserErrorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Expands the targets of a package config to Copr chroots (https://packit.dev/docs/configuration, "Aliases"): an alias
 * or a release, with an architecture at its end or for {@code x86_64}.
 */
@Component
public final class TargetExpansion {

    private static final String DEFAULT_ARCHITECTURE = "x86_64";
    private static final Pattern WITH_ARCHITECTURE =
            Pattern.compile("(.+)-(x86_64|aarch64|ppc64le|s390x|riscv64|i386|i586|i686|armhfp|ppc64)");
    /** Releases of distributions that Copr builds for; whether one is still there only Copr knows. */
    private static final Pattern RELEASE = Pattern.compile(
            "fedora-(\\d+|rawhide|eln)|epel-\\d+(\\.\\d+|-all|-branched)?|centos-stream(\\+epel(-next)?)?-\\d+|(rhel|rhel\\+epel|alma\\+epel"
                    + "|rocky\\+epel|centos\\+epel)-\\d+(\\.\\d+)?|opensuse-(tumbleweed|leap-\\d+\\.\\d+)|mageia-(\\d+|cauldron)"
                    + "|amazonlinux-\\d+|openeuler-[\\w.]+|openmandriva-\\w+|custom-\\d+");
    /** What still looks like a chroot: distribution, release, architecture. */
    private static final Pattern CHROOT_RELEASE = Pattern.compile("[a-z][a-z0-9+._]*(-[a-z0-9+._]+)+");

    /**
     * From EPEL 10 on there are minor releases and aliases of them; Copr builds for all of them in one chroot
     * (https://packit.dev/docs/configuration, "EPEL minor version aliases").
     */
    private static final Pattern EPEL_MINOR = Pattern.compile("(epel-\\d{2,})(\\.\\d+|-all|-branched)");

    private record Aliases(Releases releases, Map<String, List<String>> chroots) {

        static Aliases of(Releases releases) {
            return new Aliases(releases, aliases(releases));
        }
    }

    private final KnownReleases releases;
    private volatile Aliases latest;

    public TargetExpansion(KnownReleases releases) {
        this.releases = releases;
        this.latest = Aliases.of(releases.now());
    }

    private Map<String, List<String>> aliases() {
        Releases now = releases.now();
        Aliases known = latest;
        if (!known.releases().equals(now)) {
            known = Aliases.of(now);
            latest = known;
        }
        return known.chroots();
    }

    private static Map<String, List<String>> aliases(Releases releases) {
        List<String> stable = named("fedora", releases.fedoraStable());
        List<String> branched = named("fedora", releases.fedoraBranched());
        List<String> versioned = joined(stable, branched);
        List<String> rawhide = List.of("fedora-rawhide");
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        aliases.put("fedora-all", joined(versioned, rawhide));
        aliases.put("fedora-stable", stable);
        aliases.put("fedora-development", joined(branched, rawhide));
        aliases.put("fedora-latest", last(versioned));
        aliases.put("fedora-latest-stable", last(stable));
        aliases.put("fedora-branched", versioned);
        aliases.put(
                "epel-all",
                named("epel", releases.epel()).stream()
                        .map(TargetExpansion::chrootOf)
                        .distinct()
                        .toList());
        aliases.put("centos-stream-all", named("centos-stream", releases.centosStream()));
        List<String> leap = named("opensuse-leap", releases.opensuseLeap());
        aliases.put("opensuse-leap-all", leap);
        aliases.put("opensuse-all", joined(leap, List.of("opensuse-tumbleweed")));
        return aliases;
    }

    private static String chrootOf(String release) {
        return EPEL_MINOR.matcher(release).replaceFirst("$1");
    }

    private static List<String> named(String distribution, List<String> releases) {
        return releases.stream().map(release -> distribution + "-" + release).toList();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static List<String> last(List<String> releases) {
        return releases.isEmpty() ? List.of() : List.of(releases.get(releases.size() - 1));
    }

    /**
     * The chroots of all targets, each once, in their order.
     *
     * @throws UserErrorException when a target is not understood
     */
    public List<String> expand(List<String> targets) {
        Map<String, List<String>> aliases = aliases();
        Set<String> chroots = new LinkedHashSet<>();
        for (String target : targets) {
            if (!understands(target)) {
                throw new UserErrorException("There is no target " + target + "; " + hint(target));
            }
            Matcher split = WITH_ARCHITECTURE.matcher(target);
            String release = split.matches() ? split.group(1) : target;
            String architecture = split.matches() ? split.group(2) : DEFAULT_ARCHITECTURE;
            aliases.getOrDefault(release, List.of(chrootOf(release)))
                    .forEach(name -> chroots.add(name + "-" + architecture));
        }
        return List.copyOf(chroots);
    }

    /** The releases of an alias ({@code fedora-45}, {@code epel-10}), the oldest first; what is no alias alone. */
    List<String> releases(String name) {
        return aliases().getOrDefault(name, List.of(name));
    }

    /** Whether {@link #expand} knows what to do with a target. */
    public boolean understands(String target) {
        Matcher split = WITH_ARCHITECTURE.matcher(target);
        if (split.matches()) {
            return aliases().containsKey(split.group(1))
                    || CHROOT_RELEASE.matcher(split.group(1)).matches();
        }
        return aliases().containsKey(target) || RELEASE.matcher(target).matches();
    }

    /** What a target that is not understood was probably meant to be. */
    String hint(String target) {
        Map<String, List<String>> aliases = aliases();
        var known = new ArrayList<>(aliases.keySet());
        known.addAll(List.of("fedora-rawhide", "fedora-eln"));
        aliases.values().forEach(known::addAll);
        return Suggestion.nearest(target, new LinkedHashSet<>(known))
                .map(near -> "did you mean " + near + "?")
                .orElse("write an alias (" + String.join(", ", aliases.keySet())
                        + ") or a Copr chroot (fedora-rawhide-x86_64)");
    }
}
