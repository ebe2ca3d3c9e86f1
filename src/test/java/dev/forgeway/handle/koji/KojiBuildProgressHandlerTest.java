package dev.forgeway.handle.koji;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.Link;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KojiBuildProgressHandlerTest {

    private static final String CHECK = "koji-build:rawhide: ";
    private static final String URL = "https://koji.example.org/koji/taskinfo?taskID=101";

    private final Stores stores = Stores.empty();
    private final KojiBuildProgressHandler handler =
            new KojiBuildProgressHandler(stores.jobs, stores.outbox, stores.transaction, stores.issues());
    private final Job build = stores.dispatched(
            Examples.job("koji-build", Examples.pullRequest(Examples.PROJECT), List.of("rawhide"), Map.of()));

    @BeforeEach
    void isSubmitted() {
        stores.jobs.submitted(build.id(), "101", List.of(new Link("Koji task", URL)));
        stores.jobs.finish(build.id(), Job.State.WAITING, null, null, 1, Instant.now(), List.of());
    }

    private Outcome told(String state) {
        return handler.handle(Examples.job(
                "koji-build-progress", Examples.kojiTask("101", state), List.of(), Map.of("subject", build.id())));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            free,     PENDING RPM build was submitted ...,    ,
            assigned, PENDING RPM build was submitted ...,    ,
            open,     RUNNING RPM build is in progress...,    ,
            closed,   SUCCESS RPMs were built successfully.,  succeeded
            failed,   FAILURE RPMs failed to be built.,       failed
            canceled, CANCELED RPM build was canceled.,       canceled
            """)
    void showsHowTheTaskStands(String state, String check, @Nullable String outcome) {
        told(state);

        assertThat(stores.checks(build)).containsExactly(CHECK + check);
        assertThat(stores.stored(build).outcome()).isEqualTo(outcome);
        assertThat(stores.load(build).state()).isEqualTo(outcome == null ? Job.State.WAITING : Job.State.DONE);
        assertThat(stores.wanted(build))
                .singleElement()
                .satisfies(entry -> assertThat(entry.check())
                        .isNotNull()
                        .satisfies(shown -> assertThat(shown.detailsUrl()).isEqualTo(URL)));
    }

    @Test
    void changesNothingForNewsThatComesTwiceOrLate() {
        told("open");
        assertThat(told("assigned").result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(told("open").result()).isEqualTo(Outcome.Result.SKIPPED);
        told("closed");

        assertThat(told("open")).isEqualTo(Outcome.skipped("The build had ended before"));
        assertThat(told("failed")).isEqualTo(Outcome.skipped("The build had ended before"));

        assertThat(stores.checks(build)).containsExactly(CHECK + "SUCCESS RPMs were built successfully.");
    }
}
