package dev.forgeway.handle;

import static dev.forgeway.testing.Examples.COMMIT;
import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndCommentsTest {

    private static final Outcome FAILED = new Outcome(Outcome.Result.FAILED, "Not all RPMs were built");
    private static final String URL = "https://copr.example.org/1001";

    private final Stores stores = Stores.empty();

    private Job job(String handler, NotificationPlan plan, Event event) {
        Job job = stores.dispatched(
                Examples.job(handler, event, List.of(RAWHIDE), plan.addTo(new TreeMap<>(Map.of("owner", "ada")))));
        stores.jobs.submitted(job.id(), "1001", List.of(new Link("Copr build", URL)));
        return job;
    }

    private Job onPullRequest(String handler, NotificationPlan plan) {
        return job(handler, plan, Examples.pullRequest(Examples.PROJECT));
    }

    private List<String> said(Job job, Outcome... ends) {
        for (Outcome end : ends) {
            new SubjectJobs(stores.jobs, stores.outbox, stores.transaction).end(job, end);
        }
        return stores.wanted(job).stream().map(OutboxEntry::comment).toList();
    }

    private static NotificationPlan failure(String message) {
        return new NotificationPlan(false, message, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copr-build", "tests"})
    void saysOnceWhatTheConfigSaysOfAFailure(String handler) {
        Job job = onPullRequest(
                handler, failure("@team: {commit_sha} {packit_dashboard_url} {external_dashboard_url} {other}"));

        assertThat(said(job, FAILED, FAILED)).containsExactly("@team: " + COMMIT + " " + URL + " " + URL + " {other}");
    }

    @Test
    void takesNoTextForAnother() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());

        assertThat(said(onPullRequest("copr-build", failure("Aa")), FAILED)).containsExactly("Aa");
        assertThat(said(onPullRequest("tests", failure("BB")), FAILED)).containsExactly("BB");
    }

    @Test
    void saysItForAnErrorToo() {
        assertThat(said(onPullRequest("tests", failure("broken")), new Outcome(Outcome.Result.ERROR, "no machine")))
                .containsExactly("broken");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.Result.class,
            names = {"SUCCEEDED", "CANCELED", "SKIPPED"})
    void saysNothingOfAnythingElse(Outcome.Result result) {
        assertThat(said(onPullRequest("copr-build", failure("broken")), new Outcome(result, "ended")))
                .isEmpty();
    }

    @Test
    void saysWhereASuccessfulBuildIs() {
        Job job = onPullRequest("copr-build", new NotificationPlan(true, null, true));

        assertThat(said(job, Outcome.succeeded("All RPMs were built")))
                .singleElement()
                .asString()
                .contains(URL, COMMIT);
    }

    @Test
    void saysNothingOfTestsThatPassed() {
        assertThat(said(onPullRequest("tests", new NotificationPlan(true, null, true)), Outcome.succeeded("passed")))
                .isEmpty();
    }

    @Test
    void saysNothingUnlessItIsAskedTo() {
        Job job = onPullRequest("copr-build", NotificationPlan.USUAL);

        assertThat(said(job, FAILED)).isEmpty();
    }

    @Test
    void saysNothingOutsideAPullRequest() {
        Job job = job("copr-build", failure("broken"), Examples.push("pushed", "refs/heads/main", COMMIT));

        assertThat(said(job, FAILED)).isEmpty();
    }
}
