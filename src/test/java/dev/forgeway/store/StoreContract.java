package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.PROJECT;
import static dev.forgeway.store.Samples.check;
import static dev.forgeway.store.Samples.comment;
import static dev.forgeway.store.Samples.dispatched;
import static dev.forgeway.store.Samples.job;
import static dev.forgeway.store.Samples.step;
import static dev.forgeway.store.Samples.subscribed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.dispatch.Job;
import dev.forgeway.dispatch.Workload;
import dev.forgeway.forge.CheckState;
import dev.forgeway.store.ConsequenceStore.Consequences;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What the stores of jobs, reports and the allowlist promise, on every database. */
abstract class StoreContract extends DeliveryContract {

    @Test
    void countsTheEventsThatFoundNoPackageConfig() {
        ConfigSighting absent =
                new ConfigSighting(PROJECT.key(), ConfigSighting.State.ABSENT, null, null, "c1", true, "packit.yaml");
        race(() -> {
            projects.saw(absent);
            return true;
        });
        KnownProject found = projects.find(PROJECT.key()).orElseThrow();
        assertThat(found.absences()).isEqualTo(RACERS);
        assertThat(found.firstAbsentAt()).isBeforeOrEqualTo(requireNonNull(found.lastAbsentAt()));
        assertThat(found.lastPresentAt()).isNull();
        assertThat(projects.pushWithoutConfig(PROJECT.key(), "packit.yaml")).contains("c1");
        assertThat(projects.pushWithoutConfig(PROJECT.key(), "other.yaml")).isEmpty();

        projects.saw(absent.read(ConfigSighting.State.PRESENT, "line 1: a hint"));

        KnownProject now = projects.find(PROJECT.key()).orElseThrow();
        assertThat(now.configState()).isEqualTo(ConfigSighting.State.PRESENT);
        assertThat(now.configDetail()).isEqualTo("line 1: a hint");
        assertThat(now.absences()).isEqualTo(RACERS);
        assertThat(now.lastPresentAt()).isNotNull();
        assertThat(projects.search(ConfigSighting.State.ABSENT, null, true, 10)).isEmpty();
        assertThat(projects.search(null, null, true, 10)).containsExactly(now);
        assertThat(projects.search(null, now.configAt().plusSeconds(1), true, 10))
                .containsExactly(now);
        assertThat(projects.search(null, now.configAt(), true, 10)).isEmpty();
    }

    @Test
    void keepsTheReleasesThatWereActiveLast() {
        ReleaseStore releases = new ReleaseStore(jdbc, transaction);
        jdbc.update("delete from active_releases");
        assertThat(releases.find()).isEmpty();
        ActiveReleases first = new ActiveReleases(List.of("44", "45"), List.of(), List.of("9", "10.1"), NOON);
        race(() -> {
            releases.put(first);
            return true;
        });
        assertThat(releases.find()).contains(first);

        ActiveReleases next = new ActiveReleases(List.of("45"), List.of("46"), List.of(), NOON.plusSeconds(1));
        releases.put(next);

        assertThat(releases.find()).contains(next);
    }

    @Test
    void releasesAJobOnceWhenTheTargetThatItNeedsHasEnded() {
        Job build = job(recorded("k1").id(), "fedora", "epel");
        Job first = follower(build, "fedora");
        Job second = follower(build, "epel");
        deliveries.conclude(dispatched(build.deliveryId(), List.of(build, first, second), List.of()));

        assertThat(followers.release(build.id(), "too-early")).isFalse();
        jobs.advanceTarget(build.id(), "fedora", CheckState.RUNNING);
        assertThat(followers.release(build.id(), "still-too-early")).isFalse();
        jobs.advanceTarget(build.id(), "fedora", CheckState.FAILURE);

        assertThat(followers.release(build.id(), "news")).isTrue();
        assertThat(followers.release(build.id(), "news-again")).isFalse();
        assertThat(followers.released(build.id(), "news")).extracting(Job::id).containsExactly(first.id());
        assertThat(followers.released(build.id(), "news-again")).isEmpty();
        assertThat(jobs.load(second.id()).orElseThrow().state()).isEqualTo(Job.State.BLOCKED);
        assertThat(deliveries.jobsOf(build.deliveryId()))
                .as("what the news releases is not sent with the delivery")
                .extracting(Job::id)
                .containsExactlyInAnyOrder(build.id(), second.id());
    }

    @Test
    void tellsWhatFollowsFromAJob() {
        Job build = job(recorded("k1").id(), "fedora");
        Job follower = follower(build, "fedora");
        Job alone = job(build.deliveryId());
        Wanted report = check("a", CheckState.PENDING, NOON, build.deliveryId(), build.id());
        Wanted ofTheDelivery = check("b", CheckState.PENDING, NOON, build.deliveryId(), null);
        deliveries.conclude(
                dispatched(build.deliveryId(), List.of(build, follower, alone), List.of(report, ofTheDelivery)));

        assertThat(consequences.of(build, "news")).isEqualTo(new Consequences(List.of(report.id()), true));
        assertThat(consequences.of(alone, "news")).isEqualTo(new Consequences(List.of(), false));
        jobs.advanceTarget(build.id(), "fedora", CheckState.SUCCESS);
        followers.release(build.id(), "news");
        assertThat(consequences.of(build, "news").needed())
                .as("comes again after a crash")
                .isTrue();
        assertThat(consequences.of(build, "later news").needed()).isFalse();
    }

    @Test
    void releasesAllThatABuildLeavesBehind() {
        Job build = job(recorded("k1").id(), "fedora");
        Job follower = follower(build, "fedora");
        deliveries.conclude(dispatched(build.deliveryId(), List.of(build, follower), List.of()));

        jobs.finish(build.id(), Job.State.DONE, "failed", null, 1, NOON, List.of());

        assertThat(followers.release(build.id(), "end")).isTrue();
        assertThat(followers.of(build.id())).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(follower.id());
            assertThat(job.state()).isEqualTo(Job.State.QUEUED);
        });
    }

    @Test
    void cancelsAndFindsAJobThatWaitsForAnother() {
        Job build = job(recorded("k1").id(), "fedora");
        Job follower = follower(build, "fedora");
        deliveries.conclude(dispatched(build.deliveryId(), List.of(build, follower), List.of()));

        assertThat(jobs.cancelUnstarted(follower.id(), "superseded")).isTrue();
        jobs.finish(build.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of());
        assertThat(followers.release(build.id(), "end")).isFalse();
    }

    private static Job follower(Job build, String target) {
        return job(build.deliveryId(), target)
                .with(Job.BUILD, build.id())
                .with(Job.CHROOT, target)
                .blocked();
    }

    @Test
    void loadsAJobWithTheEventOfItsDelivery() {
        Job job = concluded("k1", "f41");
        assertThat(jobs.load(job.id())).contains(job);
        assertThat(jobs.load("unknown")).isEmpty();
    }

    @Test
    void tellsWhetherAnIntentWasThereBefore() {
        Job job = concluded("k1", "f41");
        assertThat(jobs.anyIntendedWithoutExternalId("copr-build")).isFalse();
        assertThat(jobs.intend(job.id())).isFalse();
        assertThat(jobs.anyIntendedWithoutExternalId("copr-build")).isTrue();
        assertThat(jobs.anyIntendedWithoutExternalId("koji-build")).isFalse();
        assertThat(jobs.intend(job.id())).isTrue();
        assertThat(jobs.load(job.id()).orElseThrow().intended()).isTrue();
    }

    @Test
    void tellsUntilWhenACallMayHaveItsEffect() {
        Job job = concluded("k1", "f41");
        jobs.intend(job.id());
        assertThat(effects.effectUntil(job.id())).isEmpty();
        effects.intendAgain(job.id(), NOON);
        assertThat(effects.effectUntil(job.id())).contains(NOON);
        assertThat(jobs.intend(job.id(), NOON.plusSeconds(60))).isTrue();
        assertThat(effects.effectUntil(job.id())).as("the earlier call").contains(NOON);
        effects.answered(job.id());
        assertThat(effects.effectUntil(job.id())).isEmpty();
        assertThat(effects.effectUntil("unknown")).isEmpty();
        jobs.finish(job.id(), Job.State.DONE, "canceled", null, 1, NOON, List.of());
        assertThatThrownBy(() -> effects.intendAgain(job.id(), NOON)).isInstanceOf(JobEndedException.class);
    }

    @Test
    void findsAJobByWhatRunsElsewhere() {
        Job job = concluded("k1", "f41");
        jobs.intend(job.id());
        jobs.submitted(job.id(), "1044215", List.of(new Link("Copr", "https://example.org/1044215")));
        assertThat(jobs.findByExternalId("copr-build", "1044215").map(Job::id)).contains(job.id());
        assertThat(jobs.findByExternalId("koji-build", "1044215")).isEmpty();
        assertThat(jobs.anyIntendedWithoutExternalId("copr-build")).isFalse();
        assertThat(jobs.find(job.id()).orElseThrow().links())
                .containsExactly(new Link("Copr", "https://example.org/1044215"));
    }

    @Test
    void givesOneExternalIdToOneJobOfAHandler() {
        Job first = concluded("k1", "f41");
        Job second = concluded("k2", "f41");
        jobs.submitted(first.id(), "1", List.of());
        assertThatThrownBy(() -> jobs.submitted(second.id(), "1", List.of()))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void movesATargetForwardOnly() {
        String job = concluded("k1", "f41").id();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.PENDING)).isFalse();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.RUNNING)).isTrue();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.RUNNING)).isFalse();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.FAILURE)).isTrue();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.SUCCESS)).isFalse();
        assertThat(jobs.targets(job)).isEqualTo(Map.of("f41", CheckState.FAILURE));
    }

    @Test
    void letsAnEndThatArrivesBeforeItsStartWin() {
        String job = concluded("k1", "f41").id();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.SUCCESS)).isTrue();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.RUNNING)).isFalse();
        assertThat(jobs.targets(job)).isEqualTo(Map.of("f41", CheckState.SUCCESS));
    }

    @Test
    void createsNoTargetThatNobodyAskedFor() {
        String job = concluded("k1", "f41").id();
        assertThat(jobs.advanceTarget(job, "f99", CheckState.RUNNING)).isFalse();
        assertThat(jobs.targets(job)).containsOnlyKeys("f41");
    }

    @Test
    void letsOneOfManyRacersEndATarget() {
        String job = concluded("k1", "f41").id();
        assertThat(race(() -> jobs.advanceTarget(job, "f41", CheckState.SUCCESS)))
                .containsOnlyOnce(true);
    }

    @Test
    void keepsADoneJobDone() {
        String job = concluded("k1", "f41").id();
        jobs.finish(job, Job.State.DONE, "succeeded", "built", 2, NOON.plusSeconds(5), List.of(step("end")));
        StoredJob done = jobs.find(job).orElseThrow();
        jobs.finish(job, Job.State.WAITING, null, "waiting", 1, NOON, List.of(step("submit")));
        jobs.finish(job, Job.State.DONE, "failed", "late", 1, NOON, List.of());
        jobs.attemptFailed(job, 1, "refused", List.of());

        StoredJob still = jobs.find(job).orElseThrow();
        assertThat(still.job().state()).isEqualTo(Job.State.DONE);
        assertThat(still.outcome()).isEqualTo("succeeded");
        assertThat(still.detail()).isEqualTo("built");
        assertThat(still.endedAt()).isEqualTo(done.endedAt());
        assertThat(still.job().attempts()).isEqualTo(2);
        assertThat(still.startedAt()).as("the earliest start").isEqualTo(NOON);
        assertThat(still.steps()).containsExactly(step("end"), step("submit"));
    }

    @Test
    void bringsAJobFromWaitingToDone() {
        String job = concluded("k1", "f41").id();
        jobs.finish(job, Job.State.WAITING, null, null, 1, NOON, List.of());
        jobs.finish(job, Job.State.QUEUED, null, null, 1, NOON, List.of());
        StoredJob waiting = jobs.find(job).orElseThrow();
        assertThat(waiting.job().state()).isEqualTo(Job.State.WAITING);
        assertThat(waiting.endedAt()).isNull();
        jobs.finish(job, Job.State.DONE, "failed", "1 of 1 builds failed", 1, NOON, List.of());
        StoredJob done = jobs.find(job).orElseThrow();
        assertThat(done.outcome()).isEqualTo("failed");
        assertThat(done.endedAt()).isNotNull();
    }

    @Test
    void remembersAttemptsThatFailed() {
        String job = concluded("k1", "f41").id();
        jobs.attemptFailed(job, 1, "refused", List.of(step("first")));
        jobs.attemptFailed(job, 2, "timed out", List.of(step("second")));
        StoredJob stored = jobs.find(job).orElseThrow();
        assertThat(stored.job().attempts()).isEqualTo(2);
        assertThat(stored.job().state()).isEqualTo(Job.State.QUEUED);
        assertThat(stored.detail()).isEqualTo("timed out");
        assertThat(stored.steps()).containsExactly(step("first"), step("second"));
    }

    @Test
    void findsJobsByStateOutcomeHandlerAndProject() {
        Job first = concluded("k1", "f41");
        Job second = concluded("k2", "f42");
        jobs.finish(second.id(), Job.State.DONE, "failed", null, 1, NOON, List.of());
        assertThat(foundJobs(new JobQuery(null, Job.State.QUEUED, null, null, null, 10)))
                .containsExactly(first.id());
        assertThat(foundJobs(new JobQuery(null, null, "failed", null, null, 10)))
                .containsExactly(second.id());
        assertThat(foundJobs(new JobQuery("copr-build", null, null, PROJECT.key(), null, 1)))
                .hasSize(1);
        assertThat(foundJobs(new JobQuery("koji-build", null, null, null, null, 10)))
                .isEmpty();
        for (String project : Arrays.asList(null, PROJECT.key())) {
            List<String> newest = foundJobs(new JobQuery(null, null, null, project, null, 10));
            assertThat(newest).containsExactlyInAnyOrder(first.id(), second.id());
            assertThat(foundJobs(new JobQuery(null, null, null, project, null, newest.get(0), 10)))
                    .as("the page behind the first job")
                    .containsExactly(newest.get(1));
        }
        assertThat(jobs.ofDelivery(second.deliveryId()))
                .extracting(StoredJob::targets)
                .containsExactly(Map.of("f42", CheckState.PENDING));
    }

    @Test
    void sendsAFirstWish() {
        Wanted wanted = check(CheckState.PENDING);
        assertThat(outbox.want(wanted)).isTrue();
        OutboxEntry entry = claimed(wanted.id());
        assertThat(entry.check()).isEqualTo(wanted.check());
        assertThat(entry.target()).isEqualTo(wanted.target());
        assertThat(entry.version()).isEqualTo(1);
        assertThat(entry.searchFirst()).isFalse();
        assertThat(outbox.sent(wanted.id(), 1, "ext", List.of(step("put-check"))))
                .isFalse();
        OutboxEntry shown = outbox.find(wanted.id()).orElseThrow();
        assertThat(shown.externalId()).isEqualTo("ext");
        assertThat(shown.firstSentAt()).isNotNull();
        assertThat(shown.steps()).containsExactly(step("put-check"));
        assertThat(outbox.claim(wanted.id(), LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
    }

    @Test
    void movesACheckForwardOnlyWithinOneGeneration() {
        assertThat(outbox.want(check(CheckState.RUNNING))).isTrue();
        assertThat(outbox.want(check(CheckState.PENDING))).isFalse();
        assertThat(outbox.want(check(CheckState.RUNNING))).as("identical").isFalse();
        assertThat(outbox.want(check(CheckState.SUCCESS))).isTrue();
        assertThat(outbox.want(check(CheckState.FAILURE))).isFalse();
        assertThat(outbox.want(check(CheckState.RUNNING))).isFalse();
        assertThat(requireNonNull(claimed(check(CheckState.PENDING).id()).check())
                        .state())
                .isEqualTo(CheckState.SUCCESS);
    }

    @Test
    void letsALaterGenerationTakeAPlaceOver() {
        outbox.want(check(CheckState.SUCCESS));
        Wanted later = check("rpm-build", CheckState.PENDING, NOON.plusNanos(1000), "d2", null);
        assertThat(outbox.want(later)).isTrue();
        assertThat(outbox.want(check(CheckState.FAILURE)))
                .as("of the earlier one")
                .isFalse();
        assertThat(outbox.ofDelivery("d1")).isEmpty();
        assertThat(outbox.ofDelivery("d2")).hasSize(1);
        assertThat(requireNonNull(claimed(later.id()).check()).state()).isEqualTo(CheckState.PENDING);
    }

    @Test
    void sendsNothingWhenALaterGenerationWantsWhatIsShown() {
        Wanted first = check(CheckState.PENDING);
        outbox.want(first);
        outbox.sent(first.id(), claimed(first.id()).version(), "ext", List.of());
        assertThat(outbox.want(check("rpm-build", CheckState.PENDING, NOON.plusSeconds(1), "d2", null)))
                .isFalse();
        assertThat(outbox.want(check(CheckState.SUCCESS)))
                .as("of the earlier one")
                .isFalse();
    }

    @Test
    void writesACommentOnce() {
        assertThat(outbox.want(comment("Hello"))).isTrue();
        assertThat(outbox.want(comment("Hello again"))).isFalse();
        assertThat(claimed(comment("").id()).comment()).isEqualTo("Hello");
    }

    @Test
    void wantsManyAtOnceAndNamesThoseToSend() {
        Wanted old = check("a", CheckState.SUCCESS, NOON, "d1", null);
        Wanted changed = check("b", CheckState.PENDING, NOON, "d1", null);
        outbox.wantAll(List.of(old, changed));
        Wanted ended = check("b", CheckState.FAILURE, NOON, "d1", null);
        Wanted fresh = check("c", CheckState.PENDING, NOON, "d1", "j1");
        assertThat(outbox.wantAll(List.of(fresh, ended, old))).containsExactlyInAnyOrder(ended.id(), fresh.id());
        assertThat(outbox.unsent("d1")).hasSize(3);
    }

    @Test
    void joinsTheTransactionThatRuns() {
        assertThatThrownBy(() -> transaction.run(() -> {
                    outbox.want(check(CheckState.PENDING));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(outbox.ofDelivery("d1")).isEmpty();
    }

    @Test
    void givesAnEntryToOneSenderAtATime() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        Claim second = outbox.claim(wanted.id(), LEASE);
        assertThat(second.kind()).isEqualTo(Claim.Kind.BUSY);
        assertThat(second.busyUntil()).isAfter(Instant.now());
        assertThat(outbox.claim("unknown", LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
    }

    @Test
    void givesAnEntryToExactlyOneOfManyRacers() {
        for (int round = 0; round < 10; round++) {
            Wanted wanted = check("race" + round, CheckState.PENDING, NOON, "d1", null);
            outbox.want(wanted);
            List<Claim.Kind> kinds = race(() -> outbox.claim(wanted.id(), LEASE)).stream()
                    .map(Claim::kind)
                    .toList();
            assertThat(kinds).containsOnlyOnce(Claim.Kind.CLAIMED);
            assertThat(Collections.frequency(kinds, Claim.Kind.BUSY)).isEqualTo(RACERS - 1);
        }
    }

    @Test
    void searchesFirstWhenAnEarlierSenderNeverCameBack() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        assertThat(outbox.claim(wanted.id(), NO_LEASE).kind()).isEqualTo(Claim.Kind.CLAIMED);
        assertThat(claimed(wanted.id()).searchFirst()).isTrue();
        outbox.sent(wanted.id(), 1, "ext", List.of());
        outbox.want(check(CheckState.RUNNING));
        assertThat(claimed(wanted.id()).searchFirst()).as("the id is known").isFalse();
    }

    @Test
    void saysThatSomethingNewerIsWantedByNow() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        OutboxEntry first = claimed(wanted.id());
        outbox.want(check(CheckState.SUCCESS));
        assertThat(outbox.sent(wanted.id(), first.version(), "ext", List.of())).isTrue();
        OutboxEntry second = claimed(wanted.id());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.externalId()).isEqualTo("ext");
        assertThat(second.firstSentAt()).isNotNull();
        assertThat(outbox.sent(wanted.id(), 2, "ext", List.of())).isFalse();
        assertThat(outbox.unsent("d1")).isEmpty();
    }

    @Test
    void measuresTheFirstStatusOfAGenerationByItsOwnVersions() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        OutboxEntry first = claimed(wanted.id());
        outbox.want(check("rpm-build", CheckState.RUNNING, NOON.plusSeconds(1), "d2", null));
        outbox.sent(wanted.id(), first.version(), "ext", List.of());
        OutboxEntry second = claimed(wanted.id());
        assertThat(second.firstSentAt()).isNull();
        outbox.sent(wanted.id(), second.version(), "ext", List.of());
        assertThat(outbox.find(wanted.id()).orElseThrow().firstSentAt()).isNotNull();
    }

    @Test
    void triesAFailedCallAgain() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), "502", false, List.of());
        OutboxEntry again = claimed(wanted.id());
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.lastError()).isEqualTo("502");
        outbox.sent(wanted.id(), 1, "ext", List.of());
        assertThat(outbox.find(wanted.id()).orElseThrow().lastError()).isNull();
    }

    @Test
    void givesUpTheClaimedVersionButNotANewerOne() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), "403", true, List.of());
        assertThat(outbox.claim(wanted.id(), LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
        assertThat(outbox.find(wanted.id()).orElseThrow().lastError()).isEqualTo("403");

        outbox.want(check(CheckState.RUNNING));
        claimed(wanted.id());
        outbox.want(check(CheckState.SUCCESS));
        outbox.failed(wanted.id(), "403", true, List.of());
        assertThat(claimed(wanted.id()).version()).isEqualTo(3);
    }

    @Test
    void triesAgainForALaterGenerationWhatWasGivenUp() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), "403", true, List.of());
        assertThat(outbox.want(check("rpm-build", CheckState.PENDING, NOON.plusSeconds(1), "d2", null)))
                .isTrue();
    }

    @Test
    void survivesManyWhoWantTheSamePlacesAtOnce() {
        List<List<String>> changed = race(() -> {
            List<Wanted> wanted = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                wanted.add(check("check" + i, CheckState.PENDING, NOON, "d1", null));
            }
            Collections.shuffle(wanted);
            return outbox.wantAll(wanted);
        });
        assertThat(changed.stream().flatMap(List::stream)).hasSize(5);
    }

    @Test
    void climbsFromTheProjectToItsNamespaces() {
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).isEmpty();
        allowlist.put("gitlab.com", "denied", null);
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("denied");
        allowlist.put("gitlab.com/a", "approved-manually", null);
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("approved-manually");
        assertThat(allowlist.statusOf("gitlab.com/a")).contains("approved-manually");
        assertThat(allowlist.statusOf("gitlab.com/a/b")).as("no climb").isEmpty();
        allowlist.put("gitlab.com/a/b", "denied", "spam");
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("denied");
        allowlist.put("gitlab.com/a/b/hello", "approved-automatically", null);
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("approved-automatically");
        assertThat(allowlist.status("gitlab.com", "ab", "hello")).as("the host").contains("denied");
        assertThat(allowlist.status("github.com", "a/b", "hello")).isEmpty();
    }

    @Test
    void climbsPastAWaitingStatus() {
        allowlist.put("github.com/a/hello", "waiting", null);
        assertThat(allowlist.status("github.com", "a", "hello")).contains("waiting");
        allowlist.put("github.com/a", "approved-manually", null);
        assertThat(allowlist.status("github.com", "a", "hello")).contains("approved-manually");
    }

    @Test
    void replacesListsAndForgetsAllowlistEntries() {
        allowlist.put("github.com/b", "waiting", null);
        allowlist.put("github.com/a", "denied", null);
        allowlist.put("github.com/a", "approved-manually", "ticket 7");
        assertThat(allowlist.search(null, "", true, 10))
                .extracting(AllowlistEntry::key, AllowlistEntry::status, AllowlistEntry::note)
                .containsExactly(
                        tuple("github.com/a", "approved-manually", "ticket 7"), tuple("github.com/b", "waiting", null));
        assertThat(allowlist.search(null, "", true, 1))
                .extracting(AllowlistEntry::key)
                .containsExactly("github.com/a");
        assertThat(allowlist.search(null, "github.com/a", false, 10))
                .extracting(AllowlistEntry::key)
                .containsExactly("github.com/b");
        assertThat(allowlist.search("denied", "", true, 10)).isEmpty();
        assertThat(allowlist.find("github.com/b").orElseThrow().status()).isEqualTo("waiting");
        assertThat(allowlist.remove("github.com/a")).isTrue();
        assertThat(allowlist.remove("github.com/a")).isFalse();
    }

    @Test
    void remembersHowFarAFeedWasRead() {
        PollingStore polling = new PollingStore(jdbc, transaction);
        jdbc.update("delete from polling");
        assertThat(polling.find("events/a")).isEmpty();

        polling.move("events/a", new PollingStore.Position("41", null));
        polling.move("events/b", new PollingStore.Position("7", "W/\"b\""));
        polling.move("events/a", new PollingStore.Position("42", "W/\"a\""));

        assertThat(polling.find("events/a")).contains(new PollingStore.Position("42", "W/\"a\""));
        assertThat(polling.find("events/b")).contains(new PollingStore.Position("7", "W/\"b\""));
    }

    @Test
    void knowsTheNewestHeadOfAPullRequest() {
        assertThat(heads.arrived("h/n/p", 7, "one", NOON)).isEmpty();
        assertThat(heads.arrived("h/n/p", 7, "two", NOON.plusSeconds(1))).isEmpty();
        assertThat(heads.arrived("h/n/p", 7, "one", NOON)).contains("two");
        assertThat(heads.arrived("h/n/p", 7, "two", NOON)).as("the same head").isEmpty();
        assertThat(heads.arrived("h/n/p", 7, "two", NOON.plusSeconds(1)))
                .as("again")
                .isEmpty();
        assertThat(heads.arrived("h/n/p", 8, "one", NOON))
                .as("another pull request")
                .isEmpty();
        assertThat(heads.arrived("h/n/q", 7, "one", NOON)).as("another project").isEmpty();
    }

    @Test
    void letsOneOfManyRacersTellANotice() {
        assertThat(race(() -> notices.tells("told", Samples.id()))).containsOnlyOnce(true);
    }

    @Test
    void letsTheDeliveryThatTellsANoticeTellItAgainAfterACrash() {
        String first = Samples.id();
        assertThat(notices.tells("told", first)).isTrue();
        assertThat(notices.tells("told", Samples.id())).isFalse();
        assertThat(notices.tells("told", first)).isTrue();
        assertThat(notices.tells("something else", Samples.id())).isTrue();
        assertThat(notices.issue("told")).isEmpty();
        notices.opened("told", 7);
        assertThat(notices.issue("told")).hasValue(7);
    }

    @Test
    void knowsWhatACommentCommandedBefore() {
        CommentCommandStore commands = new CommentCommandStore(jdbc, transaction);

        assertThat(commands.repeats("7", "/packit build", "b")).isFalse();
        assertThat(commands.repeats("7", "/packit build", "b"))
                .as("the same delivery again")
                .isFalse();
        assertThat(commands.repeats("8", "/packit build", "c")).isFalse();
        assertThat(commands.repeats("7", "/packit build", "c")).isTrue();
        assertThat(commands.repeats("7", "/packit test", "d")).isFalse();
        assertThat(commands.repeats("7", "/packit build", "e")).isFalse();
        assertThat(commands.repeats("7", "/packit test", "a"))
                .as("what is older than all")
                .isFalse();
    }

    @Test
    void countsWhatWaitsByProjectPullRequestAndPriority() {
        Job first = concluded("k1", "f41");
        concluded("k2", "f41");
        Job done = concluded("k3", "f41");
        jobs.finish(done.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of());

        String delivery = recorded("k4").id();
        deliveries.conclude(dispatched(delivery, List.of(subscribed(delivery)), List.of()));
        assertThat(deliveries.jobsOf(delivery)).hasSize(1);

        assertThat(workload.waiting())
                .containsExactly(new Workload.Waiting(PROJECT.key(), first.pullRequest(), first.priority(), 2));
    }

    @Test
    void addsUpTheJobsOfDaysAndForgetsThoseOfLastMonth() {
        LocalDate today = LocalDate.of(2025, 3, 31);
        workload.addActivity(Map.of("h/a", 1), today.minusDays(29));
        workload.addActivity(Map.of("h/a", 2), today.minusDays(6));
        workload.addActivity(Map.of("h/a", 4, "h/b", 100), today.minusDays(1));
        workload.addActivity(Map.of("h/a", 8), today);
        workload.addActivity(Map.of("h/a", 16), today);

        assertThat(workload.activity("h/a", today)).isEqualTo(new Workload.Activity(28, 30, 31));
        assertThat(workload.activity("h/c", today)).isEqualTo(new Workload.Activity(0, 0, 0));

        workload.addActivity(Map.of("h/b", 1), today.plusDays(1));
        assertThat(workload.activity("h/a", today)).isEqualTo(new Workload.Activity(28, 30, 30));
    }

    @Test
    void countsWhatRuns() {
        Duration lease = Duration.ofMinutes(1);
        running.enter("j1", "h/a", "h/a/one", lease);
        running.enter("j1", "h/a", "h/a/one", lease);
        running.enter("j2", "h/a", "h/a/two", lease);
        running.enter("j3", "h/b", "h/b/one", lease);
        running.enter("dead", "h/a", "h/a/one", Duration.ofSeconds(-1));

        assertThat(running.enter("j4", "h/a", "h/a/one", lease)).isEqualTo(new RunningStore.Running(3, 2));
        running.leave("j1");
        running.leave("j2");
        assertThat(running.enter("j4", "h/a", "h/a/one", lease)).isEqualTo(new RunningStore.Running(1, 1));
    }

    @Test
    void findsTheOpenJobsOfAPullRequest() {
        Job waits = concluded("k1", "f41");
        Job runs = concluded("k2", "f41");
        Job done = concluded("k3", "f41");
        jobs.finish(runs.id(), Job.State.WAITING, null, null, 1, NOON, List.of());
        jobs.finish(done.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of());
        int number = requireNonNull(waits.pullRequest());

        assertThat(jobs.openOfPullRequest(PROJECT.key(), number))
                .extracting(Job::id)
                .containsExactly(waits.id(), runs.id());
        assertThat(jobs.openOfPullRequest(PROJECT.key(), number + 1)).isEmpty();
    }

    @Test
    void cancelsAJobUnlessSomethingIsUnderWayForIt() {
        Job waits = concluded("k1", "f41");
        Job begun = concluded("k2", "f41");
        jobs.intend(begun.id());

        assertThat(jobs.cancelUnstarted(waits.id(), "why")).isTrue();
        assertThat(jobs.cancelUnstarted(waits.id(), "why")).isFalse();
        assertThat(jobs.cancelUnstarted(begun.id(), "why")).isFalse();

        assertThat(jobs.find(waits.id()).orElseThrow().outcome()).isEqualTo("canceled");
        assertThat(jobs.find(begun.id()).orElseThrow().outcome()).isNull();
        assertThatThrownBy(() -> jobs.intend(waits.id())).isInstanceOf(JobEndedException.class);
    }
}
