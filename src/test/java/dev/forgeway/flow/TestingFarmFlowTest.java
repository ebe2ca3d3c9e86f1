package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was built is tested in Testing Farm, target by target, and people see how it ends. */
@FlowTest
class TestingFarmFlowTest extends Flow {

    private static final String ON_RAWHIDE = "testing-farm:" + RAWHIDE;
    private static final String ON_STREAM = "testing-farm:centos-stream-10-x86_64";
    private static final String REQUEST = "POST /v0.1/requests";
    private static final String WITHOUT_BUILD = """
            jobs:
              - {job: tests, trigger: pull_request, targets: [fedora-rawhide], skip_build: true}
            """;

    private PullRequestStory tested(String config) {
        return pullRequest("flow", false).brings(config).brings(".fmf/version", "1\n");
    }

    private TestsStory testsOf(PullRequestStory pullRequest) {
        return new TestsStory(farm, pullRequest.repository());
    }

    private void builds(Build build, String chroot, boolean succeeds) {
        copr.startSource(build.id());
        copr.endSource(build.id(), true);
        copr.start(build.id(), chroot);
        copr.end(build.id(), chroot, succeeds);
    }

    /** The only job of a handler for a target, once it fits. */
    private static JsonNode testsJob(DeliveryStory delivery, Predicate<JsonNode> fits) {
        JsonNode story = delivery.toldOnce(told -> fits.test(testsJob(told)));
        return testsJob(story);
    }

    private static JsonNode testsJob(JsonNode story) {
        for (JsonNode job : story.path("jobs")) {
            if (job.path("handler").asText().equals("tests")) {
                return job;
            }
        }
        return story.path("none");
    }

    private static JsonNode testsEnd(DeliveryStory delivery, String outcome) {
        JsonNode job = testsJob(delivery, told -> told.path("state").asText().equals("done"));
        assertThat(job.path("outcome").asText()).as(job.toPrettyString()).isEqualTo(outcome);
        return job;
    }

    @Test
    void testsEachTargetAsSoonAsItIsBuilt() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide", "epel-10"));
        var tests = testsOf(pullRequest);

        pullRequest.opens();

        Build build = pullRequest.build();
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Waiting for RPMs to be built...");
        pullRequest.check(ON_STREAM).isEventuallyQueued("Waiting for RPMs to be built...");
        assertThat(tests.requests()).isEmpty();

        builds(build, RAWHIDE, true);
        Tests onRawhide = tests.requests(1).get(0);
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Tests have been submitted ...");
        farm.run(onRawhide.id());
        pullRequest.check(ON_RAWHIDE).isEventuallyInProgress("Tests are running ...");
        farm.complete(onRawhide.id(), "failed", "2 of 3 plans failed");
        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        assertThat(pullRequest.check(ON_RAWHIDE).run().title()).isEqualTo("Tests failed.");
        assertThat(pullRequest.check(ON_RAWHIDE).run().summary())
                .contains("2 of 3 plans failed", "https://artifacts.testing-farm.example/" + onRawhide.id());
        pullRequest.check(ON_STREAM).isEventuallyQueued("Waiting for RPMs to be built...");

        builds(build, EPEL, true);
        Tests onStream = tests.on("CentOS-Stream-10");
        assertThat(tests.requests()).hasSize(2);
        farm.complete(onStream.id(), "passed");
        pullRequest.check(ON_STREAM).isEventually("success");
    }

    @Test
    void asksForTheTestsOfTheHeadWithWhatWasBuilt() {
        var pullRequest = tested(PullRequestStory.config("fedora-rawhide") + """
                  - job: tests
                    trigger: pull_request
                    targets: [fedora-rawhide]
                    fmf_path: /
                    tmt_plan: smoke
                    tf_post_install_script: dnf -y update
                    env: {HELLO: world}
                    tf_extra_params:
                      environments:
                        - settings: {provisioning: {tags: {BusinessUnit: packit}}}
                """);

        pullRequest.opens();

        Build build = pullRequest.build();
        builds(build, RAWHIDE, true);
        Tests request = testsOf(pullRequest).requests(1).get(0);
        JsonNode body = request.body();
        assertThat(body.at("/test/tmt/url").asText())
                .endsWith("/" + PullRequestStory.AUTHOR + "/"
                        + pullRequest.repository().substring("flow/".length()));
        assertThat(body.at("/test/tmt/ref").asText()).isEqualTo(pullRequest.head());
        assertThat(body.at("/test/tmt/path").asText()).isEqualTo(".");
        assertThat(body.at("/test/tmt/name").asText()).isEqualTo("smoke");
        JsonNode environment = request.environment();
        assertThat(environment.path("arch").asText()).isEqualTo("x86_64");
        assertThat(environment.at("/os/compose").asText()).isEqualTo("Fedora-Rawhide");
        assertThat(environment.at("/artifacts/0/id").asText()).isEqualTo(build.id() + ":" + RAWHIDE);
        assertThat(environment.at("/artifacts/0/packages/0").asText())
                .isEqualTo(build.packageName() + "-" + build.packageVersion() + ".x86_64");
        assertThat(environment.at("/variables/HELLO").asText()).isEqualTo("world");
        assertThat(environment.at("/variables/PACKIT_PR_ID").asInt()).isEqualTo(pullRequest.number());
        assertThat(environment.at("/settings/provisioning/post_install_script").asText())
                .isEqualTo("dnf -y update");
        assertThat(environment.at("/settings/provisioning/tags/BusinessUnit").asText())
                .isEqualTo("packit");
        assertThat(environment.at("/tmt/context/distro").asText()).isEqualTo("fedora-rawhide");
        assertThat(body.at("/notification/webhook/token").asText()).isEqualTo(World.SECRET);
        farm.complete(request.id(), "passed");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
    }

    @Test
    void testsWhetherItCanBeInstalledWhereThereAreNoTests() {
        var pullRequest = pullRequest("flow", false).brings(TestsStory.config("fedora-rawhide"));
        pullRequest.opens();

        builds(pullRequest.build(), RAWHIDE, true);

        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Tests have been submitted ...");
        String project = World.OWNER + "/" + pullRequest.coprProject();
        assertThat(farm.requests())
                .filteredOn(tests ->
                        tests.environment().at("/variables/REPOSITORY").asText().equals(project))
                .singleElement()
                .satisfies(tests ->
                        assertThat(tests.body().at("/test/tmt/name").asText()).isEqualTo("/packit/installation"));
    }

    @Test
    void endsTheCheckWhenTheBuildFails() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide", "epel-10"));
        var opened = pullRequest.opens();

        Build build = pullRequest.build();
        builds(build, RAWHIDE, false);

        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        assertThat(pullRequest.check(ON_RAWHIDE).run().title()).isEqualTo("RPMs failed to be built.");
        testsEnd(opened, "failed");
        builds(build, EPEL, true);
        assertThat(testsOf(pullRequest).requests(1)).hasSize(1);
    }

    @Test
    void endsTheChecksWhenTheSourceFailsOrCoprRefuses() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide"));
        copr.faults().answer(CREATE_BUILD, 1, Response.json(403, Map.of("error", "Not allowed here.")));
        pullRequest.opens();
        pullRequest.check(ON_RAWHIDE).isEventually("failure");

        pullRequest.isPushed(TestsStory.config("fedora-rawhide"));
        Build build = pullRequest.build();
        copr.startSource(build.id());
        copr.endSource(build.id(), false);

        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        assertThat(testsOf(pullRequest).requests()).isEmpty();
    }

    @Test
    void startsAtOnceWithoutABuild() {
        var pullRequest = tested(WITHOUT_BUILD);

        var opened = pullRequest.opens();

        Tests request = testsOf(pullRequest).requests(1).get(0);
        assertThat(request.environment().has("artifacts")).isFalse();
        farm.complete(request.id(), "passed");
        opened.jobIsEventually("succeeded");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void buildsWhatIsOnlyToBeTested() {
        var pullRequest = tested("""
                jobs:
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide, epel-10]}
                """);

        pullRequest.opens();

        assertThat(pullRequest.build().chroots()).containsOnlyKeys(RAWHIDE, EPEL);
        copr.finishBuild(pullRequest.build().id(), true);
        assertThat(testsOf(pullRequest).requests(2)).hasSize(2);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void stopsTheTestsOfAnOldHead() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide", "epel-10"));
        pullRequest.opens();
        builds(pullRequest.build(), RAWHIDE, true);
        Tests running = testsOf(pullRequest).requests(1).get(0);
        CheckStory started = pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Tests have been submitted ...");
        CheckStory blocked = pullRequest.check(ON_STREAM);

        pullRequest.isPushed(TestsStory.config("fedora-rawhide"));

        started.isEventually("cancelled");
        blocked.isEventually("cancelled");
        assertThat(farm.requests())
                .filteredOn(tests -> tests.id().equals(running.id()))
                .singleElement()
                .satisfies(tests -> assertThat(tests.state()).isEqualTo("canceled"));
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Waiting for RPMs to be built...");
    }

    @Test
    void testsOnceMoreOnCommandWithWhatWasBuilt() {
        var pullRequest = tested(PullRequestStory.config("fedora-rawhide") + """
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide], identifier: full, labels: [slow]}
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide], identifier: quick, env: {A: "1", B: "2"}}
                """);
        var tests = testsOf(pullRequest);
        pullRequest.opens();
        builds(pullRequest.build(), RAWHIDE, true);
        tests.requests(2).forEach(request -> farm.complete(request.id(), "failed"));
        pullRequest.check(ON_RAWHIDE + ":quick").isEventually("failure");

        var comment = pullRequest.isCommented("/packit test --identifier quick --env A= --env B=3 --env C=x=y");

        Tests again = tests.requests(3).get(2);
        JsonNode variables = again.environment().path("variables");
        assertThat(variables.has("A")).as("it was taken away").isFalse();
        assertThat(variables.path("B").asText()).isEqualTo("3");
        assertThat(variables.path("C").asText()).isEqualTo("x=y");
        assertThat(again.environment().at("/artifacts/0/id").asText())
                .isEqualTo(pullRequest.build().id() + ":" + RAWHIDE);
        farm.complete(again.id(), "passed");
        comment.jobIsEventually("succeeded");
        pullRequest.check(ON_RAWHIDE + ":quick").isEventually("success");
        pullRequest.isCommented("/packit test --labels slow").jobEventuallyWaits();
        assertThat(tests.requests(4).get(3).environment().path("variables").has("A"))
                .isFalse();
    }

    @Test
    void testsOnlyWhatFailedOnceMore() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide", "epel-10"));
        var tests = testsOf(pullRequest);
        pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        tests.requests(2);
        farm.complete(tests.on("Fedora-Rawhide").id(), "passed");
        farm.complete(tests.on("CentOS-Stream-10").id(), "failed");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
        pullRequest.check(ON_STREAM).isEventually("failure");

        pullRequest.isCommented("/packit retest-failed").jobEventuallyWaits();

        Tests again = tests.requests(3).get(2);
        assertThat(again.environment().at("/os/compose").asText()).isEqualTo("CentOS-Stream-10");
        farm.complete(again.id(), "passed");
        pullRequest.check(ON_STREAM).isEventually("success");
        pullRequest.isCommented("/packit retest-failed").isEventually("filtered", "no-matching-job");
    }

    @Test
    void waitsOnCommandForABuildThatIsNotDone() {
        var pullRequest = tested(PullRequestStory.config("fedora-rawhide") + """
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide], manual_trigger: true}
                """);
        pullRequest.opens().jobEventuallyWaits();

        var comment = pullRequest.isCommented("/packit test");

        comment.job(told -> told.path("state").asText().equals("blocked"));
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Waiting for RPMs to be built...");
        builds(pullRequest.build(), RAWHIDE, true);
        comment.jobEventuallyWaits();
        assertThat(testsOf(pullRequest).requests(1)).hasSize(1);
    }

    @Test
    void saysThatThereIsNothingToTest() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide"));

        var comment = pullRequest.isCommented("/packit test");

        comment.jobIsEventually("failed");
        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        assertThat(pullRequest.check(ON_RAWHIDE).run().title())
                .contains("There is no Copr build for " + RAWHIDE, "`/packit build`");
    }

    @Test
    void testsWithTheBuildOfAnotherPullRequest() {
        var other = pullRequestBuiltFor("fedora-rawhide");
        other.opens().jobEventuallyWaits();
        copr.finishBuild(other.build().id(), true);
        other.rpmBuild(RAWHIDE).isEventually("success");
        var pullRequest = tested(WITHOUT_BUILD);

        pullRequest
                .isCommented("/packit test " + other.repository() + "#" + other.number())
                .jobEventuallyWaits();

        Tests request = testsOf(pullRequest).requests(1).get(0);
        assertThat(request.environment().at("/artifacts/0/id").asText())
                .isEqualTo(other.build().id() + ":" + RAWHIDE);
        pullRequest.isCommented("/packit test flow/none#1").jobIsEventually("failed");
    }

    @Test
    void runsACheckOfTestsAgainAndTestsWhatIsBuiltAgain() {
        var pullRequest = tested(TestsStory.config("fedora-rawhide"));
        var tests = testsOf(pullRequest);
        pullRequest.opens();
        builds(pullRequest.build(), RAWHIDE, true);
        farm.complete(tests.requests(1).get(0).id(), "failed");
        pullRequest.check(ON_RAWHIDE).isEventually("failure");

        pullRequest.delivers(webhooks.rerun(
                pullRequest.repository(), pullRequest.check(ON_RAWHIDE).run()));
        farm.complete(tests.requests(2).get(1).id(), "passed");
        pullRequest.check(ON_RAWHIDE).isEventually("success");

        pullRequest.delivers(webhooks.rerun(
                pullRequest.repository(), pullRequest.rpmBuild(RAWHIDE).run()));
        Build again = pullRequest.builds(2).get(1);
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Waiting for RPMs to be built...");
        builds(again, RAWHIDE, true);
        assertThat(tests.requests(3).get(2).environment().at("/artifacts/0/id").asText())
                .isEqualTo(again.id() + ":" + RAWHIDE);
    }

    @Test
    void changesNothingForNewsThatComesTwice() {
        var pullRequest = tested(WITHOUT_BUILD);
        var opened = pullRequest.opens();
        Tests request = testsOf(pullRequest).requests(1).get(0);
        farm.complete(request.id(), "passed");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
        opened.jobIsEventually("succeeded");
        List<String> titles = pullRequest.check(ON_RAWHIDE).titles();

        farm.notifyAgain(request.id());

        eventually().untilAsserted(() -> assertThat(news(request)).contains("The tests had ended before"));
        assertThat(pullRequest.check(ON_RAWHIDE).titles()).isEqualTo(titles);
    }

    /** What the jobs came to that notifications of a request asked for. */
    private List<String> news(Tests request) {
        List<String> details = new ArrayList<>();
        for (JsonNode job : api.get("/api/jobs?handler=test-result").json()) {
            JsonNode delivery = api.delivery(job.path("deliveryId").asText()).json();
            if (delivery.at("/event/test/requestId").asText().equals(request.id())) {
                details.add(job.path("detail").asText());
            }
        }
        return details;
    }

    @Test
    void ignoresNewsOfTestsThatAreNotOurs() {
        var pullRequest = tested(WITHOUT_BUILD);
        pullRequest.opens();
        Tests request = testsOf(pullRequest).requests(1).get(0);

        String news = "{\"request_id\":\"0aa1bb2c-0000-4000-8000-000000000000\",\"token\":\"" + World.SECRET + "\"}";
        String id =
                api.post("/webhooks/testing-farm", "", news).json().path("id").asText();

        new DeliveryStory(api, id).isEventually("ignored", "unknown-test");
        farm.complete(request.id(), "skipped");
        pullRequest.check(ON_RAWHIDE).isEventually("neutral");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 401, 403, 404, 429})
    void triesAgainUntilTestingFarmAnswers(int status) {
        var pullRequest = tested(WITHOUT_BUILD);
        farm.faults()
                .answer(
                        REQUEST,
                        3,
                        Response.json(status, Map.of("detail", "Out of order.")).with("Retry-After", "1"));

        var opened = pullRequest.opens();

        assertThat(opened.jobEventuallyWaits().path("attempts").asInt()).isEqualTo(4);
        assertThat(testsOf(pullRequest).requests()).hasSize(1);
    }

    @Test
    void tellsTheUserWhatTestingFarmRefuses() {
        var pullRequest = tested("""
                jobs:
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide-riscv64], skip_build: true}
                """);

        var opened = pullRequest.opens();

        opened.jobIsEventually("failed");
        CheckStory check = pullRequest.check("testing-farm:fedora-rawhide-riscv64");
        check.isEventually("failure");
        assertThat(check.run().title()).contains("environments.0.arch: unsupported architecture riscv64");
    }

    @Test
    void servesNoInternalTestingFarm() {
        var pullRequest = tested(WITHOUT_BUILD.replace("skip_build", "use_internal_tf: true, skip_build"));

        pullRequest.opens().jobIsEventually("skipped");

        pullRequest.check(ON_RAWHIDE).isEventually("neutral");
        assertThat(testsOf(pullRequest).requests()).isEmpty();
    }

    @Test
    void findsTheRequestOfWhichTheAnswerWasLost() {
        var pullRequest = tested(WITHOUT_BUILD);
        farm.faults().dropAfter(REQUEST, 1);

        var opened = pullRequest.opens();

        JsonNode job = opened.jobEventuallyWaits();
        Tests request = testsOf(pullRequest).requests(1).get(0);
        assertThat(job.path("externalId").asText()).isEqualTo(request.id());
        assertThat(job.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void requestsOnceMoreWhatNeverReachedTestingFarm() {
        var pullRequest = tested(WITHOUT_BUILD);
        farm.faults().dropBefore(REQUEST, 1);

        pullRequest.opens().jobEventuallyWaits();

        assertThat(testsOf(pullRequest).requests(1)).hasSize(1);
    }

    @Test
    void testsEverythingOnceWhileEveryFifthCallFails() {
        String[] targets = {"fedora-rawhide", "fedora-45", "fedora-44", "fedora-43", "epel-9", "epel-10"};
        var pullRequest = tested(TestsStory.config(targets));
        pullRequest.opens();
        Build build = pullRequest.build();
        Response broken = Response.json(500, Map.of("detail", "Out of order."));
        farm.faults().failRandomly(0.2, 7, broken);
        copr.faults().failRandomly(0.2, 7, broken);

        copr.finishBuild(build.id(), true);

        var tests = testsOf(pullRequest);
        tests.requests(targets.length).forEach(request -> farm.complete(request.id(), "passed"));
        for (Tests request : tests.requests()) {
            String distro = request.environment().at("/tmt/context/distro").asText();
            pullRequest.check("testing-farm:" + distro + "-x86_64").isEventually("success");
        }
        assertThat(tests.requests()).hasSize(targets.length);
    }
}
