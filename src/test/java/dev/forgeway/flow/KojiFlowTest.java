package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import dev.forgeway.simulator.KojiSimulator.Task;
import dev.forgeway.simulator.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** An upstream commit is built in Koji, target by target, and people see how it ends. */
@FlowTest
class KojiFlowTest extends Flow {

    private static final String ON_RAWHIDE = "koji-build:rawhide";
    private static final String BUILD = "POST /kojihub";

    private static String config(String... targets) {
        return """
                specfile_path: hello.spec
                jobs:
                  - job: upstream_koji_build
                    trigger: pull_request
                    scratch: true
                    targets: [%s]
                """.formatted(String.join(", ", targets));
    }

    private PullRequestStory built(String... targets) {
        return pullRequest("flow", false).brings(config(targets));
    }

    /** The job of the handler for a target, once it fits. */
    private static JsonNode kojiJob(DeliveryStory delivery, Predicate<JsonNode> fits) {
        return kojiJob(delivery.toldOnce(told -> fits.test(kojiJob(told))));
    }

    private static JsonNode kojiJob(JsonNode story) {
        for (JsonNode job : story.path("jobs")) {
            if (job.path("handler").asText().equals("koji-build")) {
                return job;
            }
        }
        return story.path("none");
    }

    private static Task submitted(World world, JsonNode job) {
        long id = Long.parseLong(job.path("externalId").asText());
        return world.koji.tasks().stream()
                .filter(task -> task.id() == id)
                .findFirst()
                .orElseThrow();
    }

    /** The task of the only job, once it is submitted. */
    private Task task(DeliveryStory delivery) {
        return submitted(
                world, kojiJob(delivery, job -> job.path("state").asText().equals("waiting")));
    }

    private List<Task> tasksOf(DeliveryStory delivery) {
        String job = kojiJob(delivery.told()).path("id").asText();
        return koji.tasks().stream().filter(task -> task.source().contains(job)).toList();
    }

    @Test
    void buildsTheSourceOfTheCoprBuildForEachTarget() {
        var pullRequest = built("fedora-rawhide", "epel-9");

        var opened = pullRequest.opens();

        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("Waiting for RPMs to be built...");
        pullRequest.check("koji-build:epel9").isEventuallyQueued("Waiting for RPMs to be built...");
        Build build = pullRequest.build();
        assertThat(build.chroots()).containsOnlyKeys(RAWHIDE, "epel-9-x86_64");
        copr.finishBuild(build.id(), true);
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("RPM build was submitted ...");
        pullRequest.check("koji-build:epel9").isEventuallyQueued("RPM build was submitted ...");
        Task task = task(opened);
        assertThat(task.target()).isEqualTo("rawhide");
        assertThat(task.scratch()).isTrue();
        String name = build.packageName() + "-" + build.packageVersion() + ".src.rpm";
        assertThat(task.source()).endsWith("/" + name);
        assertThat(koji.upload(task.source())).isEqualTo("source package " + name);

        koji.move(task.id(), "OPEN");
        pullRequest.check(ON_RAWHIDE).isEventuallyInProgress("RPM build is in progress...");
        koji.move(task.id(), "CLOSED");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
        assertThat(pullRequest.check(ON_RAWHIDE).run().detailsUrl()).endsWith("taskinfo?taskID=" + task.id());
        pullRequest.check("koji-build:epel9").isEventuallyQueued("RPM build was submitted ...");
    }

    /** A repository whose branches, or releases, are built in Koji. */
    private String repositoryBuilt(String name, String trigger, String head) {
        github.addRepository("flow/" + name, false)
                .putFile(
                        "flow/" + name,
                        head,
                        ".packit.yaml",
                        config("fedora-rawhide").replace("trigger: pull_request", "trigger: " + trigger));
        return "flow/" + name;
    }

    private void isBuiltInTheEnd(DeliveryStory delivery, String coprProject, CheckStory check) {
        check.isEventuallyQueued("Waiting for RPMs to be built...");
        Build source = eventually()
                .until(
                        () -> copr.builds().stream()
                                .filter(build -> build.projectname().equals(coprProject))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        copr.finishBuild(source.id(), true);
        Task task = task(delivery);
        assertThat(task.target()).isEqualTo("rawhide");
        assertThat(task.scratch()).isTrue();
        koji.move(task.id(), "OPEN");
        check.isEventuallyInProgress("RPM build is in progress...");
        koji.move(task.id(), "CLOSED");
        check.isEventually("success");
    }

    @Test
    void buildsWhatIsPushedToTheDefaultBranch() {
        String head = UUID.randomUUID().toString().replace("-", "").repeat(2).substring(0, 40);
        String repository = repositoryBuilt("koji-pushed", "commit", head);

        var pushed = DeliveryStory.accepted(
                api, webhooks.send(webhooks.push(repository, "refs/heads/main", "b".repeat(40), head)));

        isBuiltInTheEnd(
                pushed, "flow-koji-pushed-main", new CheckStory(github, repository, head, "koji-build:main:rawhide"));
    }

    @Test
    void buildsWhatIsReleased() {
        String head = UUID.randomUUID().toString().replace("-", "").repeat(2).substring(0, 40);
        String repository = repositoryBuilt("koji-released", "release", head);

        var released = DeliveryStory.accepted(api, webhooks.send(webhooks.release(repository, "v1.0", head)));

        isBuiltInTheEnd(
                released,
                "flow-koji-released-releases",
                new CheckStory(github, repository, head, "koji-build:v1.0:rawhide"));
    }

    @Test
    void runsACheckAgainByTheName() {
        var pullRequest = built("fedora-rawhide");
        var opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        koji.move(task(opened).id(), "FAILED");
        pullRequest.check(ON_RAWHIDE).isEventually("failure");

        var again = pullRequest.delivers(webhooks.rerun(
                pullRequest.repository(), pullRequest.check(ON_RAWHIDE).run()));

        koji.move(task(again).id(), "CLOSED");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
        assertThat(pullRequest.builds()).as("the source is there").hasSize(1);
    }

    @Test
    void tellsAFailureAndChangesNothingForNewsThatComesLate() {
        var pullRequest = built("fedora-rawhide");
        var opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        Task task = task(opened);

        koji.move(task.id(), "FAILED");
        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        kojiJob(opened, job -> job.path("state").asText().equals("done"));
        koji.tellAgain(task.id(), "OPEN", "FREE");
        koji.tellAgain(task.id(), "CLOSED", "OPEN");

        eventually().untilAsserted(() -> assertThat(news(task)).containsOnly("The build had ended before"));
        assertThat(pullRequest.check(ON_RAWHIDE).run().title()).isEqualTo("RPMs failed to be built.");
    }

    /** What the last two messages about a task came to. */
    private List<String> news(Task task) {
        return api.get("/api/jobs?handler=koji-build-progress").json().findParents("deliveryId").stream()
                .filter(job -> api.delivery(job.path("deliveryId").asText())
                        .json()
                        .at("/event/build/id")
                        .asText()
                        .equals(Long.toString(task.id())))
                .map(job -> job.path("detail").asText())
                .limit(2)
                .toList();
    }

    @Test
    void waitsForNoBuildInCoprThatIsDone() {
        var pullRequest = pullRequest("flow", false)
                .brings(config("fedora-rawhide").replace("scratch", "manual_trigger: true\n    scratch"));
        pullRequest.isCommented("/packit build").isEventually("filtered", "no-matching-job");

        var comment = pullRequest.isCommented("/packit production-build");

        copr.finishBuild(pullRequest.build().id(), true);
        koji.move(task(comment).id(), "CLOSED");
        pullRequest.check(ON_RAWHIDE).isEventually("success");
        koji.move(task(pullRequest.isCommented("/packit upstream-koji-build")).id(), "CANCELED");
        pullRequest.check(ON_RAWHIDE).isEventually("cancelled");
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void endsWithTheSource() {
        var pullRequest = built("fedora-rawhide");
        pullRequest.opens();
        Build build = pullRequest.build();

        copr.startSource(build.id());
        copr.endSource(build.id(), false);

        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        assertThat(pullRequest.check(ON_RAWHIDE).run().title()).isEqualTo("SRPM build failed.");
    }

    @Test
    void saysWhatKojiRefuses() {
        var pullRequest = built("fedora-rawhide", "fedora-42");
        pullRequest.opens();

        copr.finishBuild(pullRequest.build().id(), true);

        pullRequest.check("koji-build:f42").isEventually("failure");
        assertThat(pullRequest.check("koji-build:f42").run().title())
                .isEqualTo("Koji refused: Invalid build target: f42");
        pullRequest.check(ON_RAWHIDE).isEventuallyQueued("RPM build was submitted ...");
    }

    @Test
    void buildsNothingForGoodFromUpstream() {
        var pullRequest =
                pullRequest("flow", false).brings(config("fedora-rawhide").replace("scratch: true", ""));
        pullRequest.opens();

        copr.finishBuild(pullRequest.build().id(), true);

        pullRequest.check(ON_RAWHIDE).isEventually("failure");
        assertThat(pullRequest.check(ON_RAWHIDE).run().title()).startsWith("Non-scratch builds are not possible");
    }

    @Test
    void stopsTheBuildOfAnOldHead() {
        var pullRequest = built("fedora-rawhide");
        var opened = pullRequest.opens();
        copr.finishBuild(pullRequest.build().id(), true);
        Task old = task(opened);
        CheckStory shown = pullRequest.check(ON_RAWHIDE).isEventuallyQueued("RPM build was submitted ...");

        pullRequest.isPushed(config("fedora-rawhide"));

        shown.isEventually("cancelled");
        assertThat(koji.tasks())
                .filteredOn(task -> task.id() == old.id())
                .singleElement()
                .satisfies(task -> assertThat(task.state()).isEqualTo("CANCELED"));
    }

    @Test
    void findsTheTaskOfWhichTheAnswerWasLost() {
        var pullRequest = built("fedora-rawhide");
        var opened = pullRequest.opens();
        Build build = pullRequest.build();
        koji.faults().dropAfter(BUILD, 3);

        copr.finishBuild(build.id(), true);

        task(opened);
        assertThat(tasksOf(opened)).hasSize(1);
    }

    @Test
    void buildsOnceWhileEveryFifthCallFailsAndSessionsExpire() {
        var pullRequest = built("fedora-rawhide", "fedora-45", "fedora-44", "epel-9", "epel-10");
        pullRequest.opens();
        Build build = pullRequest.build();
        koji.expireSessions();
        koji.faults().failRandomly(0.2, 7, Response.html(502, "<h1>Bad Gateway</h1>"));
        int before = koji.tasks().size();

        copr.finishBuild(build.id(), true);

        for (String target : List.of("rawhide", "f45", "f44", "epel9", "epel10")) {
            pullRequest.check("koji-build:" + target).isEventuallyQueued("RPM build was submitted ...");
        }
        assertThat(koji.tasks()).hasSize(before + 5);
    }

    @Test
    void ignoresTasksOfOthers() {
        String message =
                "{\"id\":1,\"owner\":\"" + World.OWNER + "\",\"new\":\"OPEN\",\"old\":\"FREE\",\"info\":{\"id\":1}}";

        String id = world.bus.publish(
                "org.fedoraproject.prod.buildsys.task.state.change",
                message,
                UUID.randomUUID().toString());

        assertThat(busDelivery(id).path("reason").asText()).isEqualTo("unknown-build");
    }
}
