package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.packageconfig.StoredReleases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.metrics.ReleaseMetrics;
import dev.forgeway.service.bodhi.HttpBodhi;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.simulator.BodhiSimulator;
import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.Response;
import dev.forgeway.store.ReleaseStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodhi is asked in the background; whoever expands targets reads what is stored. */
class ReleaseRefreshTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final ReleaseStore store = emptyStore();
    private final BodhiSimulator bodhi = new BodhiSimulator();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReleaseRefresh refresh = started();
    private final TargetExpansion expansion = new TargetExpansion(new StoredReleases(store, clock));

    private static ReleaseStore emptyStore() {
        Stores stores = Stores.empty();
        stores.jdbc.update("delete from active_releases");
        return new ReleaseStore(stores.jdbc, stores.transaction);
    }

    private ReleaseRefresh started() {
        return new ReleaseRefresh(
                new HttpBodhi(bodhi.url(), new ServiceHttp(HttpTimeouts.DEFAULT, meters, clock)),
                store,
                new ReleaseMetrics(meters, clock),
                Examples.settings("service.bodhi.releases-interval", "1h"),
                clock);
    }

    @AfterEach
    void stop() {
        bodhi.close();
    }

    @Test
    void expandsTargetsForTheReleasesThatBodhiTold() {
        bodhi.fedora("43", "archived").fedora("46", "pending").fedora("47", "pending");
        assertThat(fedora("fedora-all")).as("as shipped").isEqualTo("43 44 45 rawhide");

        refresh.refresh();
        clock.advance(MINUTE);

        assertThat(fedora("fedora-all")).isEqualTo("44 45 46 rawhide");
        assertThat(fedora("fedora-development")).isEqualTo("46 rawhide");
        assertThat(expansion.expand(List.of("epel-all")))
                .containsExactly("epel-8-x86_64", "epel-9-x86_64", "epel-10-x86_64");
        assertThat(expansion.expand(List.of("centos-stream-all")))
                .as("not known to Bodhi")
                .isNotEmpty();
    }

    @Test
    void asksOncePerIntervalHoweverManyProcessesThereAre() {
        ReleaseRefresh another = started();
        for (int minute = 0; minute < 60; minute++) {
            refresh.refresh();
            another.refresh();
            clock.advance(MINUTE);
        }
        assertThat(bodhi.calls()).hasSize(1);

        refresh.refresh();
        another.refresh();

        assertThat(bodhi.calls()).hasSize(2);
    }

    @Test
    void keepsWhatWasToldLastWhileBodhiFailsAndTellsItsAge() {
        bodhi.fedora("46", "current").fedora("47", "pending");
        refresh.refresh();
        bodhi.fedora("48", "current");
        bodhi.faults().answer("GET /releases/", Faults.ALWAYS, Response.html(503, "maintenance"));
        clock.advance(Duration.ofHours(2));

        refresh.refresh();
        refresh.refresh();

        assertThat(bodhi.calls()).as("not asked again at once").hasSize(2);
        assertThat(fedora("fedora-latest-stable")).isEqualTo("46");
        assertThat(age()).isEqualTo(Duration.ofHours(2).toSeconds());

        bodhi.faults().clear();
        clock.advance(Duration.ofMinutes(5));
        refresh.refresh();

        assertThat(fedora("fedora-latest-stable")).isEqualTo("48");
        assertThat(age()).isZero();
    }

    @Test
    void usesWhatIsShippedWhereBodhiWasNeverHeard() {
        bodhi.stopListening();

        refresh.refresh();
        clock.advance(Duration.ofHours(3));
        refresh.refresh();

        assertThat(store.find()).isEmpty();
        assertThat(fedora("fedora-stable")).isEqualTo("43 44 45");
        assertThat(age()).isEqualTo(Duration.ofHours(3).toSeconds());
    }

    @Test
    void knowsAfterARestartWhatWasTold() {
        bodhi.fedora("46", "current");
        refresh.refresh();
        bodhi.stopListening();
        clock.advance(MINUTE);

        started().refresh();

        assertThat(bodhi.calls()).hasSize(1);
        assertThat(fedora("fedora-latest-stable")).isEqualTo("46");
    }

    private double age() {
        return meters.get("forgeway.schedule.releases.age").timeGauge().value(TimeUnit.SECONDS);
    }

    /** The releases that an alias means now. */
    private String fedora(String alias) {
        return String.join(
                " ",
                expansion.expand(List.of(alias)).stream()
                        .map(chroot -> chroot.replace("fedora-", "").replace("-x86_64", ""))
                        .toList());
    }
}
