package dev.forgeway.schedule;

import static dev.forgeway.testing.Examples.EPEL;
import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.service.copr.CoprBuildRequest;
import dev.forgeway.service.copr.CoprProjectSettings;
import dev.forgeway.service.copr.CoprSettings;
import dev.forgeway.service.copr.HttpCopr;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.BusSimulator;
import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.Response;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Copr tells of a build when it is asked. */
class PendingCoprBuildsTest {

    private static final Map<String, Integer> ENDS = Map.of("succeeded", 1, "failed", 0, "canceled", 2);

    private final Stores stores = Stores.empty();
    private final BusSimulator bus = new BusSimulator();
    private final CoprSimulator simulator = new CoprSimulator(bus).stepByHand();
    private final HttpCopr copr =
            new HttpCopr(new CoprSettings(simulator.url(), simulator.login(), simulator.token()), http(), http());
    private final PendingCoprBuilds pending = new PendingCoprBuilds(copr, Clock.systemUTC());
    private final Job job = stores.dispatched(Examples.coprBuild(RAWHIDE, EPEL));
    private final long id = submitted();

    private static ServiceHttp http() {
        return new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private long submitted() {
        var build = copr.submit(new CoprBuildRequest(
                "packit",
                "hello-7",
                List.of(RAWHIDE, EPEL),
                "m",
                "echo",
                List.of(),
                60,
                false,
                CoprProjectSettings.USUAL,
                Map.of(),
                null));
        stores.jobs.submitted(job.id(), build.id(), List.of());
        return Long.parseLong(build.id());
    }

    @AfterEach
    void close() {
        simulator.close();
        bus.close();
    }

    @Test
    void tellsNothingOfABuildThatHasNotBegun() {
        assertThat(news()).isEmpty();
        simulator.startSource(id);
        assertThat(news()).isEmpty();
    }

    @Test
    void tellsWhatBeganAndWhatEndedAndNothingThatIsKnown() {
        simulator.startSource(id);
        simulator.endSource(id, true);
        simulator.start(id, EPEL);
        simulator.end(id, RAWHIDE, true);

        assertThat(news()).containsExactlyInAnyOrder(start(EPEL), end(RAWHIDE, "succeeded"));

        stores.jobs.advanceTarget(job.id(), EPEL, CheckState.RUNNING);
        stores.jobs.advanceTarget(job.id(), RAWHIDE, CheckState.SUCCESS);
        assertThat(news()).isEmpty();
    }

    @Test
    void asksOnceOnlyForABuildThatSucceeded() {
        simulator.finishBuild(id, true);
        int before = simulator.calls().size();

        assertThat(news()).containsExactlyInAnyOrder(end(RAWHIDE, "succeeded"), end(EPEL, "succeeded"));

        assertThat(simulator.calls()).hasSize(before + 1);
    }

    @Test
    void tellsTheChrootsApartOfABuildThatFailed() {
        simulator.startSource(id);
        simulator.endSource(id, true);
        simulator.end(id, RAWHIDE, true);
        simulator.end(id, EPEL, false);

        assertThat(news()).containsExactlyInAnyOrder(end(RAWHIDE, "succeeded"), end(EPEL, "failed"));
    }

    @Test
    void endsTheChrootsThatNeverBeganWithTheirBuild() {
        simulator.startSource(id);
        simulator.endSource(id, false);

        assertThat(news()).containsExactlyInAnyOrder(end(RAWHIDE, "failed"), end(EPEL, "failed"));
    }

    @Test
    void hasTheSameKeyForTheSameNews() {
        simulator.finishBuild(id, true);

        assertThat(keys()).isEqualTo(keys()).doesNotHaveDuplicates();
    }

    @Test
    void knowsABuildThatIsGoneFromACoprThatIsDown() {
        simulator.faults().answer("GET /api_3/build/" + id, Faults.ALWAYS, Response.html(503, "maintenance"));
        assertThatThrownBy(this::news).isInstanceOf(TransientException.class);
        simulator.faults().clear();

        simulator.deleteBuild(id);

        assertThatThrownBy(this::news)
                .isInstanceOf(UserErrorException.class)
                .hasMessage("Copr does not know build " + id + " any more.");
    }

    private List<Delivery> asked() {
        return pending.ask(stores.jobs.find(job.id()).orElseThrow());
    }

    private List<String> keys() {
        return asked().stream().map(Delivery::key).toList();
    }

    private List<String> news() {
        return asked().stream()
                .map(told -> told.eventName() + " " + new String(told.body(), StandardCharsets.UTF_8))
                .toList();
    }

    private String start(String chroot) {
        return "copr.build.start " + body(chroot, 3);
    }

    private String end(String chroot, String result) {
        return "copr.build.end " + body(chroot, ENDS.getOrDefault(result, -1));
    }

    private String body(String chroot, int status) {
        return "{\"build\":%d,\"chroot\":\"%s\",\"owner\":\"packit\",\"copr\":\"hello-7\",\"status\":%d}"
                .formatted(id, chroot, status);
    }
}
