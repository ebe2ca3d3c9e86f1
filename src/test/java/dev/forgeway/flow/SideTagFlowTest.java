package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.PagureSimulator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packages that are built and released together, in a side tag of Koji. Each story has a group of its own. */
@FlowTest
class SideTagFlowTest extends Flow {

    private static final AtomicInteger GROUPS = new AtomicInteger();

    private final int number = GROUPS.incrementAndGet();
    private final String group = "group" + number;
    private final String library = "library" + number;
    private final String tool = "tool" + number;
    private final Map<String, String> heads = new ConcurrentHashMap<>();
    private PagureSimulator pagure;

    @BeforeEach
    void areApproved() {
        pagure = world.pagure;
        for (String name : List.of(library, tool)) {
            pagure.addProject("rpms/" + name, false);
            api.allow("127.0.0.1/rpms/" + name, "approved-manually");
        }
        configured(library, """
                jobs:
                  - job: koji_build
                    trigger: commit
                    dist_git_branches: [f45]
                    allowed_committers: [ada]
                    sidetag_group: GROUP
                    dependents: [TOOL]
                """);
        configured(tool, """
                jobs:
                  - job: koji_build
                    trigger: commit | koji_build
                    dist_git_branches: [f45]
                    allowed_committers: [ada]
                    sidetag_group: GROUP
                    dependencies: [LIBRARY]
                """);
    }

    private void configured(String name, String config) {
        String text = config.replace("GROUP", group).replace("LIBRARY", library).replace("TOOL", tool);
        pagure.putFile("rpms/" + name, "main", ".packit.yaml", text);
    }

    private DeliveryStory isPushed(String name) {
        heads.put(
                name,
                (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40));
        pagure.putBranch("rpms/" + name, "f45", head(name));
        return isPushedAgain(name);
    }

    private DeliveryStory isPushedAgain(String name) {
        return DeliveryStory.accepted(
                api,
                pagure.send(
                        api.webhooks("pagure"),
                        World.SECRET,
                        pagure.pushed("rpms/" + name, "f45", head(name), "ada", null)));
    }

    private String head(String name) {
        return String.valueOf(heads.get(name));
    }

    private List<Task> tasks(String name) {
        return koji.tasks().stream()
                .filter(task -> task.source().contains("/" + name + ".git#"))
                .toList();
    }

    private Task isBuilt(String name) {
        eventually().untilAsserted(() -> assertThat(tasks(name)).hasSize(1));
        Task task = tasks(name).get(0);
        koji.move(task.id(), "CLOSED");
        return task;
    }

    private void isShown(String name, String check, String state) {
        eventually()
                .untilAsserted(() -> assertThat(pagure.statuses("rpms/" + name, head(name)))
                        .extracting(CommitStatus::name, CommitStatus::state)
                        .contains(tuple(check + ":f45:f45-candidate", state)));
    }

    @Test
    void buildsWhatIsPushedInTheSideTagOfTheGroup() {
        isPushed(library).jobEventuallyWaits();

        Task task = isBuilt(library);

        assertThat(task.target()).startsWith("f45-build-side-").isIn(koji.sideTags());
        assertThat(task.source()).isEqualTo("git+" + pagure.url() + "/rpms/" + library + ".git#" + head(library));
        isShown(library, "koji-build", "success");
    }

    @Test
    void buildsWhatDependsOnAnotherPackageOnceThatIsThere() {
        isPushed(tool).jobIsEventually("skipped");
        assertThat(tasks(tool)).isEmpty();
        isPushed(library);
        Task first = isBuilt(library);

        isPushedAgain(tool);

        assertThat(isBuilt(tool).target()).isEqualTo(first.target());
        isShown(tool, "koji-build", "success");
    }

    @Test
    void buildsACommitOnceInASideTag() {
        isPushed(library);
        isBuilt(library);
        isShown(library, "koji-build", "success");

        isPushedAgain(library).jobIsEventually("skipped");

        assertThat(tasks(library)).hasSize(1);
        isShown(library, "koji-build", "success");
    }

    @Test
    void makesOneSideTagWhenTheAnswerOfKojiIsLost() {
        int before = koji.sideTags().size();
        koji.faults().dropAfter("POST /kojihub createSideTag", 1);

        isPushed(library);

        isBuilt(library);
        assertThat(koji.sideTags()).hasSize(before + 1);
    }
}
