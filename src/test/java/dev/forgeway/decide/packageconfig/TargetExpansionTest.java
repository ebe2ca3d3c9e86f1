package dev.forgeway.decide.packageconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.UserErrorException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetExpansionTest {

    private static final TargetExpansion WITH_BRANCHED = new TargetExpansion(() -> new Releases(
            List.of("44", "45"),
            List.of("46"),
            List.of("9", "10.1", "10.2"),
            List.of("9", "10"),
            List.of("15.6", "16.0")));

    @ParameterizedTest
    @CsvSource({
        "fedora-all, fedora-44-x86_64 fedora-45-x86_64 fedora-46-x86_64 fedora-rawhide-x86_64",
        "fedora-stable, fedora-44-x86_64 fedora-45-x86_64",
        "fedora-development, fedora-46-x86_64 fedora-rawhide-x86_64",
        "fedora-latest, fedora-46-x86_64",
        "fedora-latest-stable, fedora-45-x86_64",
        "fedora-branched, fedora-44-x86_64 fedora-45-x86_64 fedora-46-x86_64",
        "fedora-rawhide, fedora-rawhide-x86_64",
        "fedora-44, fedora-44-x86_64",
        "fedora-eln, fedora-eln-x86_64",
        "epel-all, epel-9-x86_64 epel-10-x86_64",
        "epel-9, epel-9-x86_64",
        "epel-10.1, epel-10-x86_64",
        "epel-10-all, epel-10-x86_64",
        "epel-10-branched-aarch64, epel-10-aarch64",
        "epel-10, epel-10-x86_64",
        "centos-stream-10, centos-stream-10-x86_64",
        "opensuse-leap-15.6, opensuse-leap-15.6-x86_64",
        "opensuse-tumbleweed, opensuse-tumbleweed-x86_64",
        "opensuse-leap-all, opensuse-leap-15.6-x86_64 opensuse-leap-16.0-x86_64",
        "opensuse-all-aarch64, opensuse-leap-15.6-aarch64 opensuse-leap-16.0-aarch64 opensuse-tumbleweed-aarch64",
        "mageia-9, mageia-9-x86_64",
        "fedora-stable-aarch64, fedora-44-aarch64 fedora-45-aarch64",
        "fedora-latest-stable-s390x, fedora-45-s390x",
        "fedora-rawhide-ppc64le, fedora-rawhide-ppc64le",
        "epel-all-aarch64, epel-9-aarch64 epel-10-aarch64",
        "fedora-44-x86_64, fedora-44-x86_64",
        "centos-stream+epel-next-9-x86_64, centos-stream+epel-next-9-x86_64",
        "some-distro-7-x86_64, some-distro-7-x86_64"
    })
    void expandsToChroots(String target, String chroots) {
        assertThat(WITH_BRANCHED.expand(List.of(target))).containsExactly(chroots.split(" "));
    }

    @Test
    void namesEachChrootOnceInTheOrderOfTheTargets() {
        assertThat(WITH_BRANCHED.expand(List.of("epel-9", "fedora-latest-stable", "fedora-stable")))
                .containsExactly("epel-9-x86_64", "fedora-45-x86_64", "fedora-44-x86_64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fedora",
                "fedora-al",
                "fedora-fourty",
                "rawhide",
                "x86_64",
                "epel",
                "",
                "Fedora-44",
                "centos-stream"
            })
    void refusesWhatIsNoTarget(String target) {
        assertThat(WITH_BRANCHED.understands(target)).isFalse();
        assertThatThrownBy(() -> WITH_BRANCHED.expand(List.of(target)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("There is no target " + target + ";");
    }

    @Test
    void suggestsTheNearestTarget() {
        assertThat(WITH_BRANCHED.hint("fedora-al")).isEqualTo("did you mean fedora-all?");
        assertThat(WITH_BRANCHED.hint("windows")).contains("fedora-all, fedora-stable", "fedora-rawhide-x86_64");
    }

    @Test
    void followsTheReleasesAsTheyChange() {
        List<Releases> now = new ArrayList<>(List.of(releases(List.of("44"), List.of())));
        TargetExpansion expansion = new TargetExpansion(() -> now.get(0));
        assertThat(expansion.expand(List.of("fedora-latest"))).containsExactly("fedora-44-x86_64");

        now.set(0, releases(List.of("44"), List.of("45")));
        assertThat(expansion.expand(List.of("fedora-latest", "fedora-latest-stable")))
                .containsExactly("fedora-45-x86_64", "fedora-44-x86_64");
    }

    private static Releases releases(List<String> stable, List<String> branched) {
        return new Releases(stable, branched, List.of(), List.of(), List.of());
    }

    @Test
    void shipsReleases() {
        assertThat(new TargetExpansion(Releases::shipped)
                        .expand(List.of("fedora-all", "epel-all", "centos-stream-all")))
                .containsExactly(
                        "fedora-43-x86_64",
                        "fedora-44-x86_64",
                        "fedora-45-x86_64",
                        "fedora-rawhide-x86_64",
                        "epel-8-x86_64",
                        "epel-9-x86_64",
                        "epel-10-x86_64",
                        "centos-stream-9-x86_64",
                        "centos-stream-10-x86_64");
        assertThat(new TargetExpansion(Releases::shipped).expand(List.of("fedora-development")))
                .containsExactly("fedora-rawhide-x86_64");
    }
}
