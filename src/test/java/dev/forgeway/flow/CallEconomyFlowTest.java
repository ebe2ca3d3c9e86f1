package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.Application;
import dev.forgeway.simulator.CheckRun;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** How often people see a check change, where an hour has to be between the steps on its way. */
@SpringBootTest(
        classes = {Application.class, Haste.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = CallEconomyFlowTest.SlowProgress.class)
@DirtiesContext
class CallEconomyFlowTest extends Flow {

    static class SlowProgress implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            World world = new World();
            var beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
            beans.registerDisposableBean("outside", world::close);
            SharedWorld.join(context, world, Map.of("forgeway.report.progress-interval", "1h"));
        }
    }

    private static List<String> targets() {
        return Stream.of("fedora-rawhide", "fedora-44", "fedora-43", "fedora-42", "epel-10", "epel-9")
                .flatMap(system ->
                        Stream.of("x86_64", "aarch64", "ppc64le", "s390x").map(arch -> system + "-" + arch))
                .toList();
    }

    @Test
    void sendsTwoCallsForEachOfTwentyFourTargetsOverAWholeBuild() {
        var pullRequest = pullRequestBuiltFor(targets().toArray(String[]::new));

        var opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        opened.jobIsEventually("succeeded");

        eventually()
                .untilAsserted(() -> assertThat(pullRequest.checkRuns())
                        .hasSize(24)
                        .extracting(CheckRun::conclusion)
                        .containsOnly("success"));
        assertThat(pullRequest.checkRuns())
                .allSatisfy(run -> assertThat(github.checkRunHistory(pullRequest.repository(), run.id()))
                        .as(run.name())
                        .hasSizeLessThanOrEqualTo(2));
    }
}
