package dev.forgeway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.DispatchSettings;
import dev.forgeway.testing.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {

    private static final int SETTLED = 10;
    private static final Path PLOT = Path.of("docs/priorities.svg");
    private static final String COMMAND =
            "./mvnw -q test -Dtest=FairShareTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    private static final DispatchSettings.FairShare DEFAULT =
            Examples.settings().dispatch().priority().fairShare();
    private static final DispatchSettings.FairShare NONE = new DispatchSettings.FairShare(0, 0, 0, 0);

    private final int[][] fair = new FairShareSimulation(DEFAULT).run();
    private final int[][] unfair = new FairShareSimulation(NONE).run();

    @Test
    void givesEqualSharesToThoseWhoAskForMoreThanThat() {
        assertThat(FairShareSimulation.jain(fair, SETTLED)).isGreaterThan(0.9);
    }

    @Test
    void wouldGiveThemWhatTheyAskForOtherwise() {
        assertThat(FairShareSimulation.jain(unfair, SETTLED)).isLessThan(0.6);
    }

    @Test
    void wastesNothing() {
        int most = (FairShareSimulation.SECONDS - 1) * FairShareSimulation.PER_SECOND;
        assertThat(Arrays.stream(fair).flatMapToInt(Arrays::stream).sum()).isGreaterThan(most);
    }

    @Test
    void isPlottedInTheDocuments() throws IOException {
        String expected = SharesPlot.of(List.of(
                new SharesPlot.Panel("all jobs with the same priority", unfair),
                new SharesPlot.Panel("with fair share", fair)));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PLOT, expected);
        }

        assertThat(Files.exists(PLOT) ? Files.readString(PLOT) : "")
                .as(PLOT + " is stale; write it with: " + COMMAND)
                .isEqualTo(expected);
        assertThat(Files.readString(Path.of("docs/priorities.md")))
                .contains(
                        "index %.2f".formatted(FairShareSimulation.jain(fair, SETTLED)),
                        "index %.2f".formatted(FairShareSimulation.jain(unfair, SETTLED)));
    }
}
