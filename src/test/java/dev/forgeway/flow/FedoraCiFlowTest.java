package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.TestingFarmSimulator.Tests;
import java.time.Instant;
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

    @Test
    void buildsTheHeadOfEveryPullRequestFromItsForkWithoutLookingForAConfig() {
        isOpened().jobEventuallyWaits();

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

        says("grace", "/packit-ci scratch-build --target eln").jobEventuallyWaits();

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

        says("grace", "/packit-ci test").isEventually("filtered", "ref-mismatch");
        isAnswered("the package has no tests");

        hasTests();
        says("grace", "/packit-ci test rpmlint").isEventually("filtered", "ref-mismatch");
        isAnswered("only `custom`");

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
        assertThat(tests.environment().path("artifacts"))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.toString())
                        .isEqualTo("{\"id\":\"%d\",\"type\":\"fedora-koji-build\"}".formatted(task)));
        farm.complete(tests.id(), "failed");
        isShown("custom-tests:fedora-45-x86_64", "failure");

        says("grace", "/packit-ci test").jobEventuallyWaits();

        Tests again = requests(2).get(1);
        assertThat(again.environment().at("/variables/KOJI_TASK_ID").asText()).isEqualTo(Long.toString(task));
        assertThat(tasks()).as("what is built stays").hasSize(1);
        farm.complete(again.id(), "passed");
        isShown("custom-tests:fedora-45-x86_64", "success");
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
        long second =
                Instant.now().getEpochSecond(); // Pagure tells no smaller time, and of one moment nothing is older
        eventually().until(() -> Instant.now().getEpochSecond() > second);
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
