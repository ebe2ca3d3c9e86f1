package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SupersessionTest {

    private static final String ONE = Examples.COMMIT;
    private static final String TWO = "0000000000000000000000000000000000000002";
    private static final Instant LATER = Examples.NOON.plusSeconds(10);

    private final Stores stores = Stores.empty();
    private final FakeForge forge = new FakeForge();
    private final Supersession supersession = new Supersession(
            stores.jobs,
            DescribedHandler.handlers(CoprBuildHandler.SPEC),
            new ForgeQuestions(new Forges(List.of(forge))),
            Examples.settings());

    private static PullRequestEvent head(String action, Instant at, String commit, @Nullable String before) {
        PullRequestEvent opened = Examples.pullRequest(Examples.PROJECT);
        return new PullRequestEvent(
                action,
                "github",
                "ada",
                at,
                opened.project(),
                opened.pullRequest(),
                commit,
                before,
                opened.installation());
    }

    private Job job(Event event) {
        return stores.dispatched(Examples.job("copr-build", event, List.of(Examples.RAWHIDE), Map.of()));
    }

    private List<Job> jobsOf(PullRequestEvent push) {
        Decision decision = Decisions.about(push);
        decision.select(List.of());
        supersession.supersede(decision);
        return decision.jobs();
    }

    @Test
    void endsTheWorkForTheHeadBeforeAPush() {
        Job old = job(head("opened", Examples.NOON, ONE, null));

        assertThat(jobsOf(head("synchronized", LATER, TWO, ONE)))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.handler()).isEqualTo("cancel-superseded");
                    assertThat(job.arguments()).containsValue(old.id());
                });
    }

    @Test
    void leavesTheWorkForAnEarlierHeadThatALaterPushBroughtBack() {
        job(head("synchronized", LATER, ONE, TWO));

        assertThat(jobsOf(head("synchronized", Examples.NOON, TWO, ONE))).isEmpty();
    }

    @Test
    void leavesTheWorkForThePushItself() {
        job(head("synchronized", LATER, TWO, ONE));

        assertThat(jobsOf(head("synchronized", LATER, TWO, ONE))).isEmpty();
    }

    /** Pagure tells no commit before, and times to the second. */
    private static PullRequestEvent withinTheSecond(String commit) {
        return head("synchronized", Examples.NOON, commit, null);
    }

    @Test
    void endsTheWorkForTheOtherHeadOfTheSameSecondWhereTheForgeShowsThisOne() {
        Job old = job(withinTheSecond(ONE));
        forge.pullRequest(7, TWO);

        assertThat(jobsOf(withinTheSecond(TWO)))
                .singleElement()
                .satisfies(job -> assertThat(job.arguments()).containsValue(old.id()));
    }

    @Test
    void leavesTheWorkOfTheSameSecondForTheHeadThatTheForgeShows() {
        job(withinTheSecond(ONE));
        forge.pullRequest(7, ONE);

        assertThat(jobsOf(withinTheSecond(TWO))).isEmpty();
    }

    @Test
    void leavesTheWorkOfTheSameSecondWhereTheForgeDoesNotSay() {
        job(withinTheSecond(ONE));
        forge.refuses(new UserErrorException("hidden"));

        assertThat(jobsOf(withinTheSecond(TWO))).isEmpty();
    }

    @Test
    void asksTheForgeNothingWhereTheTimesTell() {
        job(head("opened", Examples.NOON, ONE, null));

        jobsOf(head("synchronized", LATER, TWO, null));

        assertThat(forge.lookUps()).isEmpty();
    }
}
