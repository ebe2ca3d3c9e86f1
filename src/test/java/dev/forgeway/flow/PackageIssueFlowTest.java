package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.GitHubIssue;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.PagureSimulator;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds and updates of dist-git that failed are told in an issue, where a comment tries again. */
@FlowTest
class PackageIssueFlowTest extends Flow {

    private final String commit = commit();
    private final String fixed = commit();
    private final String name = "told-" + commit.substring(0, 8);
    private final String project = "rpms/" + name;
    private final String issues = "flow/issues-of-" + name;

    private static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    private void isPackaged(String site) {
        PagureSimulator pagure = world.pagure;
        pagure.addProject(project, false);
        api.allow("127.0.0.1/" + project, "approved-manually");
        pagure.putFile(project, "main", ".packit.yaml", """
                issue_repository: %s/%s
                notifications: {failure_comment: {message: "@ada: {commit_sha} is broken, {logs_url}"}}
                jobs:
                  - {job: koji_build, trigger: commit, dist_git_branches: [fedora-all], allowed_committers: [ada]}
                  - {job: bodhi_update, trigger: commit, dist_git_branches: [fedora-branched]}
                """.formatted(site, issues));
    }

    private void isPackagedWithIssuesOnGitHub() {
        github.addRepository(issues, false);
        github.addCollaborator(issues, "grace", "write");
        isPackaged(github.url().toString());
    }

    private DeliveryStory isPushed() {
        var pushed = DeliveryStory.accepted(
                api,
                world.pagure.send(
                        api.webhooks("pagure"),
                        World.SECRET,
                        world.pagure.pushed(project, "f45", commit, "ada", null)));
        pushed.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        return pushed;
    }

    private DeliveryStory says(String account, String text) {
        return DeliveryStory.accepted(api, webhooks.send(webhooks.comment(issues, issue().number(), account, text)));
    }

    private GitHubIssue issue() {
        return eventually()
                .until(() -> github.issues(issues), found -> found.size() == 1)
                .get(0);
    }

    private List<Task> tasksOf(String built) {
        return koji.tasks().stream()
                .filter(task -> task.source().endsWith("/" + name + ".git#" + built))
                .toList();
    }

    private void buildFails() {
        isPushed();
        koji.move(tasksOf(commit).get(0).id(), "FAILED");
        assertThat(issue().title()).contains(name, "f45");
        isRemembered();
    }

    /** Which job an issue is about is known when the work that opened it is over. */
    private void isRemembered() {
        nothingIsLeftInAnyQueue();
    }

    private void isAnswered(String... parts) {
        eventually()
                .untilAsserted(() -> assertThat(github.comments(issues, issue().number()))
                        .extracting(IssueComment::body)
                        .anySatisfy(answer -> assertThat(answer).contains(parts)));
    }

    @Test
    void tellsOnceThatABuildFailed() {
        isPackagedWithIssuesOnGitHub();
        github.faults().dropAfter("POST /repos/{owner}/{repo}/issues", 1);

        buildFails();

        assertThat(issue().body())
                .contains("RPMs failed to be built.", commit, "/packit koji-build", "`f45`")
                .contains("@ada: " + commit + " is broken, http");
    }

    @Test
    void buildsWhatIsOnTheBranchNowAndUpdatesToItWhenACommentAsks() {
        isPackagedWithIssuesOnGitHub();
        buildFails();
        world.pagure.putBranch(project, "f45", fixed);

        JsonNode story = says("grace", "/packit koji-build")
                .toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));

        assertThat(story.path("jobs")).hasSize(2);
        assertThat(tasksOf(fixed)).singleElement().satisfies(task -> {
            assertThat(task.target()).isEqualTo("f45-candidate");
            assertThat(task.scratch()).isFalse();
        });
        long task = tasksOf(fixed).get(0).id();
        koji.move(task, "CLOSED");
        isAnswered("`f45-candidate`: RPMs were built successfully.");
        isAnswered("was made", world.bodhi.url().toString());
        assertThat(world.bodhi.updates()).containsKey(name + "-1.0-" + task);
    }

    @Test
    void answersThatItFailedAgainInTheSameIssue() {
        isPackagedWithIssuesOnGitHub();
        buildFails();
        world.pagure.putBranch(project, "f45", fixed);

        says("grace", "/packit koji-build")
                .toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        koji.move(tasksOf(fixed).get(0).id(), "FAILED");

        isAnswered("`f45-candidate`: RPMs failed to be built.");
        nothingIsLeftInAnyQueue();
        assertThat(github.issues(issues)).hasSize(1);
    }

    @Test
    void makesTheUpdateThatBodhiRefused() {
        isPackagedWithIssuesOnGitHub();
        isPushed();
        world.bodhi.faults().answer("POST /updates/", 1, Response.json(400, Map.of("status", "error")));
        koji.move(tasksOf(commit).get(0).id(), "CLOSED");
        assertThat(issue().title()).contains("put into an update");
        isRemembered();
        koji.tagged("f45-updates-candidate", name, name + "-2.0-1.fc45");

        says("grace", "/packit create-update").jobIsEventually("succeeded");

        assertThat(world.bodhi.updates()).containsKey(name + "-2.0-1.fc45");
        isAnswered("was made");
    }

    @Test
    void refusesWhoMayNotWriteAndWhatIsNotApprovedAnyMore() {
        isPackagedWithIssuesOnGitHub();
        buildFails();

        says("eve", "/packit koji-build").isEventually("filtered", "actor-not-allowed");
        isAnswered("`eve` may not ask");

        api.allow("127.0.0.1/" + project, "denied");
        says("grace", "/packit koji-build").isEventually("filtered", "namespace-denied");
        isAnswered(project + "` may not use this service");
    }

    @Test
    void saysThatTheBranchIsGone() {
        isPackagedWithIssuesOnGitHub();
        buildFails();

        says("grace", "/packit koji-build").isEventually("filtered", "ref-mismatch");

        isAnswered("there is no branch f45");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void doesItOnEveryForge(String source) {
        TokenForgeSimulator forge = world.tokenForge(source);
        api.allow("127.0.0.1/flow", "approved-manually");
        forge.addProject(issues, false);
        forge.addMember(
                issues, "grace", source.equals("gitlab") ? "developer" : source.equals("pagure") ? "commit" : "write");
        isPackaged(forge.url().toString());
        isPushed();
        koji.move(tasksOf(commit).get(0).id(), "FAILED");
        int issue = eventually()
                .until(() -> forge.issues(issues), found -> found.size() == 1)
                .get(0)
                .number();
        isRemembered();
        world.pagure.putBranch(project, "f45", fixed);

        DeliveryStory.accepted(
                        api,
                        forge.send(
                                api.webhooks(source),
                                World.SECRET,
                                forge.commentedOnIssue(issues, issue, "grace", "/packit koji-build")))
                .toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));

        koji.move(tasksOf(fixed).get(0).id(), "FAILED");
        eventually()
                .untilAsserted(() -> assertThat(forge.comments(issues, issue))
                        .extracting(IssueComment::body)
                        .anySatisfy(answer -> assertThat(answer).contains("RPMs failed to be built.")));
    }
}
