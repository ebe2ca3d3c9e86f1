package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.PagureSimulator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scratch builds of pull requests of dist-git, which need no package config. */
@FlowTest
class FedoraCiFlowTest extends Flow {

    private static final AtomicInteger PACKAGES = new AtomicInteger();
    private static final int NUMBER = 4;

    private final String name = "ci" + PACKAGES.incrementAndGet();
    private final String project = "rpms/" + name;
    private final String head = commit();
    private PagureSimulator pagure;

    private static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    @BeforeEach
    void isProposed() {
        pagure = world.pagure;
        pagure.addProject(project, false);
        api.allow("127.0.0.1/" + project, "approved-manually");
        pagure.addMember(project, "grace", "commit");
        pagure.addPullRequest(project, NUMBER, head, "ada", "fork/ada/" + project, "f45");
    }

    private DeliveryStory isOpened() {
        return DeliveryStory.accepted(
                api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.opened(project, NUMBER)));
    }

    private DeliveryStory says(String account, String text) {
        return DeliveryStory.accepted(
                api,
                pagure.send(api.webhooks("pagure"), World.SECRET, pagure.commented(project, NUMBER, account, text)));
    }

    private List<Task> tasks() {
        return koji.tasks().stream()
                .filter(task -> task.source().contains("/" + name + ".git#"))
                .toList();
    }

    private void isShown(String check, String state) {
        eventually()
                .untilAsserted(() -> assertThat(pagure.statuses(project, head))
                        .extracting(CommitStatus::name, CommitStatus::state)
                        .contains(tuple(check, state)));
    }

    private void isAnswered(String... parts) {
        eventually()
                .untilAsserted(() -> assertThat(pagure.comments(project, NUMBER))
                        .extracting(IssueComment::body)
                        .anySatisfy(answer -> assertThat(answer).contains(parts)));
    }

    @Test
    void buildsTheHeadOfEveryPullRequestFromItsForkWithoutLookingForAConfig() {
        isOpened().jobEventuallyWaits();

        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.source()).isEqualTo("git+" + pagure.url() + "/forks/ada/" + project + ".git#" + head);
            assertThat(task.target()).isEqualTo("f45-candidate");
            assertThat(task.scratch()).isTrue();
        });
        assertThat(pagure.calls("GET /api/0/" + project + "/tree")).isEmpty();
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

        says("grace", "/packit-ci test").isEventually("filtered", "no-matching-job");
        isAnswered("Nothing runs for `/packit-ci test`", "`/packit-ci help`");

        says("ada", "/packit-ci help").jobIsEventually("succeeded");
        isAnswered("`/packit-ci scratch-build [--target <eln or rawhide>]`");
    }
}
