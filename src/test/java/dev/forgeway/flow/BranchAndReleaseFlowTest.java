package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CheckRun;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds of branches and releases, and checks that people run again. */
@FlowTest
class BranchAndReleaseFlowTest extends Flow {

    private static final String CONFIG = """
            jobs:
              - {job: copr_build, trigger: commit, targets: [fedora-rawhide]}
              - {job: copr_build, trigger: commit, branch: stable, targets: [epel-10]}
              - {job: copr_build, trigger: release, targets: [fedora-rawhide]}
              - {job: vm_image_build, trigger: release, targets: [fedora-rawhide]}
            """;

    private final String before = commit();
    private final String head = commit();

    private static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    private String repository(String name) {
        github.addRepository("flow/" + name, false).putFile("flow/" + name, head, ".packit.yaml", CONFIG);
        return "flow/" + name;
    }

    private DeliveryStory sends(WebhookDelivery delivery) {
        return DeliveryStory.accepted(api, webhooks.send(delivery));
    }

    private List<Build> builds(String project) {
        return copr.builds().stream()
                .filter(build -> build.projectname().equals(project))
                .toList();
    }

    private CheckStory check(String repository, String name) {
        return new CheckStory(github, repository, head, name);
    }

    @Test
    void buildsTheDefaultBranchAndTheOnesThatAreNamed() {
        String repository = repository("branches");

        sends(webhooks.push(repository, "refs/heads/main", before, head)).jobEventuallyWaits();
        sends(webhooks.push(repository, "refs/heads/stable", before, head)).jobEventuallyWaits();
        sends(webhooks.push(repository, "refs/heads/topic", before, head)).isEventually("filtered", "no-matching-job");

        assertThat(builds("flow-branches-main")).singleElement().satisfies(build -> {
            assertThat(build.chroots()).containsOnlyKeys(RAWHIDE);
            assertThat(build.script())
                    .contains("prepare-sources", "--merged-ref=" + head, "--ref " + head)
                    .doesNotContain("--pr-id");
        });
        assertThat(builds("flow-branches-stable"))
                .singleElement()
                .satisfies(build -> assertThat(build.chroots()).containsOnlyKeys(EPEL));
        copr.finishBuild(builds("flow-branches-main").get(0).id(), true);
        check(repository, "rpm-build:main:" + RAWHIDE).isEventually("success");
    }

    @Test
    void buildsAReleaseAndTellsWhatItCannotDo() {
        String repository = repository("releases");

        DeliveryStory story = sends(webhooks.release(repository, "v1.0", head));

        story.jobEventuallyWaits();
        assertThat(builds("flow-releases-releases")).hasSize(1);
        assertThat(story.told().path("event").path("commit").asText()).isEqualTo(head);
        assertThat(step(story, "select-jobs").path("detail").asText())
                .contains("no handler for vm_image_build (line 5)");
        copr.finishBuild(builds("flow-releases-releases").get(0).id(), false);
        check(repository, "rpm-build:v1.0:" + RAWHIDE).isEventually("failure");
    }

    @ParameterizedTest
    @CsvSource({"commit, main, main", "release, v1.0, releases"})
    void testsWhatItBuiltOfABranchAndOfARelease(String trigger, String event, String coprProject) {
        String repository = "flow/tested-" + trigger;
        github.addRepository(repository, false)
                .putFile(repository, head, ".packit.yaml", """
                        jobs:
                          - {job: copr_build, trigger: %1$s, targets: [fedora-rawhide]}
                          - {job: tests, trigger: %1$s, targets: [fedora-rawhide]}
                        """.formatted(trigger))
                .putFile(repository, head, ".fmf/version", "1\n");
        CheckStory check = check(repository, "testing-farm:" + event + ":" + RAWHIDE);

        sends(
                trigger.equals("commit")
                        ? webhooks.push(repository, "refs/heads/main", before, head)
                        : webhooks.release(repository, "v1.0", head));

        check.isEventuallyQueued("Waiting for RPMs to be built...");
        Build build = eventually()
                .until(() -> builds("flow-tested-" + trigger + "-" + coprProject), found -> found.size() == 1)
                .get(0);
        copr.finishBuild(build.id(), true);
        Tests tests = new TestsStory(farm, repository).requests(1).get(0);
        assertThat(tests.body().at("/test/tmt/ref").asText()).isEqualTo(head);
        farm.complete(tests.id(), "passed");
        check.isEventually("success");
    }

    @Test
    void saysThatATagIsGone() {
        String repository = repository("no-tag");
        WebhookDelivery release = webhooks.release(repository, "v1.0", head);

        sends(webhooks.other("release", release.body().replace("\"v1.0\"", "\"v2.0\"")))
                .isEventually("filtered", "repository-not-found");
    }

    @Test
    void runsOneCheckAgainForItsTargetAlone() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), false);
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        pullRequest.rpmBuild(EPEL).isEventually("failure");
        int asked = github.calls("POST /graphql").size();

        DeliveryStory rerun = sends(webhooks.rerun(pullRequest.repository(), run(pullRequest, EPEL)));

        Build again = pullRequest.builds(2).get(1);
        assertThat(again.chroots()).containsOnlyKeys(EPEL);
        assertThat(again.script())
                .contains(
                        "--pr-id " + pullRequest.number() + " --merge-pr --target-branch='main' ",
                        " --ref " + pullRequest.head());
        rerun.jobEventuallyWaits();
        copr.finishBuild(again.id(), true);
        pullRequest.rpmBuild(EPEL).isEventually("success");
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        assertThat(github.calls("POST /graphql")).as("no look-up").hasSize(asked);
    }

    @Test
    void runsAllChecksOfACommitAgain() {
        String repository = repository("rerun-all");
        sends(webhooks.push(repository, "refs/heads/main", before, head)).jobEventuallyWaits();
        copr.finishBuild(builds("flow-rerun-all-main").get(0).id(), false);
        check(repository, "rpm-build:main:" + RAWHIDE).isEventually("failure");

        sends(webhooks.rerunAll(repository, head)).jobEventuallyWaits();

        assertThat(builds("flow-rerun-all-main")).hasSize(2);
        copr.finishBuild(builds("flow-rerun-all-main").get(1).id(), true);
        check(repository, "rpm-build:main:" + RAWHIDE).isEventually("success");
    }

    @Test
    void knowsNoCheckOfAnotherCommit() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        pullRequest.opens().jobEventuallyWaits();
        pullRequest.rpmBuild(RAWHIDE).isEventuallyQueued("SRPM build in Copr was submitted ...");
        CheckRun run = run(pullRequest, RAWHIDE);

        sends(webhooks.rerunAll(pullRequest.repository(), commit())).isEventually("ignored", "unknown-check");
        sends(webhooks.rerun(repository("elsewhere"), run)).isEventually("ignored", "unknown-check");
    }

    private static CheckRun run(PullRequestStory pullRequest, String target) {
        return pullRequest.checkRuns().stream()
                .filter(check -> check.name().endsWith(target))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode step(DeliveryStory story, String node) {
        for (JsonNode step : story.told().path("steps")) {
            if (step.path("node").asText().equals(node)) {
                return step;
            }
        }
        throw new AssertionError("no step " + node + " in " + story.told());
    }
}
