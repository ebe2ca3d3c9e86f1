package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.TransientException;
import dev.forgeway.service.bodhi.BodhiRelease;
import dev.forgeway.store.ActiveReleases;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodhiReleasesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** Releases as {@code name:prefix:state}, FEDORA where no prefix is given. */
    private static ActiveReleases active(String releases) {
        List<BodhiRelease> told = Stream.of(releases.split(" "))
                .map(release -> release.split(":"))
                .map(parts -> parts.length == 3
                        ? new BodhiRelease(parts[0], parts[1], parts[2])
                        : new BodhiRelease(parts[0], "FEDORA", parts[1]))
                .toList();
        return BodhiReleases.active(told, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "F44:current F45:current F46:pending,               44 45, ''",
        "F45:current F44:current F47:pending F46:pending,   44 45, 46",
        "F45:current F46:frozen F47:pending,                45,    46",
        "F9:current F10:current,                            9 10,  ''",
        "F43:archived F44:disabled F45:current,             45,    ''",
        "F45:current ELN:current,                           45,    ''",
        "F45:current F46:FEDORA-FLATPAK:current F45C:FEDORA-CONTAINER:current, 45, ''"
    })
    void takesTheHighestThatIsToComeForRawhide(String told, String stable, String branched) {
        ActiveReleases active = active(told);

        assertThat(String.join(" ", active.fedoraStable())).isEqualTo(stable);
        assertThat(String.join(" ", active.fedoraBranched())).isEqualTo(branched);
        assertThat(active.toldAt()).isEqualTo(NOW);
    }

    @Test
    void sortsEpelByNumberAndLeavesEpelNextOut() {
        assertThat(active("F45:current EPEL-10.10:FEDORA-EPEL:pending EPEL-10.9:FEDORA-EPEL:current"
                                + " EPEL-9:FEDORA-EPEL:current EPEL-9N:FEDORA-EPEL-NEXT:current"
                                + " EPEL-8N:FEDORA-EPEL:current EPEL-7:FEDORA-EPEL:archived")
                        .epel())
                .containsExactly("9", "10.9", "10.10");
    }

    @Test
    void doesNotBelieveThatThereIsNoFedora() {
        assertThatThrownBy(() -> active("F46:pending EPEL-9:FEDORA-EPEL:current"))
                .isInstanceOf(TransientException.class);
    }
}
