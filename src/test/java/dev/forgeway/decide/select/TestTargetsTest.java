package dev.forgeway.decide.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTargetsTest {

    private final TargetExpansion expansion = new TargetExpansion(Releases::shipped);
    private final TestTargets targets = new TestTargets(expansion);

    private Map<String, String> of(String written) {
        String config = "jobs: [{job: tests, trigger: pull_request, targets: " + written + "}]";
        return targets.of(new PackageConfigParser(expansion)
                .parse(".packit.yaml", config)
                .jobs()
                .get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "fedora-rawhide,           fedora-rawhide-x86_64,   fedora-rawhide-x86_64",
        "fedora-42-aarch64,        fedora-42-aarch64,       fedora-42-aarch64",
        "epel-7,                   centos-7-x86_64,         epel-7-x86_64",
        "epel-9-s390x,             centos-stream-9-s390x,   epel-9-s390x",
        "epel-10.1,                centos-stream-10-x86_64, epel-10-x86_64",
        "Fedora-41-Updated,        Fedora-41-Updated-x86_64, Fedora-41-Updated-x86_64"
    })
    void testsAChrootOnItsDistribution(String written, String target, String chroot) {
        assertThat(of("[" + written + "]")).isEqualTo(Map.of(target, chroot));
    }

    @Test
    void testsAChrootOnTheDistributionsOfTheConfig() {
        assertThat(of("{epel-9: {distros: [centos-stream-9, alma-9]}, fedora-42: {}}"))
                .isEqualTo(Map.of(
                        "centos-stream-9-x86_64", "epel-9-x86_64",
                        "alma-9-x86_64", "epel-9-x86_64",
                        "fedora-42-x86_64", "fedora-42-x86_64"));
    }

    @Test
    void testsEachDistributionOnce() {
        assertThat(of("[epel-9, centos-stream-9]")).isEqualTo(Map.of("centos-stream-9-x86_64", "epel-9-x86_64"));
    }
}
