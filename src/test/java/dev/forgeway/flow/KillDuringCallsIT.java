package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.ReceiverSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Forgeway is killed while every handler but those of {@link KillIT} calls a service for something that must not be done
 * twice. All their calls are under way at the same time, so that one kill interrupts all of them. The last moment comes
 * in the fourth round, which has to be asked for.
 */
class KillDuringCallsIT {

    private static final int ROUNDS = Integer.getInteger("forgeway.kill.calls.rounds", 3);
    private static final long SEED = Long.getLong("forgeway.kill.seed", System.nanoTime());
    private static final int LATEST_KILL_AFTER_AN_ANSWER_MILLIS = 20;
    private static final int LATEST_KILL_AFTER_A_START_MILLIS = 3000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final World world = new World();
    private final ReceiverSimulator receiver = new ReceiverSimulator();
    private final HeldBus bus = new HeldBus();
    private final Random random = new Random(SEED);
    private final ExecutorService people = Executors.newCachedThreadPool();
    private ForgewayProcess forgeway;
    private Api api;
    private GitHubWebhooks webhooks;

    /** How far the calls are when Forgeway dies. */
    private enum Moment {
        BEFORE_THE_ANSWER,
        BEFORE_THE_EFFECT,
        AFTER_THE_ANSWER,
        BEFORE_THE_ANSWER_AND_AGAIN_AFTER_THE_START
    }

    @BeforeEach
    void start() {
        System.out.println("KillDuringCallsIT: forgeway.kill.seed=" + SEED + ", rounds=" + ROUNDS);
        Map<String, String> settings = new LinkedHashMap<>(world.settings());
        settings.putAll(InterruptedBridge.settings(receiver, bus));
        settings.put("forgeway.service.answer-timeout", "8s");
        settings.put("forgeway.report.claim-lease", "16s");
        settings.put("forgeway.handle.long-concurrency", "10");
        settings.put("forgeway.handle.most-per-project", "10");
        settings.put("forgeway.schedule.pending.quiet", "2s");
        forgeway = ForgewayProcess.prepared(settings, Path.of("target", "kill-during-calls-it.log"));
        api = new Api(forgeway.port());
        webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
        world.testingFarm.resolve(World.HOST, forgeway.port());
        world.github.addRepository(World.APPROVALS, false);
        forgeway.start();
        forgeway.awaitReady();
        api.allow("github.com/kill", "approved-manually");
        api.allow("127.0.0.1/kill", "approved-manually");
    }

    @AfterEach
    void stop() {
        forgeway.close();
        world.close();
        receiver.close();
        bus.close();
        people.shutdownNow();
    }

    @Test
    void doesNothingTwice() {
        Moment[] moments = Moment.values();
        for (int round = 0; round < ROUNDS; round++) {
            interrupt(work(round), moments[round % moments.length]);
        }
    }

    /** All handlers that call somebody. What has several calls has another one interrupted in each round. */
    private List<InterruptedWork> work(int round) {
        return List.of(
                new InterruptedBuilds.Testing(world, api, webhooks, 1000 + round),
                new InterruptedBuilds.Superseded(world, api, webhooks, 3000 + round),
                new InterruptedBuilds.UpstreamKoji(world, api, webhooks, 2000 + round),
                new InterruptedBuilds.DistGit(world, api, false),
                new InterruptedBuilds.DistGit(world, api, true),
                new InterruptedBuilds.SideTag(world, api, round % 2 == 0 ? "createSideTag" : "tagBuild"),
                new InterruptedPackaging.Propose(world, api, webhooks, InterruptedPackaging.Call.PULL_REQUEST),
                new InterruptedPackaging.Propose(world, api, webhooks, null),
                round % 2 == 0
                        ? proposeElsewhere("gitlab", "/api/v4/projects/{project}/issues")
                        : proposeElsewhere("forgejo", "/api/v1/repos/PROJECT/issues"),
                new InterruptedPackaging.Pull(world, api, InterruptedPackaging.Call.values()[(round + round / 3) % 3]),
                new InterruptedPackaging.Sync(world, api, "pulls"),
                new InterruptedPackaging.Sync(world, api, round % 2 == 0 ? "git/refs" : "git/commits"),
                new InterruptedPackaging.SyncToPagure(world, api, round % 2 == 0),
                new InterruptedBridge.Forward(world, api, webhooks, receiver),
                new InterruptedBridge.Publish(world, api, webhooks, bus),
                new InterruptedAnswers.Installation(world, api, webhooks),
                new InterruptedAnswers.VerifyFas(world, api, webhooks, true),
                new InterruptedAnswers.VerifyFas(world, api, webhooks, false),
                status("gitlab", "/api/v4/projects/{project}/statuses/SHA"),
                status("forgejo", "/api/v1/repos/{owner}/{repo}/statuses/SHA"),
                status("pagure", "/api/0/{namespace}/{repo}/c/SHA/flag"),
                answer("gitlab", "/api/v4/projects/{project}/merge_requests/NUMBER/notes"),
                answer("forgejo", "/api/v1/repos/{owner}/{repo}/issues/NUMBER/comments"),
                answer("pagure", "/api/0/{namespace}/{repo}/pull-request/NUMBER/comment"));
    }

    private InterruptedWork proposeElsewhere(String forge, String path) {
        return new InterruptedPackaging.ProposeElsewhere(world, api, forge, world.tokenForge(forge), path);
    }

    private InterruptedWork status(String forge, String path) {
        return new InterruptedAnswers.Status(world, api, forge, world.tokenForge(forge), path);
    }

    private InterruptedWork answer(String forge, String path) {
        return new InterruptedAnswers.Answer(world, api, forge, world.tokenForge(forge), path);
    }

    private void interrupt(List<InterruptedWork> all, Moment moment) {
        together(all, InterruptedWork::prepare);
        all.forEach(work -> work.hold(moment != Moment.BEFORE_THE_EFFECT));
        together(all, InterruptedWork::begin);
        for (InterruptedWork work : all) {
            patiently(moment + ": call of " + work).until(work::isUnderWay);
        }
        if (moment == Moment.AFTER_THE_ANSWER) {
            heal();
            pass(random.nextInt(LATEST_KILL_AFTER_AN_ANSWER_MILLIS));
        }
        forgeway.kill();
        heal();
        if (moment == Moment.BEFORE_THE_ANSWER) {
            together(all, InterruptedWork::goesOnElsewhere);
        }
        forgeway.start();
        forgeway.awaitReady();
        if (moment == Moment.BEFORE_THE_ANSWER_AND_AGAIN_AFTER_THE_START) {
            pass(random.nextInt(LATEST_KILL_AFTER_A_START_MILLIS));
            forgeway.kill();
            forgeway.start();
            forgeway.awaitReady();
        }
        patiently("after a kill " + moment)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(all).allSatisfy(InterruptedWork::isDoneOnce));
    }

    private void heal() {
        world.heal();
        receiver.faults().clear();
        bus.release();
    }

    private void together(List<InterruptedWork> all, Consumer<InterruptedWork> step) {
        CompletableFuture.allOf(all.stream()
                        .map(work -> CompletableFuture.runAsync(() -> step.accept(work), people))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }

    private static void pass(int millis) {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() >= end);
    }
}
