package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Event;
import dev.forgeway.event.TestRun;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubjectFinderTest {

    private static final String ID = "1001";

    private final Stores stores = Stores.empty();
    private final SubjectFinder finder = new SubjectFinder(stores.jobs);

    /** A job, the news of what it asked for, and why they are ignored where it did not. */
    private enum News {
        BUILD(Examples.coprBuild(Examples.RAWHIDE), Examples.build(ID, Examples.RAWHIDE, null), Reason.UNKNOWN_BUILD),
        TESTS(
                Examples.job("tests", Examples.pullRequest(Examples.PROJECT), List.of(Examples.RAWHIDE), Map.of()),
                new TestingFarmResultEvent("notified", null, Examples.NOON, new TestRun(ID, null, null)),
                Reason.UNKNOWN_TEST),
        KOJI(
                Examples.job("koji-build", Examples.pullRequest(Examples.PROJECT), List.of("rawhide"), Map.of()),
                Examples.kojiTask(ID, "closed"),
                Reason.UNKNOWN_BUILD);

        private final Job job;
        private final Event event;
        private final Reason unknown;

        News(Job job, Event event, Reason unknown) {
            this.job = job;
            this.event = event;
            this.unknown = unknown;
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheJobThatAskedForIt(News news) {
        Decision decision = Decisions.about(news.event);
        Job job = stores.dispatched(news.job);
        stores.jobs.intend(job.id());
        stores.jobs.submitted(job.id(), ID, List.of());

        finder.find(decision);

        assertThat(decision.isOpen()).isTrue();
        assertThat(decision.subject().id()).isEqualTo(job.id());
    }

    @ParameterizedTest
    @EnumSource
    void ignoresWhatNobodyHereAskedFor(News news) {
        Decision decision = Decisions.about(news.event);
        stores.jobs.submitted(stores.dispatched(news.job).id(), "2002", List.of());

        finder.find(decision);

        assertThat(decision.outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(decision.reason()).isEqualTo(news.unknown);
    }

    @ParameterizedTest
    @EnumSource
    void waitsWhileSomethingMayBeSubmittedWhoseIdIsNotKnownYet(News news) {
        Decision decision = Decisions.about(news.event);
        stores.jobs.intend(stores.dispatched(news.job).id());

        assertThatThrownBy(() -> finder.find(decision)).isInstanceOf(TransientException.class);
        assertThat(decision.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void doesNotWaitForASubmissionThatWasGivenUp(News news) {
        Decision decision = Decisions.about(news.event);
        Job job = stores.dispatched(news.job);
        stores.jobs.intend(job.id());
        stores.jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 8, Examples.NOON, List.of());

        finder.find(decision);

        assertThat(decision.reason()).isEqualTo(news.unknown);
    }
}
