package dev.forgeway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forgeway.config.Settings;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.ReportMetrics;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.Wanted;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.FakeForge.Shown;
import dev.forgeway.testing.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReporterTest {

    private static final String PENDING = "rpm-build:a: PENDING accepted";
    private static final String SUCCESS = "rpm-build:a: SUCCESS built";

    private final Stores stores = Stores.empty();
    private final FakeForge forge = new FakeForge();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Reporter reporter = reporter(Examples.settings());
    private final String id = check(CheckState.PENDING, "accepted").id();

    private Reporter reporter(Settings settings) {
        return new Reporter(
                stores.outbox,
                new Forges(List.of(forge)),
                new CheckComments(stores.heads),
                new ReportMetrics(meters),
                settings,
                Clock.systemUTC());
    }

    private static Wanted check(CheckState state, String title) {
        return wanted(Wanted.Kind.CHECK, Examples.COMMIT, new Check("rpm-build:a", state, title, null, null), null);
    }

    private static Wanted comment(String text) {
        return wanted(Wanted.Kind.COMMENT, "7", null, text);
    }

    private static Wanted wanted(Wanted.Kind kind, String place, @Nullable Check check, @Nullable String comment) {
        Target target = new Target(Examples.PROJECT, 3L);
        return new Wanted(kind, "github", target, place, "rpm-build:a", check, comment, Examples.NOON, "d1", null);
    }

    private void want(CheckState state, String title) {
        stores.outbox.want(check(state, title));
    }

    private ReportRun reported() {
        return reporter.confirm(reporter.deliver(reporter.claim(id)));
    }

    private OutboxEntry entry() {
        return stores.outbox.find(id).orElseThrow();
    }

    /** A sender that died with the place in its hands; its lease is over at once. */
    private ReportRun claimedByOneThatDied() {
        return reporter(Examples.settings("report.claim-lease", "-1s")).claim(id);
    }

    @Test
    void showsTheNewestStateOnly() {
        want(CheckState.PENDING, "accepted");
        want(CheckState.SUCCESS, "built");

        ReportRun run = reported();

        assertThat(forge.shown()).containsExactly(new Shown(Examples.COMMIT, id, SUCCESS, null, false));
        assertThat(run.isMoreWanted()).isFalse();
        assertThat(entry().externalId()).isEqualTo("forge-" + id);
    }

    @Test
    void updatesWhatItShowedBefore() {
        want(CheckState.PENDING, "accepted");
        reported();
        want(CheckState.SUCCESS, "built");

        reported();

        assertThat(forge.shown())
                .containsExactly(
                        new Shown(Examples.COMMIT, id, PENDING, null, false),
                        new Shown(Examples.COMMIT, id, SUCCESS, "forge-" + id, false));
    }

    @Test
    void showsOnlyTheNewestOfWhatHappensSoonAfterAnother() {
        want(CheckState.PENDING, "accepted");
        reported();
        Instant shown = Objects.requireNonNull(entry().lastSentAt());
        want(CheckState.PENDING, "submitted");

        DeferredException early = catchThrowableOfType(DeferredException.class, () -> reporter.claim(id));

        assertThat(early.retryAt()).isEqualTo(shown.plusSeconds(10));
        want(CheckState.RUNNING, "running");
        Reporter later = reporter(Examples.settings("report.progress-interval", "0s"));
        later.confirm(later.deliver(later.claim(id)));
        assertThat(forge.shown()).extracting(Shown::content).containsExactly(PENDING, "rpm-build:a: RUNNING running");
    }

    @Test
    void hasNothingToDoForAMessageThatComesTwice() {
        want(CheckState.PENDING, "accepted");
        reported();

        assertThat(reporter.claim(id).isDue()).isFalse();
        assertThat(reporter.claim("no-such-report").isDue()).isFalse();
    }

    @Test
    void waitsForTheOtherSenderUntilItsLeaseEnds() {
        want(CheckState.PENDING, "accepted");
        reporter.claim(id);
        Instant now = Instant.now();

        TransientException busy = catchThrowableOfType(TransientException.class, () -> reporter.claim(id));

        assertThat(busy.retryAt()).isBetween(now.plusSeconds(50), now.plusSeconds(60));
    }

    @Test
    void searchesForWhatASenderThatDiedMayHaveShown() {
        want(CheckState.PENDING, "accepted");
        claimedByOneThatDied();

        reported();

        assertThat(forge.shown()).containsExactly(new Shown(Examples.COMMIT, id, PENDING, null, true));
    }

    @Test
    void searchesForACommentThatASenderThatDiedMayHaveWritten() {
        Wanted answer = comment("Help");
        stores.outbox.want(answer);
        reporter(Examples.settings("report.claim-lease", "-1s")).claim(answer.id());

        reporter.confirm(reporter.deliver(reporter.claim(answer.id())));

        assertThat(forge.shown()).containsExactly(new Shown("#7", answer.id(), "Help", null, true));
    }

    @Test
    void asksToBeWokenAgainForWhatWasWantedMeanwhile() {
        want(CheckState.PENDING, "accepted");
        forge.whileShowing(() -> want(CheckState.SUCCESS, "built"));

        assertThat(reported().isMoreWanted()).isTrue();
        forge.whileShowing(() -> {});
        assertThat(reported().isMoreWanted()).isFalse();

        assertThat(forge.shown()).extracting(Shown::content).containsExactly(PENDING, SUCCESS);
    }

    @Test
    void keepsTheReasonOfARefusalAndDoesNotTryAgain() {
        want(CheckState.PENDING, "accepted");
        forge.refuses(new UserErrorException("Resource not accessible by integration"));

        reported();

        assertThat(entry().lastError()).isEqualTo("Resource not accessible by integration");
        assertThat(entry().externalId()).isNull();
        assertThat(reporter.claim(id).isDue()).isFalse();
    }

    @Test
    void triesTheNextStateAfterARefusal() {
        want(CheckState.PENDING, "accepted");
        forge.refuses(new UserErrorException("no"));
        reported();
        forge.refuses(null);
        want(CheckState.SUCCESS, "built");

        reported();

        assertThat(forge.shown()).extracting(Shown::content).containsExactly(SUCCESS);
        assertThat(entry().lastError()).isNull();
    }

    @Test
    void commentsOnThePullRequestHowACheckEndedThatMayNotBeShown() {
        stores.heads.arrived(Examples.PROJECT.key(), 7, Examples.COMMIT, Examples.NOON);
        forge.refusesChecks("The App needs a permission.", true);
        want(CheckState.PENDING, "accepted");
        reported();
        assertThat(entry().lastError()).isEqualTo("The App needs a permission.");
        want(CheckState.SUCCESS, "built");

        reported();

        Shown comment = forge.shown().get(0);
        assertThat(forge.shown()).hasSize(1);
        assertThat(comment.place()).isEqualTo("#7");
        assertThat(comment.content())
                .startsWith("`rpm-build:a`: **success**. built")
                .endsWith("The App needs a permission.");
        assertThat(comment.searchFirst()).as("the same text once").isTrue();
        assertThat(entry().lastError()).isNull();
        assertThat(forge.lookUps()).as("tried once").containsExactly("may a check be shown");
    }

    @Test
    void commentsOnTheCommitWhereNoPullRequestIsKnown() {
        forge.refusesChecks("no", false);
        want(CheckState.FAILURE, "failed");

        reported();

        assertThat(forge.shown()).extracting(Shown::place).containsExactly("#commit/" + Examples.COMMIT);
        assertThat(entry().externalId()).startsWith("comment/");
    }

    @Test
    void showsTheNextCheckWhenOneAloneWasRefused() {
        forge.refusesChecks("not on this commit", false);
        want(CheckState.PENDING, "accepted");
        reported();
        forge.refusesChecks(null, false);
        want(CheckState.SUCCESS, "built");

        reported();

        assertThat(forge.shown()).extracting(Shown::content).containsExactly(SUCCESS);
    }

    @Test
    void freesThePlaceAfterAFailureThatWillBeRepeated() {
        want(CheckState.PENDING, "accepted");
        forge.refuses(new TransientException("502"));
        ReportRun run = reporter.claim(id);
        assertThatThrownBy(() -> reporter.deliver(run)).isInstanceOf(TransientException.class);

        reporter.attemptFailed(run, "502");

        assertThat(entry().attempts()).isEqualTo(1);
        assertThat(entry().lastError()).isEqualTo("502");
        forge.refuses(null);
        reported();
        assertThat(forge.shown())
                .singleElement()
                .satisfies(shown -> assertThat(shown.searchFirst()).isTrue());
    }

    /** The call can still arrive, and a second one would make the same once more. */
    @Test
    void sendsNothingMoreBeforeTheTimeOfACallWithoutAnAnswerIsOver() {
        want(CheckState.PENDING, "accepted");
        Instant before = Instant.now();
        failsWithoutAnAnswer();

        TransientException busy = catchThrowableOfType(TransientException.class, () -> reporter.claim(id));

        assertThat(busy.retryAt()).isAfterOrEqualTo(before.plusSeconds(40));
        assertThat(entry().lastError()).isEqualTo("no answer");
        stores.jdbc.update("update outbox set claimed_until = ?", OffsetDateTime.now(ZoneOffset.UTC));
        forge.refuses(null);
        reported();
        assertThat(forge.shown())
                .singleElement()
                .satisfies(shown -> assertThat(shown.searchFirst()).isTrue());
    }

    @Test
    void changesWhatIsThereAgainAtOnceAfterACallWithoutAnAnswer() {
        want(CheckState.PENDING, "accepted");
        reported();
        want(CheckState.SUCCESS, "built");
        failsWithoutAnAnswer();

        forge.refuses(null);
        reported();

        assertThat(forge.shown()).extracting(Shown::content).containsExactly(PENDING, SUCCESS);
    }

    private void failsWithoutAnAnswer() {
        forge.refuses(new UnansweredException("no answer"));
        ReportRun run = reporter.claim(id);
        assertThatThrownBy(() -> reporter.deliver(run)).isInstanceOf(UnansweredException.class);
        reporter.attemptFailed(run, "no answer");
    }

    @Test
    void searchesForNothingAfterATurnThatDidNotCome() {
        want(CheckState.PENDING, "accepted");
        reporter.nothingTried(reporter.claim(id));

        reported();

        assertThat(forge.shown()).containsExactly(new Shown(Examples.COMMIT, id, PENDING, null, false));
        assertThat(entry().attempts()).isZero();
    }

    @Test
    void leavesAReportAloneThatTheBrokerGaveUpOn() {
        want(CheckState.PENDING, "accepted");
        reporter.attemptFailed(reporter.claim(id), "502");

        reporter.giveUp(id);

        assertThat(reporter.claim(id).isDue()).isFalse();
        assertThat(forge.shown()).isEmpty();
    }

    @Test
    void measuresHowSoonPeopleSeeTheFirstAndTheLastState() {
        want(CheckState.PENDING, "accepted");
        reported();
        assertThat(meters.find("forgeway.report.last.status").timer()).isNull();

        want(CheckState.SUCCESS, "built");
        reported();

        assertThat(meters.get("forgeway.report.first.status").timer().count()).isEqualTo(1);
        assertThat(meters.get("forgeway.report.last.status").timer().count()).isEqualTo(1);
    }
}
