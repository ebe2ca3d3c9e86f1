package dev.forgeway.decide.select;

import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * On what a job of tests runs: each of its targets is a chroot of the build, tested on the distributions that the config
 * names for it, or else on the distribution that the chroot is made for
 * (https://packit.dev/docs/configuration/upstream/tests).
 */
@Component
public class TestTargets {

    private static final Pattern WITH_ARCHITECTURE =
            Pattern.compile("(.+)-(x86_64|aarch64|ppc64le|s390x|riscv64|i686)");

    /** EPEL has no installation of its own; packit tests it on the CentOS that it is for. */
    private static final Pattern EPEL = Pattern.compile("epel-(\\d+)");

    /** A branch of a release; a minor release of EPEL is tested as its major one. */
    private static final Pattern BRANCH = Pattern.compile("(f|epel)(\\d+)(?:\\.\\d+)?");

    private static final int FIRST_STREAM = 8;

    private final TargetExpansion expansion;

    public TestTargets(TargetExpansion expansion) {
        this.expansion = expansion;
    }

    /** The chroot by the target, which is a distribution and an architecture, in the order of the config. */
    Map<String, String> of(JobConfig test) {
        Map<String, String> chroots = new LinkedHashMap<>();
        for (String written : test.targets()) {
            var settings = test.targetSettings().get(written);
            List<String> distros = settings == null ? List.of() : settings.distros();
            for (String chroot : chroots(written)) {
                Matcher split = WITH_ARCHITECTURE.matcher(chroot);
                String distro = split.matches() ? split.group(1) : chroot;
                String architecture = split.matches() ? split.group(2) : "x86_64";
                (distros.isEmpty() ? List.of(tested(distro)) : distros)
                        .forEach(on -> chroots.putIfAbsent(on + "-" + architecture, chroot));
            }
        }
        return chroots;
    }

    /** What the builds of a branch of dist-git are tested on, which is {@code eln} or the branch of a release. */
    static String ofBranch(String branch) {
        Matcher release = BRANCH.matcher(BranchExpansion.nameOf(branch));
        String distro = release.matches()
                ? tested((release.group(1).equals("f") ? "fedora-" : "epel-") + release.group(2))
                : branch.equals("eln") ? "fedora-eln" : "fedora-rawhide";
        return distro + "-x86_64";
    }

    /** What is no chroot may be something that only Testing Farm has. */
    private List<String> chroots(String written) {
        if (expansion.understands(written)) {
            return expansion.expand(List.of(written));
        }
        return List.of(WITH_ARCHITECTURE.matcher(written).matches() ? written : written + "-x86_64");
    }

    private static String tested(String distro) {
        Matcher epel = EPEL.matcher(distro);
        if (!epel.matches()) {
            return distro;
        }
        return (Integer.parseInt(epel.group(1)) < FIRST_STREAM ? "centos-" : "centos-stream-") + epel.group(1);
    }
}
