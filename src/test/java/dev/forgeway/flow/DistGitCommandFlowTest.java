package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Response;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What packagers command below pull requests of dist-git. */
@FlowTest
class DistGitCommandFlowTest extends DistGitPullRequestFlow {

    private static final String CONFIG = """
            jobs:
              - {job: koji_build, trigger: commit, dist_git_branches: [fedora-all], allowed_committers: [nobody]}
              - {job: koji_build, trigger: commit, dist_git_branches: [f45], require: {label: {present: [ready]}}}
              - {job: bodhi_update, trigger: commit, dist_git_branches: [fedora-branched]}
            """;

    private static final AtomicInteger PACKAGES = new AtomicInteger();

    private final String ofBranch = commit();

    DistGitCommandFlowTest() {
        super("commanded" + PACKAGES.incrementAndGet());
    }

    @BeforeEach
    void isBuiltFromItsBranches() {
        pagure.putFile(project, "main", ".packit.yaml", CONFIG);
        pagure.putBranch(project, "f45", ofBranch);
    }

    @Test
    void buildsWhatIsOnTheBranchAndUpdatesToIt() {
        var command = says("grace", "/packit koji-build");

        JsonNode story =
                command.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        assertThat(story.path("jobs")).hasSize(2);
        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.source()).isEqualTo("git+" + pagure.url() + "/" + project + ".git#" + ofBranch);
            assertThat(task.target()).isEqualTo("f45-candidate");
            assertThat(task.scratch()).isFalse();
        });
        koji.move(tasks().get(0).id(), "CLOSED");
        isShown("koji-build:f45:f45-candidate", "success");
        isShown("bodhi-update:f45:f45-candidate", "success");
        assertThat(world.bodhi.updates())
                .containsKey(name + "-1.0-" + tasks().get(0).id());
    }

    @Test
    void goesOnWithTheBuildOfABranchWhenThePullRequestIsPushedTo() {
        var command = says("grace", "/packit koji-build");
        command.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        pagure.addPullRequest(project, NUMBER, commit(), "ada", "fork/ada/" + project, "f45");

        DeliveryStory.accepted(api, pagure.send(api.webhooks("pagure"), World.SECRET, pagure.pushedTo(project, NUMBER)))
                .isEventually("filtered", "no-package-config");

        koji.move(tasks().get(0).id(), "CLOSED");
        isShown("koji-build:f45:f45-candidate", "success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"koji-build", "create-update", "pull-from-upstream --version 2.0"})
    void isForPackagersAloneWhoeverWroteThePullRequest(String command) {
        says("ada", "/packit " + command).isEventually("filtered", "actor-not-allowed");

        isAnswered("`ada`", "packagers");
        assertThat(tasks()).isEmpty();
    }

    @Test
    void saysForWhichBranchesNothingIsBuilt() {
        pagure.addPullRequest(project, NUMBER, head, "ada", "fork/ada/" + project, "f40");

        says("grace", "/packit koji-build").isEventually("filtered", "ref-mismatch");

        isAnswered("f40 is none of the branches");
    }

    @Test
    void makesAnUpdateOfTheNewestBuildWhoeverBuiltIt() {
        koji.tagged("f45-updates-candidate", name, name + "-2.0-1.fc45");

        says("grace", "/packit create-update").jobIsEventually("succeeded");

        assertThat(world.bodhi.updates()).containsKey(name + "-2.0-1.fc45");
        isShown("bodhi-update:f45:f45-candidate", "success");
    }

    @Test
    void saysThatThereIsNothingToUpdateTo() {
        says("grace", "/packit create-update").jobIsEventually("failed");

        isShown("bodhi-update:f45:f45-candidate", "failure");
    }

    @ParameterizedTest
    @CsvSource({
        "upstream-koji-build, no-package-config",
        "build,               no-package-config",
        "pull-from-upstream,  no-matching-job"
    })
    void doesNothingThatTheConfigDoesNotSay(String command, String reason) {
        says("grace", "/packit " + command).isEventually("filtered", reason);
    }

    @Test
    void helpsWithWhatPackagersCanCommand() {
        pagure.putFile(project, head, ".packit.yaml", CONFIG);

        says("ada", "/packit help");

        isAnswered("`/packit koji-build`", "`/packit create-update`");
    }

    private void isReleased(String version) {
        world.distGit.packageFiles(name, "f45", Map.of(name + ".spec", """
                        Name: %s
                        Version: 1.0
                        Release: %%autorelease
                        Source0: %s/archives/%%{name}-%%{version}.tar.gz
                        """.formatted(name, world.distGit.url())));
        world.distGit.archive(name + "-" + version + ".tar.gz", "version " + version);
    }

    @Test
    void pullsTheVersionThatIsNamed() {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs: [{job: pull_from_upstream, trigger: release, dist_git_branches: [f45]}]
                """);
        isReleased("1.5");

        says("grace", "/packit pull-from-upstream --version 1.5 --resolve-bug rhbz#12,rhbz#13")
                .jobIsEventually("succeeded");

        assertThat(world.distGit.pullRequests(name)).singleElement().satisfies(made -> {
            assertThat(made.from()).isEqualTo("1.5-f45-pull_from_upstream");
            assertThat(made.text()).contains("Resolves: rhbz#12\n", "Resolves: rhbz#13\n");
        });
        isAnswered("proposed to f45");
    }

    @Test
    void pullsTheLatestReleaseOfUpstreamByTheConfigOfThePullRequest() {
        String upstream = "flow/upstream-of-" + name;
        github.addRepository(upstream, false);
        github.putTag(upstream, "v1.6", commit());
        pagure.putFile(project, head, ".packit.yaml", """
                upstream_project_url: %s/%s
                jobs: [{job: pull_from_upstream, trigger: release, dist_git_branches: [f45]}]
                """.formatted(github.url(), upstream));
        isReleased("1.6");

        says("grace", "/packit pull-from-upstream --with-pr-config").jobIsEventually("succeeded");

        assertThat(world.distGit.pullRequests(name)).hasSize(1);
    }

    @Test
    void pullsTheNewestVersionThatAnityaKnowsWhereTheConfigNamesNoUpstream() {
        pagure.putFile(project, "main", ".packit.yaml", """
                upstream_tag_exclude: 9.*
                jobs: [{job: pull_from_upstream, trigger: release, dist_git_branches: [f45]}]
                """);
        isReleased("1.10");
        world.anitya.knows(name, "9.0", "1.9", "1.10");
        world.anitya.faults().answer("GET /api/v2/packages/", 1, Response.json(503, Map.of("error", "later")));

        says("grace", "/packit pull-from-upstream").jobIsEventually("succeeded");

        assertThat(world.distGit.pullRequests(name))
                .singleElement()
                .satisfies(made -> assertThat(made.from()).isEqualTo("1.10-f45-pull_from_upstream"));
    }

    @Test
    void asksForTheVersionWhereNobodyTellsIt() {
        pagure.putFile(project, "main", ".packit.yaml", """
                jobs: [{job: pull_from_upstream, trigger: release, dist_git_branches: [f45]}]
                """);

        says("grace", "/packit pull-from-upstream").jobIsEventually("failed");

        isAnswered("`--version`");
    }
}
