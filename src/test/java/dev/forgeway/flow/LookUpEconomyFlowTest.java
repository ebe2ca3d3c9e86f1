package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How little GitHub is asked for, counted there. */
@FlowTest
class LookUpEconomyFlowTest extends Flow {

    private static final String MAIN = "refs/heads/main";

    private static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    /** All calls about a repository, or about any of a namespace. */
    private List<Call> callsAbout(String name) {
        return github.calls().stream()
                .filter(call -> call.body().contains("\"" + name + "\"")
                        || call.target().contains("/" + name + "/"))
                .toList();
    }

    private DeliveryStory pushes(String repository, String before, String after, String... changed) {
        return DeliveryStory.accepted(
                api, webhooks.send(webhooks.push(repository, MAIN, before, after, List.of(changed))));
    }

    @Test
    void asksOnceAboutTwoHundredPushesToARepositoryWithoutAConfig() {
        String repository = "flow/economy-pushes";
        github.addRepository(repository, false);
        String before = commit();

        for (int i = 0; i < 200; i++) {
            String after = commit();
            pushes(repository, before, after, "src/file" + i).isEventually("filtered", "no-package-config");
            before = after;
        }

        assertThat(callsAbout("economy-pushes")).hasSize(1);
    }

    @Test
    void seesAConfigThatAPushAddsOrThatIsAddedAsOneOfManyFiles() {
        String repository = "flow/economy-added";
        github.addRepository(repository, false);
        String first = commit();
        String second = commit();
        pushes(repository, commit(), first, "README.md").isEventually("filtered", "no-package-config");
        github.putFile(repository, second, ".packit.yaml", """
                jobs:
                  - {job: copr_build, trigger: commit, targets: [fedora-rawhide]}
                """);

        pushes(repository, first, second, "README.md", ".packit.yaml").jobEventuallyWaits();
    }

    @Test
    void findsTheFirstConfigOfARepositoryInThePullRequestThatBringsIt() {
        var pullRequest = pullRequest("flow", false);
        pushes(pullRequest.repository(), commit(), commit(), "README.md").isEventually("filtered", "no-package-config");
        pullRequest.opens().isEventually("filtered", "no-package-config");

        pullRequest.isPushed(PullRequestStory.config("fedora-rawhide")).jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void asksOnceAboutAHeadHoweverManyEventsAreAboutIt() {
        var pullRequest = pullRequest("flow", false);
        String name = pullRequest.repository().substring("flow/".length());

        pullRequest.opens().isEventually("filtered", "no-package-config");
        assertThat(callsAbout(name)).hasSize(1);
        pullRequest.reopens().isEventually("filtered", "no-package-config");
        assertThat(callsAbout(name)).hasSize(1);
    }

    @Test
    void asksNothingAboutWhatIsNoCommit() {
        String repository = "flow/economy-nothing";
        github.addRepository(repository, false).addIssue(repository, 1, "A question");
        String zeros = "0".repeat(40);

        pushesRef(repository, "refs/tags/v1", zeros, commit()).isEventually("ignored", "no-handler");
        pushesRef(repository, MAIN, commit(), zeros).isEventually("ignored", "no-handler");
        DeliveryStory.accepted(api, webhooks.send(webhooks.comment(repository, 1, "ada", "Does it build?")))
                .isEventually("ignored");

        assertThat(callsAbout("economy-nothing")).isEmpty();
    }

    private DeliveryStory pushesRef(String repository, String ref, String before, String after) {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.push(repository, ref, before, after)));
    }

    @Test
    void asksTwentyTimesAtMostInAStormOfTwoHundredPullRequestsToFiftyRepositories() {
        api.allow("github.com/flow-storm", "approved-manually");
        List<PullRequestStory> pullRequests = new ArrayList<>();
        for (int repository = 0; repository < 50; repository++) {
            String name = "flow-storm/stormy" + repository;
            github.addRepository(name, false);
            for (int number = 1; number <= 4; number++) {
                pullRequests.add(new PullRequestStory(world, api, webhooks, name, number));
            }
        }
        int before = github.calls().size();
        long start = System.nanoTime();
        github.faults().holdAnswer("POST /graphql", 1);

        List<DeliveryStory> stories = allAtOnce(pullRequests);
        github.faults().clear();

        stories.forEach(story -> story.isEventually("filtered", "no-package-config"));
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertThat(github.calls().size() - before)
                .as("twenty, or what the pace of requests allows where the machine takes longer than eight seconds")
                .isLessThanOrEqualTo(Math.max(20, 6 + (int) (millis / 600) + 1));
    }

    private static List<DeliveryStory> allAtOnce(List<PullRequestStory> pullRequests) {
        ExecutorService senders = Executors.newFixedThreadPool(20);
        try {
            return pullRequests.stream()
                    .map(pullRequest -> CompletableFuture.supplyAsync(pullRequest::opens, senders))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            senders.shutdown();
        }
    }

    @Test
    void asksOnceToDecideAndDispatchThreeJobsForTwentyFourTargets() {
        var pullRequest = pullRequest("flow", false).brings(PullRequestStory.configOfJobs(3, twentyFourTargets()));

        JsonNode story = pullRequest.opens().isEventually("dispatched");

        assertThat(story.path("jobs")).hasSize(3);
        assertThat(story.path("jobs"))
                .allSatisfy(job -> assertThat(job.path("targets")).hasSize(24));
        assertThat(lookUpsAbout(pullRequest)).as("six are allowed").hasSize(1);
        eventually().until(() -> checksOf(pullRequest) == 3 * 24);
        assertThat(lookUpsAbout(pullRequest)).hasSize(1);
    }

    @Test
    void asksTwiceForAllTargetsOfACommandOfSomebodyElse() {
        var pullRequest = pullRequest("flow", false).brings(PullRequestStory.configOfJobs(3, twentyFourTargets()));
        github.addCollaborator(pullRequest.repository(), "colleague", "write");

        pullRequest.isCommentedBy("colleague", "/packit build").isEventually("dispatched");

        assertThat(lookUpsAbout(pullRequest))
                .as("head with config, and permission")
                .hasSize(2);
    }

    @Test
    void paysNothingToHearThatAnAccountMayDoWhatItMight() {
        var pullRequest = pullRequest("flow", false).brings(PullRequestStory.config("fedora-rawhide"));
        github.addCollaborator(pullRequest.repository(), "colleague", "write");

        pullRequest.isCommentedBy("colleague", "/packit build").isEventually("dispatched");
        pullRequest.isCommentedBy("colleague", "/packit build").isEventually("dispatched");
        github.addCollaborator(pullRequest.repository(), "colleague", "read");
        pullRequest.isCommentedBy("colleague", "/packit build").isEventually("filtered", "actor-not-allowed");

        assertThat(github.calls("GET /repos/" + pullRequest.repository() + "/collaborators/colleague/permission"))
                .extracting(Call::status)
                .containsExactly(200, 304, 200);
    }

    private static String[] twentyFourTargets() {
        return IntStream.rangeClosed(40, 45)
                .boxed()
                .flatMap(release -> Stream.of("x86_64", "aarch64", "ppc64le", "s390x")
                        .map(architecture -> "fedora-" + release + "-" + architecture))
                .toArray(String[]::new);
    }

    /** What was asked to decide; what is shown to people is told by reports, and goes to other addresses. */
    private List<Call> lookUpsAbout(PullRequestStory pullRequest) {
        return callsAbout(pullRequest.repository().substring("flow/".length())).stream()
                .filter(call ->
                        !call.target().contains("/check-runs") && !call.target().contains("/reactions"))
                .toList();
    }

    private int checksOf(PullRequestStory pullRequest) {
        return (int) github.calls("POST /repos/" + pullRequest.repository() + "/check-runs").stream()
                .map(call -> call.body().replaceAll(".*\"name\":\"([^\"]+)\".*", "$1"))
                .distinct()
                .count();
    }

    @Test
    void tellsOfAProjectWhyNothingHappensThere() {
        var pullRequest = pullRequest("flow", false);
        String key = "github.com/" + pullRequest.repository();
        String absent = "found no package config at " + pullRequest.head();
        pullRequest.opens().isEventually("filtered", "no-package-config");
        projectTold(key, absent);
        pullRequest.reopens().isEventually("filtered", "no-package-config");

        var project = eventually()
                .until(
                        () -> api.get("/api/projects/" + key).json(),
                        told -> told.at("/absence/events").asInt() == 2);

        assertThat(project.at("/config/state").asText()).isEqualTo("absent");
        assertThat(project.at("/config/commit").asText()).isEqualTo(pullRequest.head());
        assertThat(project.path("why").asText()).contains(absent);
        assertThat(project.path("allowlist").asText()).isEqualTo("approved-manually");
        assertThat(project.path("deliveries").findValuesAsText("reason"))
                .containsExactly("no-package-config", "no-package-config");
        assertThat(api.get("/api/projects?config=absent").json().findValuesAsText("key"))
                .contains(key);

        pullRequest.isPushed("jobs: [").isEventually("filtered", "invalid-package-config");
        assertThat(projectTold(key, "invalid").path("why").asText())
                .startsWith("Its package config is invalid: .packit.yaml, line 1");
        pullRequest.isPushed(PullRequestStory.config("fedora-rawhide")).jobEventuallyWaits();
        assertThat(projectTold(key, "last event").path("why").asText()).isEqualTo("Its last event was dispatched.");
        assertThat(api.get("/api/projects/github.com/flow/nothing").status()).isEqualTo(404);
    }
}
