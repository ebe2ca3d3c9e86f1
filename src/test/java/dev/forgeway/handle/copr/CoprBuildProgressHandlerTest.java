package dev.forgeway.handle.copr;

import static dev.forgeway.testing.Examples.EPEL;
import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.Link;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

class CoprBuildProgressHandlerTest {

    private static final String SOURCE = "srpm-builds";

    private final Stores stores = Stores.empty();
    private final CoprBuildProgressHandler handler =
            new CoprBuildProgressHandler(stores.jobs, stores.outbox, stores.transaction);
    private final Job build = stores.dispatched(Examples.coprBuild(RAWHIDE, EPEL));

    @BeforeEach
    void isSubmitted() {
        stores.jobs.submitted(build.id(), "1001", List.of(new Link("Copr build", "https://copr.example.org/1001")));
        stores.jobs.finish(build.id(), Job.State.WAITING, null, null, 1, Instant.now(), List.of());
    }

    private Outcome told(String target, @Nullable String result) {
        return handler.handle(Examples.job(
                "copr-build-progress",
                Examples.build("1001", target, result),
                List.of(),
                Map.of("subject", build.id())));
    }

    private Job.State state() {
        return stores.load(build).state();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ,          RUNNING,  RPM build is in progress...
            succeeded, SUCCESS,  RPMs were built successfully.
            failed,    FAILURE,  RPMs failed to be built.
            canceled,  CANCELED, RPM build was canceled.
            """)
    void showsHowTheBuildOfAChrootStands(@Nullable String result, CheckState state, String title) {
        assertThat(told(RAWHIDE, result).result()).isEqualTo(Outcome.Result.SUCCEEDED);

        assertThat(stores.checks(build)).containsExactly("rpm-build:" + RAWHIDE + ": " + state + " " + title);
        assertThat(stores.jobs.targets(build.id()))
                .containsEntry(RAWHIDE, state)
                .containsEntry(EPEL, CheckState.PENDING);
    }

    @Test
    void leavesWhenTheJobBeganAsItWas() {
        Instant began = stores.jobs.find(build.id()).orElseThrow().startedAt();

        told(RAWHIDE, "succeeded");
        told(EPEL, "succeeded");

        assertThat(stores.jobs.find(build.id()).orElseThrow().startedAt())
                .isEqualTo(began)
                .isNotEqualTo(build.receivedAt());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ,          RUNNING,  SRPM build is in progress...
            succeeded, RUNNING,  SRPM build succeeded. Waiting for RPM build to start...
            failed,    FAILURE,  SRPM build failed.
            canceled,  CANCELED, SRPM build was canceled.
            """)
    void showsNewsOfTheSourceForEveryChroot(@Nullable String result, CheckState state, String title) {
        told(SOURCE, result);

        assertThat(stores.checks(build))
                .containsExactly(
                        "rpm-build:" + EPEL + ": " + state + " " + title,
                        "rpm-build:" + RAWHIDE + ": " + state + " " + title);
    }

    @Test
    void leadsTheChecksToTheBuild() {
        told(RAWHIDE, "succeeded");

        assertThat(stores.wanted(build))
                .allSatisfy(entry -> assertThat(entry.check())
                        .isNotNull()
                        .satisfies(check -> assertThat(check.detailsUrl()).isEqualTo("https://copr.example.org/1001")));
    }

    @Test
    void succeedsWhenEveryChrootSucceeded() {
        told(RAWHIDE, "succeeded");
        assertThat(state()).isEqualTo(Job.State.WAITING);

        told(EPEL, "succeeded");

        assertThat(state()).isEqualTo(Job.State.DONE);
        assertThat(stores.stored(build).outcome()).isEqualTo("succeeded");
    }

    @Test
    void isCanceledWhenNoChrootFailedAndOneWasCanceled() {
        told(RAWHIDE, "canceled");
        told(EPEL, "succeeded");

        assertThat(stores.stored(build).outcome()).isEqualTo("canceled");
    }

    @Test
    void failsWhenOneChrootFailed() {
        told(RAWHIDE, "failed");
        told(EPEL, "succeeded");

        assertThat(stores.stored(build).outcome()).isEqualTo("failed");
    }

    @Test
    void failsWithTheSource() {
        told(SOURCE, "failed");

        assertThat(state()).isEqualTo(Job.State.DONE);
        assertThat(stores.stored(build).outcome()).isEqualTo("failed");
    }

    @Test
    void ignoresAStartThatItsEndOvertook() {
        told(RAWHIDE, "succeeded");

        Outcome late = told(RAWHIDE, null);

        assertThat(late.result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(stores.checks(build)).singleElement().asString().contains("SUCCESS");
    }

    @Test
    void ignoresNewsOfTheSourceForAChrootThatHasBegun() {
        told(RAWHIDE, null);

        told(SOURCE, "succeeded");

        assertThat(stores.checks(build))
                .contains("rpm-build:" + RAWHIDE + ": RUNNING RPM build is in progress...")
                .contains("rpm-build:" + EPEL + ": RUNNING SRPM build succeeded. Waiting for RPM build to start...");
    }

    @Test
    void ignoresNewsOfTheSourceForAChrootThatBeginsMeanwhile() {
        var news = stores.transaction.call(() -> {
            told(RAWHIDE, null);
            var blocked = CompletableFuture.supplyAsync(() -> told(SOURCE, "succeeded"));
            await().until(() -> !stores.jdbc
                    .queryForList("select 1 from information_schema.sessions where blocker_id is not null")
                    .isEmpty());
            return blocked;
        });
        news.join();

        assertThat(stores.checks(build))
                .containsExactly(
                        "rpm-build:" + EPEL + ": RUNNING SRPM build succeeded. Waiting for RPM build to start...",
                        "rpm-build:" + RAWHIDE + ": RUNNING RPM build is in progress...");
    }

    @Test
    void changesNothingForAMessageThatComesTwice() {
        told(RAWHIDE, "failed");
        var before = stores.wanted(build);

        assertThat(told(RAWHIDE, "failed").result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(stores.wanted(build)).isEqualTo(before);
    }

    @Test
    void ignoresAChrootThatTheJobDoesNotHave() {
        assertThat(told("fedora-42-s390x", "failed").result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(stores.checks(build)).isEmpty();
        assertThat(state()).isEqualTo(Job.State.WAITING);
    }

    /** A target that is known to have failed is not looked at again, so its check has to be wanted by then. */
    @ParameterizedTest
    @CsvSource({SOURCE + ", SRPM build failed.", EPEL + ", RPMs failed to be built."})
    void showsAFailureInTheEndAlsoAfterACrashInTheMiddle(String target, String title) {
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> told(target, "failed")).isInstanceOf(DataAccessException.class);
        } finally {
            stores.mended("outbox");
        }

        told(target, "failed");

        assertThat(stores.checks(build)).contains("rpm-build:" + EPEL + ": FAILURE " + title);
    }
}
