package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The scratch builds of pull requests of dist-git, which need no package config. */
@FlowTest
class FedoraCiFlowTest extends DistGitPullRequestFlow {

    /** {@link World#FEDORA_CI} names as many packages as there are stories. */
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
