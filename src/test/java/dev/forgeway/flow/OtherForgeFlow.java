package dev.forgeway.flow;

import static dev.forgeway.flow.OtherForgeStory.AUTHOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.IssueComment;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stories that are the same on every forge beside GitHub. */
abstract class OtherForgeFlow extends Flow {

    static final String CHECK = "rpm-build:" + RAWHIDE;

    private final String source;
    private final String namespace;

    /** @param source the wire name of the forge */
    OtherForgeFlow(String source, String namespace) {
        this.source = source;
        this.namespace = namespace;
    }

    abstract TokenForgeSimulator forge();

    /** The state that says so, in the forge's own words. */
    abstract String failed();

    /** The role of those who may write, in the forge's own words. */
    abstract String writer();

    @BeforeEach
    void approve() {
        api.allow("127.0.0.1/" + namespace.replaceFirst("/.*", ""), "approved-manually");
    }

    OtherForgeStory pullRequest() {
        return pullRequestFrom(namespace);
    }

    OtherForgeStory pullRequestFrom(String fork) {
        return new OtherForgeStory(world, api, source, forge(), namespace, fork);
    }

    @Test
    void buildsAPullRequestAndShowsHowItEnds() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        copr.faults().holdAnswer(CREATE_BUILD, 1);

        var delivery = pullRequest.opens();
        eventually()
                .untilAsserted(() -> assertThat(pullRequest.statusHistory())
                        .extracting(CommitStatus::description)
                        .containsExactly("The task was accepted."));
        copr.faults().clear();

        var build = pullRequest.builds(1).get(0);
        assertThat(build.chroots()).containsOnlyKeys(RAWHIDE);
        assertThat(build.script())
                .contains(
                        "--pr-id " + pullRequest.number() + " --merge-pr --target-branch='main' --merged-ref='main' ",
                        "--ref " + pullRequest.head(),
                        "'" + forge().url() + "/" + pullRequest.project() + "'");
        copr.finishBuild(build.id(), true);
        delivery.jobIsEventually("succeeded");
        pullRequest.statusIsEventually(CHECK, "success");
        List<CommitStatus> shown = pullRequest.statusHistory();
        assertThat(shown.get(shown.size() - 1).targetUrl()).endsWith("/coprs/build/" + build.id() + "/");
    }

    @Test
    void showsABuildThatFails() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");

        pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), false);
        pullRequest.statusIsEventually(CHECK, failed());
    }

    @Test
    void buildsAgainOnCommand() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        pullRequest.opens();
        copr.finishBuild(pullRequest.builds(1).get(0).id(), false);
        pullRequest.statusIsEventually(CHECK, failed());

        var comment = pullRequest.isCommentedBy(AUTHOR, "Once more, please.\n\n/packit build\n");

        Build again = pullRequest.builds(2).get(1);
        assertThat(again.script()).contains(" --target-branch='main' ");
        copr.finishBuild(again.id(), true);
        comment.jobIsEventually("succeeded");
        pullRequest.statusIsEventually(CHECK, "success");
    }

    @Test
    void buildsWhatHasTheLabelThatAJobRequires() {
        var pullRequest = pullRequest().brings(".packit.yaml", """
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [fedora-rawhide]
                    require: {label: {present: [ready]}}
                """);

        pullRequest.opens().isEventually("filtered", "label-mismatch");
        pullRequest.labelled("ready").opens().jobEventuallyWaits();
        pullRequest.isCommentedBy(AUTHOR, "/packit build").jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(2);
    }

    @Test
    void answersAStrangerWhoMayNotCommandWithNothingButWords() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");

        pullRequest.isCommentedBy("stranger", "/packit build").isEventually("filtered", "actor-not-allowed");

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains("stranger");
        assertThat(pullRequest.builds()).isEmpty();
    }

    @Test
    void answersTheHelpCommandOnceEvenWhenTheForgesAnswerIsLost() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        forge().faults().dropAfter(commentCall(), 1);

        pullRequest.isCommentedBy(AUTHOR, "/packit help").jobIsEventually("succeeded");

        List<IssueComment> comments = eventually().until(pullRequest::comments, found -> found.size() > 1);
        assertThat(comments).hasSize(2);
        assertThat(comments.get(1).body()).contains("`/packit help`");
    }

    /** The beginning of the call that adds a comment. */
    abstract String commentCall();

    @Test
    void answersTheHelpCommandOnAnIssue() {
        var project = pullRequest().mainBuiltFor("fedora-rawhide");

        project.issueIsCommentedBy(AUTHOR, "/packit help").jobIsEventually("succeeded");

        List<IssueComment> comments = eventually().until(project::commentsOnIssue, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains("`/packit help`", "`.packit.yaml`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit biuld                | grace    | unknown-command   | Did you mean `/packit build`?
            /packit propose-downstream x | grace    | invalid-command   | cannot do anything with `x`
            /packit propose-downstream   | grace    | no-matching-job   | No job of the package config runs for
            /packit propose-downstream   | stranger | actor-not-allowed | `stranger` may not ask for work here
            """)
    void answersACommandOnAnIssueThatItCannotFollow(String command, String author, String reason, String answer) {
        var project = pullRequest().mainBuiltFor("fedora-rawhide");
        forge().addMember(project.project(), "grace", writer());

        project.issueIsCommentedBy(author, command).isEventually("filtered", reason);

        List<IssueComment> comments = eventually().until(project::commentsOnIssue, found -> found.size() == 2);
        assertThat(comments.get(1).body()).contains(answer);
    }

    static String buildOn(String trigger) {
        return "jobs:\n  - {job: copr_build, trigger: " + trigger + ", targets: [fedora-rawhide]}\n";
    }

    @Test
    void buildsWhatIsPushedToTheDefaultBranch() {
        var project = pullRequest().brings(".packit.yaml", buildOn("commit"));

        var delivery = project.isPushedToMain();

        var build = project.buildOf("main");
        assertThat(build.script()).contains("--ref " + project.head());
        copr.finishBuild(build.id(), true);
        delivery.jobIsEventually("succeeded");
        project.statusIsEventually("rpm-build:main:" + RAWHIDE, "success");
    }

    /** On the forges that have releases beside tags. */
    void aReleaseIsBuilt() {
        var project = pullRequest().brings(".packit.yaml", buildOn("release"));

        var delivery = project.isReleased("v1.0");

        copr.finishBuild(project.buildOf("releases").id(), true);
        delivery.jobIsEventually("succeeded");
        project.statusIsEventually("rpm-build:v1.0:" + RAWHIDE, "success");
    }

    @Test
    void testsWhatItBuilt() {
        var pullRequest = pullRequest()
                .brings(".packit.yaml", TestsStory.config("fedora-rawhide"))
                .brings(".fmf/version", "1\n");
        var tests = new TestsStory(farm, pullRequest.project());
        String check = "testing-farm:" + RAWHIDE;

        pullRequest.opens();

        pullRequest.statusIsEventually(check, "pending");
        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        var request = tests.requests(1).get(0);
        assertThat(request.body().at("/test/tmt/url").asText()).isEqualTo(forge().url() + "/" + pullRequest.project());
        assertThat(request.body().at("/test/tmt/ref").asText()).isEqualTo(pullRequest.head());
        farm.complete(request.id(), "failed");
        pullRequest.statusIsEventually(check, failed());
    }

    @Test
    void buildsInKoji() {
        var pullRequest = pullRequest().brings(".packit.yaml", """
                jobs:
                  - {job: upstream_koji_build, trigger: pull_request, scratch: true, targets: [fedora-rawhide]}
                """);

        var delivery = pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        long task = eventually().until(() -> kojiTask(delivery), found -> found > 0);
        koji.move(task, "OPEN");
        koji.move(task, "CLOSED");
        pullRequest.statusIsEventually("koji-build:rawhide", "success");
    }

    /** 0 until there is one. */
    private static long kojiTask(DeliveryStory delivery) {
        for (JsonNode job : delivery.told().path("jobs")) {
            if (job.path("handler").asText().equals("koji-build")) {
                return job.path("externalId").asLong();
            }
        }
        return 0;
    }

    @Test
    void repeatsWhatACommandAsksFor() {
        var pullRequest = pullRequest()
                .brings(".packit.yaml", TestsStory.config("fedora-rawhide") + """
                          - job: upstream_koji_build
                            trigger: pull_request
                            scratch: true
                            targets: [fedora-rawhide]
                            manual_trigger: true
                        """)
                .brings(".fmf/version", "1\n");
        var tests = new TestsStory(farm, pullRequest.project());
        String tested = "testing-farm:" + RAWHIDE;
        pullRequest.opens();
        copr.finishBuild(pullRequest.builds(1).get(0).id(), false);
        pullRequest.statusIsEventually(CHECK, failed());
        pullRequest.statusIsEventually(tested, failed());

        pullRequest.isCommentedBy(AUTHOR, "/packit rebuild-failed");
        copr.finishBuild(pullRequest.builds(2).get(1).id(), true);
        pullRequest.statusIsEventually(CHECK, "success");
        var request = tests.requests(1).get(0);
        // what failed before was the build
        pullRequest.statusIsEventually(tested, "pending");
        farm.complete(request.id(), "failed");
        pullRequest.statusIsEventually(tested, failed());

        pullRequest.isCommentedBy(AUTHOR, "/packit retest-failed");
        farm.complete(tests.requests(2).get(1).id(), "passed");
        pullRequest.statusIsEventually(tested, "success");

        pullRequest.isCommentedBy(AUTHOR, "/packit test");
        farm.complete(tests.requests(3).get(2).id(), "failed");
        pullRequest.statusIsEventually(tested, failed());

        var asked = pullRequest.isCommentedBy(AUTHOR, "/packit production-build");
        long task = eventually().until(() -> kojiTask(asked), found -> found > 0);
        koji.move(task, "CLOSED");
        pullRequest.statusIsEventually("koji-build:rawhide", "success");
        assertThat(pullRequest.builds()).hasSize(2);
    }

    @Test
    void passesByAProjectWithoutPackageConfig() {
        var pullRequest = pullRequest();

        pullRequest.opens().isEventually("filtered", "no-package-config");

        assertThat(pullRequest.statusHistory()).isEmpty();
        String key = "127.0.0.1/" + pullRequest.project();
        JsonNode project = projectTold(key, "found no package config at " + pullRequest.head());
        assertThat(project.path("key").asText()).isEqualTo(key);
        assertThat(project.path("allowlist").asText()).isEqualTo("approved-manually");
    }
}
