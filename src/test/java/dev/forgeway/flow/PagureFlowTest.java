package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.Call;
import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.TokenForgeSimulator;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pull requests of Pagure. */
@FlowTest
class PagureFlowTest extends OtherForgeFlow {

    PagureFlowTest() {
        super("pagure", "containers");
    }

    @Override
    TokenForgeSimulator forge() {
        return world.pagure;
    }

    @Override
    String failed() {
        return "failure";
    }

    @Override
    String writer() {
        return "commit";
    }

    @Override
    String commentCall() {
        return "POST /api/0/{namespace}/{repo}/pull-request/{number}/comment";
    }

    @Test
    void showsTheFlagOfAForkWhereThePullRequestIs() {
        var pullRequest = pullRequestFrom("fork/ada/containers").builtFor("fedora-rawhide");

        pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        pullRequest.statusIsEventually(CHECK, "success");
    }

    @Test
    void servesAProjectOutsideOfEveryNamespace() {
        var pullRequest = new OtherForgeStory(world, api, "pagure", forge(), "", "fork/ada").builtFor("fedora-rawhide");
        api.allow("127.0.0.1/" + pullRequest.project(), "approved-manually");

        pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        pullRequest.statusIsEventually(CHECK, "success");
    }

    @Test
    void looksUpANewHeadWithTwoRequestsAndTheFileWithAnother() {
        var without = pullRequest();
        var with = pullRequest().builtFor("fedora-rawhide");

        without.opens().isEventually("filtered", "no-package-config");
        with.opens().jobEventuallyWaits();

        assertThat(readsAbout(without))
                .containsExactly(
                        "/api/0/" + without.project(), "/api/0/" + without.project() + "/tree/" + without.head());
        assertThat(readsAbout(with))
                .containsExactly(
                        "/api/0/" + with.project(),
                        "/api/0/" + with.project() + "/tree/" + with.head(),
                        "/" + with.project() + "/raw/" + with.head() + "/f/.packit.yaml");
    }

    @Test
    void asksOnceAboutTwoHundredPushesToAProjectWithoutAConfig() {
        var project = pullRequest();
        String before = OtherForgeStory.commit();

        for (int i = 0; i < 200; i++) {
            String after = OtherForgeStory.commit();
            project.isPushed(before, after, "src/file", "text " + i).isEventually("filtered", "no-package-config");
            before = after;
        }

        assertThat(readsAbout(project)).hasSize(1);
    }

    @Test
    void readsAtOnceWhatItFoundLastTime() {
        var project = pullRequest();
        String first = OtherForgeStory.commit();
        String second = OtherForgeStory.commit();
        project.isPushed(OtherForgeStory.commit(), first, ".packit.yaml", buildOn("pull_request"))
                .isEventually("filtered", "no-matching-job");
        int before = readsAbout(project).size();

        project.isPushed(first, second, ".packit.yaml", buildOn("release")).isEventually("filtered", "no-matching-job");

        assertThat(readsAbout(project).stream().skip(before))
                .as("the config, and which branch is the default one")
                .containsExactly(
                        "/" + project.project() + "/raw/" + second + "/f/.packit.yaml",
                        "/api/0/" + project.project() + "/git/branches");
    }

    @Test
    void seesAConfigThatAPushAdds() {
        var project = pullRequest();
        String first = OtherForgeStory.commit();
        project.isPushed(OtherForgeStory.commit(), first, "README.md", "Hello")
                .isEventually("filtered", "no-package-config");

        project.isPushed(first, OtherForgeStory.commit(), ".packit.yaml", buildOn("commit"))
                .jobEventuallyWaits();
    }

    private List<String> readsAbout(OtherForgeStory pullRequest) {
        return forge().calls("GET /").stream()
                .map(Call::target)
                .filter(target -> target.contains(pullRequest.project()))
                .toList();
    }

    @Test
    void triesAgainWhenABotGuardAnswersInPlaceOfTheFile() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        forge().faults()
                .answer(
                        "GET /{namespace}/{repo}/raw/",
                        1,
                        Response.html(200, "<title>Making sure you are not a bot</title>"));

        pullRequest.opens().jobEventuallyWaits();

        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void flagsOnceWhenTheAnswerOfPagureIsLost() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        forge().faults().dropAfter("POST /api/0/{namespace}/{repo}/c/" + pullRequest.head() + "/flag", 1);

        pullRequest.opens();
        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);

        pullRequest.statusIsEventually(CHECK, "success");
        assertThat(forge().calls("POST /api/0/" + pullRequest.project() + "/c/").stream()
                        .map(call -> call.body().replaceAll(".*\"uid\":\"(\\w+)\".*", "$1"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void doesNotReactToACommandThatItFollows() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");

        pullRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit build").jobEventuallyWaits();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        pullRequest.statusIsEventually(CHECK, "success");
        assertThat(pullRequest.comments())
                .singleElement()
                .satisfies(comment -> assertThat(comment.reactions()).isEmpty());
    }

    @Test
    void followsACommandOfACommitterAndOfAPackager() {
        world.pagure.group(World.PACKAGERS, "grace");
        var ofCommitter = pullRequest().builtFor("fedora-rawhide");
        var ofPackager = pullRequest().builtFor("fedora-rawhide");
        world.pagure.addMember(ofCommitter.project(), "edsger", "commit");

        ofCommitter.isCommentedBy("edsger", "/packit build").jobEventuallyWaits();
        ofPackager.isCommentedBy("grace", "/packit build").jobEventuallyWaits();

        assertThat(ofCommitter.builds()).hasSize(1);
        assertThat(ofPackager.builds()).hasSize(1);
    }

    @Test
    void doesNotTakeAnAccountForTheOwnerOfTheNamespaceOfItsName() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");

        pullRequest.isCommentedBy("containers", "/packit build").isEventually("filtered", "actor-not-allowed");
    }

    @Test
    void passesByAPrivateProject() {
        var pullRequest = pullRequest().inAPrivateProject();

        pullRequest.opens().isEventually("filtered", "private-repository");

        assertThat(pullRequest.statusHistory()).isEmpty();
    }

    @Test
    void waitsWhilePagureSaysThatItIsBusy() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        forge().faults()
                .answer(
                        "POST /api/0/{namespace}/{repo}/c/" + pullRequest.head() + "/flag",
                        1,
                        Response.html(503, "rate limit hit").with("Retry-After", "1"));

        pullRequest.opens();

        copr.finishBuild(pullRequest.builds(1).get(0).id(), true);
        pullRequest.statusIsEventually(CHECK, "success");
        List<CommitStatus> shown = pullRequest.statusHistory();
        assertThat(shown.get(shown.size() - 1).description()).isEqualTo("RPMs were built successfully.");
    }

    @Test
    void stopsTheBuildOfAHeadThatAnotherFollowedWithinTheSameSecond() {
        var pullRequest = pullRequest().builtFor("fedora-rawhide");
        String project = pullRequest.project();
        String next = "d".repeat(40);
        var opened = forge().opened(project, pullRequest.number());
        var story = pullRequest.delivers(opened);
        story.jobEventuallyWaits();
        forge().addPullRequest(project, pullRequest.number(), next, OtherForgeStory.AUTHOR, pullRequest.fork());
        forge().putFile(project, next, ".packit.yaml", PullRequestStory.config("fedora-rawhide"));

        var pushed = pullRequest.delivers(atTheTimeOf(opened, world.pagure.pushedTo(project, pullRequest.number())));

        story.jobIsEventually("canceled");
        pushed.toldOnce(told -> told.at("/jobs/0/state").asText().equals("waiting"));
        assertThat(pullRequest.builds(2)).extracting(Build::state).first().isEqualTo("canceled");
        assertThat(pullRequest.builds().get(1).state()).isNotEqualTo("canceled");
    }

    private static WebhookDelivery atTheTimeOf(WebhookDelivery first, WebhookDelivery second) {
        Matcher time = Pattern.compile("\"last_updated\":\"\\d+\"").matcher(first.body());
        assertThat(time.find()).isTrue();
        return new WebhookDelivery(
                second.event(),
                second.id(),
                second.body().replaceAll(time.pattern().pattern(), time.group()));
    }
}
