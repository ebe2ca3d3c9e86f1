package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.HttpSimulator;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.PagureSimulator;
import dev.forgeway.simulator.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is pushed to the dist-git of a package is built in Koji. */
@FlowTest
class DistGitFlowTest extends Flow {

    private static final AtomicInteger PACKAGES = new AtomicInteger();
    private static final int PULL_REQUEST = 5;

    private final String project = "rpms/package" + PACKAGES.incrementAndGet();
    private final String commit =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    private PagureSimulator pagure;

    @BeforeEach
    void isApproved() {
        pagure = world.pagure;
        pagure.addProject(project, false);
        api.allow("127.0.0.1/" + project, "approved-manually");
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs:
                  - job: koji_build
                    trigger: commit
                    dist_git_branches: [fedora-all, epel-9]
                    allowed_pr_authors: [packit, all_admins]
                    allowed_committers: [ada]
                """);
    }

    private DeliveryStory isPushed(String branch, String account, @Nullable Integer merged) {
        return DeliveryStory.accepted(
                api,
                pagure.send(
                        api.webhooks("pagure"), World.SECRET, pagure.pushed(project, branch, commit, account, merged)));
    }

    private DeliveryStory pullRequestIsMerged(String author) {
        pagure.addPullRequest(project, PULL_REQUEST, commit, author, "fork/" + author + "/" + project);
        return isPushed("rawhide", "pagure", PULL_REQUEST);
    }

    private List<Task> tasks() {
        return koji.tasks().stream()
                .filter(task -> task.source().endsWith("#" + commit))
                .toList();
    }

    private Task taskOf(JsonNode job) {
        assertThat(tasks())
                .singleElement()
                .satisfies(task -> assertThat(job.path("externalId").asLong()).isEqualTo(task.id()));
        return tasks().get(0);
    }

    @Test
    void buildsThePushOfAnAccountThatIsAllowed() {
        var pushed = isPushed("f45", "ada", null);

        Task task = taskOf(pushed.jobEventuallyWaits());
        assertThat(task.source()).isEqualTo("git+" + pagure.url() + "/" + project + ".git#" + commit);
        assertThat(task.target()).isEqualTo("f45-candidate");
        assertThat(task.scratch()).isFalse();
        koji.move(task.id(), "OPEN");
        koji.move(task.id(), "CLOSED");
        pushed.jobIsEventually("succeeded");
        eventually()
                .untilAsserted(() -> assertThat(pagure.statuses(project, commit))
                        .extracting(CommitStatus::name, CommitStatus::state)
                        .containsExactly(tuple("koji-build:f45:f45-candidate", "success")));
    }

    @ParameterizedTest
    @CsvSource({
        "f45,     eve, actor-not-allowed, committer eve is none of [ada]",
        "f40,     ada, no-matching-job,   'f40 is none of the branches [f43, f44, f45, main, epel9]'"
    })
    void buildsNoOtherPush(String branch, String account, String reason, String detail) {
        JsonNode story = isPushed(branch, account, null).isEventually("filtered", reason);

        assertThat(story.path("detail").asText()).startsWith(detail);
    }

    @Test
    void buildsThePullRequestOfAnAuthorWhoIsAllowed() {
        Task task = taskOf(pullRequestIsMerged("packit").jobEventuallyWaits());

        assertThat(task.target()).isEqualTo("rawhide");
    }

    @ParameterizedTest
    @CsvSource({"all_admins, admin", "all_committers, admin", "all_committers, commit"})
    void buildsThePullRequestOfAMemberOfTheProject(String allowed, String level) {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs: [{job: koji_build, trigger: commit, dist_git_branches: [main], allowed_pr_authors: [%s]}]
                """.formatted(allowed));
        pagure.addMember(project, "grace", level);

        pullRequestIsMerged("grace").jobEventuallyWaits();

        assertThat(tasks()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ken, ''", "edsger, actor-not-allowed"})
    void buildsThePullRequestOfAMemberOfAGroupThatIsAllowed(String author, String reason) {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs:
                  - job: koji_build
                    trigger: commit
                    dist_git_branches: [main]
                    allowed_pr_authors: ["@nobody-knows-it", "@no/name", "@cloud-sig"]
                """);
        pagure.group("cloud-sig", "ken");

        DeliveryStory merged = pullRequestIsMerged(author);

        if (reason.isEmpty()) {
            merged.jobEventuallyWaits();
        } else {
            merged.isEventually("filtered", reason);
        }
        assertThat(tasks()).hasSize(reason.isEmpty() ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"rawhide, rawhide", "rawhide, main", "fedora-rawhide, rawhide", "main, rawhide"})
    void knowsTheBranchOfRawhideByAllItsNames(String configured, String branch) {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs: [{job: koji_build, trigger: commit, dist_git_branches: [%s], allowed_committers: [ada]}]
                """.formatted(configured));

        Task task = taskOf(isPushed(branch, "ada", null).jobEventuallyWaits());

        assertThat(task.target()).isEqualTo("rawhide");
    }

    @Test
    void buildsNoPullRequestOfAnybodyElse() {
        pagure.addMember(project, "edsger", "commit");

        pullRequestIsMerged("edsger").isEventually("filtered", "actor-not-allowed");
    }

    @Test
    void findsTheTaskOfWhichTheAnswerWasLost() {
        koji.faults().dropAfter("POST /kojihub", 3);

        var pushed = isPushed("f45", "ada", null);

        taskOf(pushed.jobEventuallyWaits());
    }

    private String updatedAfter(String state) {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs:
                  - {job: koji_build, trigger: commit, dist_git_branches: [fedora-all], allowed_committers: [ada]}
                  - {job: bodhi_update, trigger: commit, dist_git_branches: [fedora-branched], bodhi_extra_params: {stable_days: 3}}
                """);
        var pushed = isPushed("f45", "ada", null);
        pushed.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting")
                && told.at("/jobs/1/state").asText().equals("blocked"));
        Task task = tasks().get(0);
        koji.move(task.id(), state);
        return project.replace("rpms/", "") + "-1.0-" + task.id();
    }

    private JsonNode somebodyBuilds(String owner, String target, String state) {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs:
                  - {job: bodhi_update, trigger: commit, dist_git_branches: [fedora-branched], allowed_builders: [ada, all_admins],
                     bodhi_extra_params: {stable_days: 3}}
                """);
        pagure.addMember(project, "grace", "admin");
        String name = project.replace("rpms/", "");
        long task = koji.buildOfSomebodyElse("git+https://x/rpms/" + name + ".git#" + commit, target)
                .id();
        return busDelivery(world.bus.publish("org.fedoraproject.prod.buildsys.build.state.change", """
                {"attribute": "state", "old": 0, "new": %s, "name": "%s", "version": "3.0", "release": "1.fc45",
                 "epoch": null, "instance": "primary", "owner": "%s", "build_id": %d, "task_id": %d,
                 "task": {"method": "build"},
                 "request": ["git+https://x/rpms/%s.git#%s", "%s", {}]}
                """.formatted(
                        state, name, owner, task + 7, task, name, commit, target)));
    }

    @ParameterizedTest
    @CsvSource({"ada", "grace"})
    void makesAnUpdateOfABuildOfSomebodyWhoIsAllowed(String owner) {
        assertThat(somebodyBuilds(owner, "f45-candidate", "1").path("outcome").asText())
                .isEqualTo("dispatched");

        updateIsShown("success");
        updateWaitsForThreeDays(project.replace("rpms/", "") + "-3.0-1.fc45");
    }

    private void updateWaitsForThreeDays(String nvr) {
        assertThat(world.bodhi.updates()).containsKey(nvr);
        assertThat(world.bodhi.calls("POST /updates/"))
                .filteredOn(call -> call.body().contains(nvr))
                .singleElement()
                .satisfies(call -> assertThat(call.body()).contains("\"stable_days\":3"));
    }

    @ParameterizedTest
    @CsvSource({
        "eve, f45-candidate,   1, filtered, actor-not-allowed",
        "ada, f40-candidate,   1, filtered, no-matching-job",
        "ada, f45-build-side-7,1, filtered, no-matching-job",
        "ada, f45-candidate,   3, ignored,  no-handler"
    })
    void makesNoUpdateOfAnyOtherBuild(String owner, String target, String state, String outcome, String reason) {
        JsonNode story = somebodyBuilds(owner, target, state);

        assertThat(story.path("outcome").asText()).isEqualTo(outcome);
        assertThat(story.path("reason").asText()).isEqualTo(reason);
    }

    @Test
    void makesNoUpdateOfItsOwnBuildsWhereOthersAreToBuild() {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs:
                  - {job: koji_build, trigger: commit, dist_git_branches: [fedora-all], allowed_committers: [ada]}
                  - {job: bodhi_update, trigger: commit, dist_git_branches: [fedora-branched], allowed_builders: [grace]}
                """);

        var pushed = isPushed("f45", "ada", null);

        JsonNode story =
                pushed.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        assertThat(story.path("jobs")).hasSize(1);
        koji.move(tasks().get(0).id(), "CLOSED");
        pushed.jobIsEventually("succeeded");
    }

    @Test
    void followsItsOwnBuildByItsTaskAlone() {
        var pushed = isPushed("f45", "ada", null);
        Task task = taskOf(pushed.jobEventuallyWaits());
        String name = project.replace("rpms/", "");

        JsonNode story = busDelivery(world.bus.publish(
                "org.fedoraproject.prod.buildsys.build.state.change", """
                {"attribute": "state", "old": 0, "new": 1, "name": "%s", "version": "1.0", "release": "1",
                 "instance": "primary", "owner": "packit", "build_id": 9, "task_id": %d, "task": {"method": "build"},
                 "request": ["%s", "f45-candidate", {}]}
                """.formatted(name, task.id(), task.source())));

        assertThat(story.path("reason").asText()).isEqualTo("own-action");
        koji.move(task.id(), "CLOSED");
        pushed.jobIsEventually("succeeded");
    }

    private void updateIsShown(String state) {
        eventually()
                .untilAsserted(() -> assertThat(pagure.statuses(project, commit))
                        .filteredOn(status -> status.name().equals("bodhi-update:f45:f45-candidate"))
                        .extracting(CommitStatus::state)
                        .containsExactly(state));
    }

    @Test
    void makesAnUpdateOfABuildThatSucceeded() {
        String nvr = updatedAfter("CLOSED");

        updateIsShown("success");
        updateWaitsForThreeDays(nvr);
    }

    @Test
    void makesNoUpdateOfABuildThatFailed() {
        String nvr = updatedAfter("FAILED");

        updateIsShown("error");
        assertThat(world.bodhi.updates()).doesNotContainKey(nvr);
    }

    @Test
    void makesOneUpdateWhenTheAnswerOfBodhiIsLost() {
        world.bodhi.faults().dropAfter("POST /updates/", 1);

        String nvr = updatedAfter("CLOSED");

        updateIsShown("success");
        assertThat(world.bodhi.updates()).containsKey(nvr);
        assertThat(world.bodhi.calls("POST /updates/").stream()
                        .filter(call -> call.body().contains(nvr)))
                .hasSize(1);
    }

    @Test
    void makesOneUpdateWhileEveryFifthCallFails() {
        for (HttpSimulator service : List.of(world.bodhi, koji, pagure)) {
            service.faults().failRandomly(0.2, 8, Response.json(503, Map.of("message", "Try again later")));
        }

        String nvr = updatedAfter("CLOSED");

        updateIsShown("success");
        assertThat(tasks()).hasSize(1);
        assertThat(world.bodhi.calls("POST /updates/"))
                .filteredOn(call -> call.body().contains(nvr) && call.status() != 503)
                .singleElement()
                .satisfies(call -> assertThat(call.status()).isLessThan(300));
        for (HttpSimulator service : List.of(world.bodhi, koji, pagure)) {
            assertThat(service.calls("")).anyMatch(call -> call.status() == 503);
        }
    }
}
