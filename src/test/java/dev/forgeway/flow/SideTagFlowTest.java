package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.IssueComment;
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
        hasOnItsBranch(name, commit());
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
        configured(library, """
                jobs:
                  - job: koji_build
                    trigger: commit
                    dist_git_branches: [f45]
                    allowed_committers: [ada]
                    sidetag_group: GROUP
                """);
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

    /** What is decided about the news that the build of a package is in a side tag, told once more. */
    private JsonNode isToldAgain(String name, Task task) {
        String nvr = name + "-1.0-" + task.id();
        return busDelivery(koji.tellTagged(task.target(), name, nvr, task.id()));
    }

    private void hasOnItsBranch(String name, String commit) {
        heads.put(name, commit);
        pagure.putBranch("rpms/" + name, "f45", commit);
    }

    private static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    @Test
    void buildsWhatDependsOnAPackageWhenThatGetsThere() {
        hasOnItsBranch(tool, commit());
        isPushed(library);
        Task first = isBuilt(library);

        Task second = isBuilt(tool);

        assertThat(second.target()).isEqualTo(first.target());
        assertThat(second.source()).endsWith("/rpms/" + tool + ".git#" + head(tool));
        isShown(tool, "koji-build", "success");
        JsonNode story = isToldAgain(tool, second);
        assertThat(story.path("outcome").asText()).isEqualTo("filtered");
        assertThat(story.path("reason").asText()).isEqualTo("no-matching-job");
        assertThat(story.path("detail").asText()).contains("a build of the package itself");
        assertThat(tasks(tool)).hasSize(1);
    }

    @Test
    void buildsADependentOnceHoweverOftenItIsTold() {
        hasOnItsBranch(tool, commit());
        isPushed(library);
        Task first = isBuilt(library);
        isBuilt(tool);
        isShown(tool, "koji-build", "success");

        JsonNode again = isToldAgain(library, first);

        var story = new DeliveryStory(api, again.path("id").asText());
        story.jobIsEventually("skipped");
        assertThat(tasks(tool)).hasSize(1);
        isShown(tool, "koji-build", "success");
    }

    @Test
    void isAskedForByApprovedPackagesAlone() {
        hasOnItsBranch(tool, commit());
        api.allow("127.0.0.1/rpms/" + tool, "denied");
        isPushed(library);
        Task task = isBuilt(library);

        JsonNode story = isToldAgain(library, task);

        assertThat(story.path("outcome").asText()).isEqualTo("filtered");
        assertThat(story.path("detail").asText()).contains(tool + ": namespace-denied");
        assertThat(tasks(tool)).isEmpty();
    }

    @Test
    void leavesTheSideTagsOfOthersAlone() {
        JsonNode story = busDelivery(koji.tellTagged("f45-build-side-1", library, library + "-1.0-1", 1));

        assertThat(story.path("outcome").asText()).isEqualTo("ignored");
        assertThat(story.path("reason").asText()).isEqualTo("unknown-side-tag");
        assertThat(pagure.calls("GET /api/0/rpms/" + library)).isEmpty();
    }

    private void isReleasedWithTheLibrary() {
        configured(tool, """
                jobs:
                  - job: koji_build
                    trigger: commit
                    dist_git_branches: [f45]
                    allowed_committers: [ada]
                    sidetag_group: GROUP
                  - job: bodhi_update
                    trigger: koji_build
                    dist_git_branches: [fedora-all]
                    sidetag_group: GROUP
                    dependencies: [LIBRARY]
                """);
    }

    private void areUpdatedTogether(Task first, Task second) {
        isShown(tool, "bodhi-update", "success");
        String update = String.valueOf(world.bodhi.updates().get(tool + "-1.0-" + second.id()));
        assertThat(world.bodhi.updates()).containsEntry(library + "-1.0-" + first.id(), update);
        assertThat(world.bodhi.sideTags()).containsEntry(update, first.target());
        eventually().untilAsserted(() -> assertThat(koji.sideTags()).doesNotContain(first.target()));
    }

    @Test
    void makesOneUpdateOnceAllPackagesAreInTheSideTag() {
        isReleasedWithTheLibrary();
        isPushed(tool);
        Task second = isBuilt(tool);
        JsonNode waiting = isToldAgain(tool, second);
        new DeliveryStory(api, waiting.path("id").asText()).jobIsEventually("skipped");
        assertThat(world.bodhi.updates()).doesNotContainKey(tool + "-1.0-" + second.id());

        isPushed(library);
        Task first = isBuilt(library);

        assertThat(first.target()).isEqualTo(second.target());
        areUpdatedTogether(first, second);
        isPushed(library).jobEventuallyWaits();
        assertThat(tasks(library).get(1).target()).isNotEqualTo(first.target());
    }

    @Test
    void makesOneUpdateOfASideTagWhenTheAnswerOfBodhiIsLost() {
        isReleasedWithTheLibrary();
        isPushed(tool);
        Task second = isBuilt(tool);
        isShown(tool, "koji-build", "success");
        world.bodhi.faults().dropAfter("POST /updates/", 1);

        isPushed(library);

        areUpdatedTogether(isBuilt(library), second);
        assertThat(world.bodhi.calls("POST /updates/").stream()
                        .filter(call -> call.body().contains(second.target())))
                .hasSize(1);
    }

    @Test
    void makesTheUpdateOnCommandWhenNobodyHeardOfABuild() {
        isReleasedWithTheLibrary();
        isPushed(tool);
        Task second = isBuilt(tool);
        isShown(tool, "koji-build", "success");
        isPushed(library).jobEventuallyWaits();
        koji.loseMessages();
        Task first = isBuilt(library);
        koji.tellMessages();

        isSaid(tool, "/packit create-update").jobIsEventually("succeeded");

        areUpdatedTogether(first, second);
        koji.tellAgain(first.id(), "CLOSED", "OPEN");
        isShown(library, "koji-build", "success");
    }

    /** By a packager, below a pull request of the package to f45 whose head is the one of the branch. */
    private DeliveryStory isSaid(String name, String command) {
        String project = "rpms/" + name;
        pagure.addMember(project, "grace", "commit");
        pagure.addPullRequest(project, 3, head(name), "ada", "fork/ada/" + project, "f45");
        return DeliveryStory.accepted(
                api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.commented(project, 3, "grace", command)));
    }

    @Test
    void tagsWhatWasReleasedOnCommandSoThatOthersGoOn() {
        hasOnItsBranch(tool, commit());
        hasOnItsBranch(library, commit());
        koji.tagged("f45-updates", library, library + "-0.9-1.fc45");

        isSaid(library, "/packit koji-tag").jobIsEventually("succeeded");

        Task task = isBuilt(tool);
        assertThat(koji.sideTags()).contains(task.target());
        isShown(library, "koji-tag", "success");
    }

    @Test
    void tagsABuildOnceWhenTheAnswerOfKojiIsLost() {
        hasOnItsBranch(library, commit());
        koji.tagged("f45-updates", library, library + "-0.9-1.fc45");
        koji.taggings().hold();
        koji.faults().dropAfter("POST /kojihub tagBuild", 1);

        DeliveryStory story = isSaid(library, "/packit koji-tag");

        story.jobIsEventually("succeeded");
        koji.taggings().release();
        isShown(library, "koji-tag", "success");
        assertThat(koji.calls("POST /kojihub tagBuild").stream()
                        .filter(call -> call.body().contains(library + "-0.9-1.fc45")))
                .hasSize(1);
    }

    @Test
    void tagsForAllBranchesOfTheJobOnCommand() {
        hasOnItsBranch(library, commit());
        configured(library, """
                jobs:
                  - {job: koji_build, trigger: commit, dist_git_branches: [f43, main], sidetag_group: GROUP}
                """);
        koji.tagged("f43", library, library + "-0.8-1.fc43");
        koji.tagged("f46", library, library + "-0.9-1.fc46");
        int before = koji.sideTags().size();

        isSaid(library, "/packit koji-tag --all-branches")
                .toldOnce(told -> told.at("/jobs/0/outcome").asText().equals("succeeded")
                        && told.at("/jobs/1/outcome").asText().equals("succeeded"));

        assertThat(koji.sideTags().subList(before, before + 2))
                .anyMatch(name -> name.startsWith("f43-build-side-"))
                .anyMatch(name -> name.startsWith("f46-build-side-"));
    }

    @Test
    void saysThatNothingWasReleased() {
        hasOnItsBranch(library, commit());

        isSaid(library, "/packit koji-tag").jobIsEventually("failed");

        isShown(library, "koji-tag", "failure");
    }

    @Test
    void tellsInAnIssueThatADependentWasNotBuiltAndBuildsItAgainThere() {
        String issues = "flow/issues-of-" + tool;
        github.addRepository(issues, false);
        github.addCollaborator(issues, "grace", "write");
        configured(tool, """
                issue_repository: %s/%s
                jobs:
                  - {job: koji_build, trigger: koji_build, dist_git_branches: [f45], sidetag_group: GROUP}
                """.formatted(github.url(), issues));
        hasOnItsBranch(tool, commit());
        isPushed(library);
        Task first = isBuilt(library);
        eventually().untilAsserted(() -> assertThat(tasks(tool)).hasSize(1));
        koji.move(tasks(tool).get(0).id(), "FAILED");
        var opened = eventually().until(() -> github.issues(issues), found -> found.size() == 1);
        assertThat(opened.get(0).title()).contains(tool, "f45", head(tool).substring(0, 7));
        // which job the issue is about is known when the work that opened it is over
        nothingIsLeftInAnyQueue();

        webhooks.send(webhooks.comment(issues, opened.get(0).number(), "grace", "/packit koji-build"));

        eventually().untilAsserted(() -> assertThat(tasks(tool)).hasSize(2));
        assertThat(tasks(tool).get(1).target()).isEqualTo(first.target());
        koji.move(tasks(tool).get(1).id(), "CLOSED");
        eventually()
                .untilAsserted(
                        () -> assertThat(github.comments(issues, opened.get(0).number()))
                                .extracting(IssueComment::body)
                                .anySatisfy(answer -> assertThat(answer).contains("RPMs were built successfully.")));
    }

    @Test
    void goesOnWithTheDependentsOfAllThatIsInTheSideTag() {
        String other = "other" + number;
        pagure.addProject("rpms/" + other, false);
        api.allow("127.0.0.1/rpms/" + other, "approved-manually");
        String alone = """
                jobs:
                  - job: koji_build
                    trigger: commit
                    dist_git_branches: [f45]
                    allowed_committers: [ada]
                    sidetag_group: GROUP
                """;
        configured(other, alone);
        configured(tool, """
                jobs:
                  - job: koji_build
                    trigger: koji_build
                    dist_git_branches: [f45]
                    sidetag_group: GROUP
                    dependencies: [LIBRARY, %s]
                """.formatted(other));
        hasOnItsBranch(tool, commit());
        isPushed(library);
        JsonNode told = isToldAgain(library, isBuilt(library));
        new DeliveryStory(api, told.path("id").asText()).jobIsEventually("skipped");
        assertThat(tasks(tool)).isEmpty();
        isShown(tool, "koji-build", "pending");

        isPushed(other);
        isBuilt(other);

        isBuilt(tool);
        isShown(tool, "koji-build", "success");
    }
}
