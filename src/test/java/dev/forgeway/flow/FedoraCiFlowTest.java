package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The scratch builds of pull requests of dist-git and the tests with them, which need no package config. */
@FlowTest
class FedoraCiFlowTest extends DistGitPullRequestFlow {

    /** {@link World#FEDORA_CI} names more packages than there are stories. */
    private static final AtomicInteger PACKAGES = new AtomicInteger();

    FedoraCiFlowTest() {
        super("ci" + PACKAGES.incrementAndGet());
    }

    private DeliveryStory isOpened() {
        return DeliveryStory.accepted(
                api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.opened(project, NUMBER)));
    }

    /** The first of the jobs waits for what it asked for. */
    private static void waits(DeliveryStory story) {
        story.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
    }

    @Test
    void buildsTheHeadOfEveryPullRequestFromItsForkWithoutLookingForAConfig() {
        waits(isOpened());

        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.source()).isEqualTo("git+" + pagure.url() + "/forks/ada/" + project + ".git#" + head);
            assertThat(task.target()).isEqualTo("f45-candidate");
            assertThat(task.scratch()).isTrue();
        });
        assertThat(pagure.calls("GET /api/0/" + project + "/tree"))
                .as("only whether there are tests was looked for")
                .hasSize(1);
        koji.move(tasks().get(0).id(), "CLOSED");
        isShown("scratch-build:f45-candidate", "success");
    }

    @Test
    void buildsOnceMoreForPackagersAndForEln() {
        says("ada", "/packit-ci scratch-build").isEventually("filtered", "actor-not-allowed");
        isAnswered("`ada`", "packagers");

        waits(says("grace", "/packit-ci scratch-build --target eln"));

        assertThat(tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.target()).isEqualTo("eln"));
        koji.move(tasks().get(0).id(), "FAILED");
        isShown("scratch-build:eln", "failure");
    }

    @Test
    void saysWhatItCannotDo() {
        says("grace", "/packit-ci scratch-build --target f40").isEventually("filtered", "ref-mismatch");
        isAnswered("`eln` or `rawhide`");

        says("grace", "/packit-ci test custom").isEventually("filtered", "ref-mismatch");
        isAnswered("the package has no tests of its own");

        says("grace", "/packit-ci test rpmlnt").isEventually("filtered", "ref-mismatch");
        isAnswered("`custom`, `installability`, `rpminspect`, `rpmlint`");

        says("grace", "/packit-ci test").isEventually("filtered", "ref-mismatch");
        isAnswered("no scratch build of this commit for f45-candidate");

        says("ada", "/packit-ci test").isEventually("filtered", "actor-not-allowed");

        says("ada", "/packit-ci help").jobIsEventually("succeeded");
        isAnswered("`/packit-ci scratch-build [--target <eln or rawhide>]`", "`/packit-ci test [<test>]");
    }

    private void hasTests() {
        pagure.putFile(project, head, ".fmf/version", "1\n");
    }

    private List<Tests> requests(int count) {
        return eventually()
                .until(
                        () -> farm.requests().stream()
                                .filter(tests -> tests.body()
                                        .at("/test/tmt/url")
                                        .asText()
                                        .equals(pagure.url() + "/forks/ada/" + project + ".git"))
                                .toList(),
                        found -> found.size() == count);
    }

    @Test
    void testsWhatWasBuiltWithTheTestsOfThePackageAndOnceMoreOnCommand() {
        hasTests();
        var opened = isOpened();
        opened.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        isShown("custom-tests:fedora-45-x86_64", "pending");
        assertThat(requests(0)).isEmpty();

        long task = tasks().get(0).id();
        koji.move(task, "CLOSED");

        Tests tests = requests(1).get(0);
        assertThat(tests.body().at("/test/tmt/ref").asText()).isEqualTo(head);
        assertThat(tests.environment().at("/os/compose").asText()).isEqualTo("Fedora-45");
        assertThat(tests.environment().at("/tmt/context/initiator").asText()).isEqualTo("fedora-ci");
        assertThat(tests.environment().at("/tmt/context/dist-git-branch").asText())
                .isEqualTo("f45");
        assertThat(tests.environment().path("artifacts"))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.toString())
                        .isEqualTo("{\"id\":\"%d\",\"type\":\"fedora-koji-build\"}".formatted(task)));
        farm.complete(tests.id(), "failed");
        isShown("custom-tests:fedora-45-x86_64", "failure");

        waits(says("grace", "/packit-ci test"));

        Tests again = requests(2).get(1);
        assertThat(again.environment().at("/variables/KOJI_TASK_ID").asText()).isEqualTo(Long.toString(task));
        assertThat(tasks()).as("what is built stays").hasSize(1);
        farm.complete(again.id(), "passed");
        isShown("custom-tests:fedora-45-x86_64", "success");
    }

    @Test
    void testsWhatWasBuiltWithTheTestsThatAreTheSameForAllPackages() {
        isOpened().toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        long task = tasks().get(0).id();

        koji.move(task, "CLOSED");

        Tests installability = generic(task, "installability-pipeline", 1).get(0);
        assertThat(installability.body().at("/test/tmt/ref").asText()).isEqualTo("master");
        assertThat(installability.environment().at("/os/compose").asText()).isEqualTo("Fedora-45");
        assertThat(installability.environment().at("/variables/PROFILE_NAME").asText())
                .isEqualTo("fedora-45");
        assertThat(installability.environment().has("artifacts"))
                .as("what is to be installed is not there before")
                .isFalse();
        Tests rpmlint = generic(task, "tmt-plans", 1).get(0);
        assertThat(rpmlint.body().at("/test/tmt/name").asText()).isEqualTo("/plans/rpmlint");
        farm.complete(installability.id(), "passed");
        farm.complete(rpmlint.id(), "failed");
        farm.complete(generic(task, "rpminspect-pipeline", 1).get(0).id(), "passed");
        isShown("installability-tests:fedora-45-x86_64", "success");
        isShown("rpminspect-tests:fedora-45-x86_64", "success");
        isShown("rpmlint-tests:fedora-45-x86_64", "failure");

        says("grace", "/packit-ci test rpmlint").jobEventuallyWaits();

        farm.complete(generic(task, "tmt-plans", 2).get(1).id(), "passed");
        isShown("rpmlint-tests:fedora-45-x86_64", "success");
    }

    /** The requests for such tests with what a task built. */
    private List<Tests> generic(long task, String where, int count) {
        return eventually()
                .until(
                        () -> farm.requests().stream()
                                .filter(tests -> tests.body()
                                                .at("/test/tmt/url")
                                                .asText()
                                                .contains(where)
                                        && tests.environment()
                                                .at("/variables/KOJI_TASK_ID")
                                                .asText()
                                                .equals(Long.toString(task)))
                                .toList(),
                        found -> found.size() == count);
    }

    @Test
    void testsARepositoryOfTestsWithoutBuildingIt() {
        String tests = "tests/hello";
        pagure.addProject(tests, false);
        api.allow("127.0.0.1/tests", "approved-manually");
        pagure.addMember(tests, "grace", "commit");
        pagure.addPullRequest(tests, NUMBER, head, "ada", "fork/ada/" + tests, "main");
        pagure.putFile(tests, head, ".fmf/version", "1\n");

        DeliveryStory.accepted(api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.opened(tests, NUMBER)))
                .jobEventuallyWaits();

        Tests first = ofTests(tests, 1).get(0);
        assertThat(first.body().at("/test/tmt/ref").asText()).isEqualTo(head);
        assertThat(first.environment().at("/os/compose").asText()).isEqualTo("Fedora-Rawhide");
        assertThat(first.environment().at("/tmt/context/initiator").asText()).isEqualTo("fedora-ci");
        farm.complete(first.id(), "failed");
        eventually()
                .untilAsserted(() -> assertThat(pagure.statuses(tests, head))
                        .extracting(CommitStatus::name, CommitStatus::state)
                        .containsExactly(tuple("custom-tests:fedora-rawhide-x86_64", "failure")));

        saysAt(tests, "ada", "/packit-ci test").isEventually("filtered", "actor-not-allowed");
        saysAt(tests, "grace", "/packit-ci scratch-build").isEventually("filtered", "ref-mismatch");
        saysAt(tests, "grace", "/packit-ci test rpmlint").isEventually("filtered", "ref-mismatch");
        saysAt(tests, "grace", "/packit-ci test").jobEventuallyWaits();
        ofTests(tests, 2);
    }

    private List<Tests> ofTests(String tests, int count) {
        String url = pagure.url() + "/forks/ada/" + tests + ".git";
        return eventually()
                .until(
                        () -> farm.requests().stream()
                                .filter(one ->
                                        one.body().at("/test/tmt/url").asText().equals(url))
                                .toList(),
                        found -> found.size() == count);
    }

    private DeliveryStory saysAt(String tests, String account, String text) {
        return DeliveryStory.accepted(
                api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.commented(tests, NUMBER, account, text)));
    }

    @Test
    void testsTheBuildForElnAsSoonAsItIsThere() {
        hasTests();
        says("grace", "/packit-ci scratch-build --target eln")
                .toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        var asked = says("grace", "/packit-ci test custom --target eln");
        asked.toldOnce(told -> told.at("/jobs/0/state").asText().equals("blocked"));

        koji.move(tasks().get(0).id(), "CLOSED");

        assertThat(requests(2))
                .allSatisfy(tests -> assertThat(
                                tests.environment().at("/os/compose").asText())
                        .isEqualTo("Fedora-ELN"));
        requests(2).forEach(tests -> farm.complete(tests.id(), "passed"));
        isShown("custom-tests:fedora-eln-x86_64", "success");
    }

    @Test
    void testsNothingThatWasNotBuilt() {
        hasTests();
        isOpened().toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));

        koji.move(tasks().get(0).id(), "FAILED");

        isShown("custom-tests:fedora-45-x86_64", "failure");
        assertThat(requests(0)).isEmpty();
        says("grace", "/packit-ci test").isEventually("filtered", "ref-mismatch");
    }

    @Test
    void endsTheBuildAndTheTestsOfAHeadThatAPushReplaces() {
        hasTests();
        var opened = isOpened();
        opened.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        long old = tasks().get(0).id();
        String next = commit();
        pagure.addPullRequest(project, NUMBER, next, "ada", "fork/ada/" + project, "f45");

        DeliveryStory.accepted(
                api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.pushedTo(project, NUMBER)));

        eventually()
                .untilAsserted(() -> assertThat(tasks())
                        .extracting(Task::id, Task::state)
                        .contains(tuple(old, "CANCELED"))
                        .hasSize(2));
        assertThat(tasks().get(1).source()).endsWith("#" + next);
        isShown("scratch-build:f45-candidate", "canceled");
        isShown("custom-tests:fedora-45-x86_64", "canceled");
        assertThat(requests(0)).isEmpty();
    }
}
