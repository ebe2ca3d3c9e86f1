package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.HttpSimulator;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Every service answers a fifth of all calls with an error. What is done is done in the end, and once. */
@FlowTest
class EveryFifthCallFailsFlowTest extends Flow {

    private static final double RATE = 0.2;
    private static final long SEED = 20250301;
    private static final int STORIES = 6;

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private void everyFifthCallFails() {
        long seed = SEED;
        for (HttpSimulator service : List.of(github, copr, world.gitlab, world.forgejo, world.pagure)) {
            service.faults().failRandomly(RATE, seed++, Response.json(503, Map.of("message", "Try again later")));
        }
    }

    @Test
    void buildsAndAnswersOnceOnEveryForge() {
        api.allow("127.0.0.1/flow", "approved-manually");
        api.allow("127.0.0.1/fifth", "approved-manually");
        List<PullRequestStory> onGitHub = new ArrayList<>();
        List<OtherForgeStory> elsewhere = new ArrayList<>();
        for (int i = 0; i < STORIES; i++) {
            onGitHub.add(pullRequestBuiltFor("fedora-rawhide", "epel-10"));
        }
        for (int i = 0; i < 2; i++) {
            elsewhere.add(story("gitlab", world.gitlab, "flow"));
            elsewhere.add(story("forgejo", world.forgejo, "flow"));
            elsewhere.add(story("pagure", world.pagure, "fifth"));
        }
        everyFifthCallFails();

        List<DeliveryStory> jobs = new ArrayList<>();
        onGitHub.forEach(pullRequest -> jobs.add(pullRequest.opens()));
        elsewhere.forEach(pullRequest -> jobs.add(pullRequest.opens()));
        onGitHub.forEach(pullRequest -> pullRequest.isCommented("/packit help"));
        elsewhere.forEach(pullRequest -> pullRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit help"));
        for (int i = 0; i < STORIES; i++) {
            boolean success = i % 2 == 0;
            copr.finishBuild(onGitHub.get(i).build().id(), success);
            copr.finishBuild(elsewhere.get(i).builds(1).get(0).id(), success);
        }

        for (int i = 0; i < STORIES; i++) {
            endsWell(onGitHub.get(i), elsewhere.get(i), i % 2 == 0);
        }
        jobs.forEach(job -> patiently()
                .untilAsserted(() -> assertThat(job.told().path("jobs").findValuesAsText("state"))
                        .containsOnly("done")));
    }

    private OtherForgeStory story(String source, TokenForgeSimulator forge, String namespace) {
        return new OtherForgeStory(world, api, source, forge, namespace, namespace).builtFor("fedora-rawhide");
    }

    private static void endsWell(PullRequestStory onGitHub, OtherForgeStory elsewhere, boolean success) {
        patiently().untilAsserted(() -> {
            assertThat(onGitHub.checkRuns())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.conclusion()).isEqualTo(success ? "success" : "failure"));
            assertThat(answers(onGitHub.comments())).hasSize(1);
            assertThat(newest(elsewhere.statusHistory()))
                    .isIn(success ? Set.of("success") : Set.of("failure", "failed"));
            assertThat(answers(elsewhere.comments())).hasSize(1);
        });
        assertThat(onGitHub.builds()).hasSize(1);
        assertThat(elsewhere.builds()).hasSize(1);
        assertThat(names(elsewhere.statusHistory())).hasSize(1);
    }

    private static List<IssueComment> answers(List<IssueComment> comments) {
        return comments.stream()
                .filter(comment -> comment.body().contains("<!-- forgeway:"))
                .toList();
    }

    private static String newest(List<CommitStatus> statuses) {
        assertThat(statuses).isNotEmpty();
        return statuses.get(statuses.size() - 1).state();
    }

    private static Set<String> names(List<CommitStatus> statuses) {
        Set<String> names = new HashSet<>();
        statuses.forEach(status -> names.add(status.name()));
        return names;
    }
}
