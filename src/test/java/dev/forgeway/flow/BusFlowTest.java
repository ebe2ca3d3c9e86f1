package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.CoprSimulator.Build;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the bus tells of builds, in every order and as often as it likes. */
@FlowTest
class BusFlowTest extends Flow {

    private static final String START = "org.fedoraproject.prod.copr.build.start";
    private static final String END = "org.fedoraproject.prod.copr.build.end";
    private static final int FAILED = 0;
    private static final int SUCCEEDED = 1;
    private static final int CANCELED = 2;
    private static final int RUNNING = 3;

    @Test
    void letsAnEndThatOvertakesItsStartWin() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        var opened = pullRequest.opens();
        long id = submitted(pullRequest, opened);
        publish(END, id, RAWHIDE, SUCCEEDED);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");

        JsonNode late = busDelivery(publish(START, id, RAWHIDE, RUNNING));

        assertThat(late.path("outcome").asText()).isEqualTo("dispatched");
        var story = new DeliveryStory(api, late.path("id").asText());
        assertThat(story.jobIsEventually("skipped").path("detail").asText()).isEqualTo(RAWHIDE + " is past started");
        assertThat(pullRequest.rpmBuild(RAWHIDE).run().conclusion()).isEqualTo("success");
        assertThat(opened.told().path("jobs").path(0).path("state").asText()).isEqualTo("waiting");
    }

    @Test
    void takesAMessageThatIsRepeatedForADuplicate() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        long id = submitted(pullRequest, pullRequest.opens());
        String messageId = publish(END, id, RAWHIDE, FAILED);
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");

        world.bus.publish(END, message(id, RAWHIDE, FAILED), messageId);

        assertThat(busDeliveries(messageId, 2).findValuesAsText("outcome")).containsExactly("duplicate", "dispatched");
    }

    @Test
    void changesNothingForTheSameNewsInAnotherMessage() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        long id = submitted(pullRequest, opened);
        publish(END, id, RAWHIDE, SUCCEEDED);
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        int shown = pullRequest.rpmBuild(RAWHIDE).titles().size();

        JsonNode again = busDelivery(publish(END, id, RAWHIDE, FAILED));

        new DeliveryStory(api, again.path("id").asText()).jobIsEventually("skipped");
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.rpmBuild(RAWHIDE).titles()).hasSize(shown);
        opened.jobIsEventually("succeeded");
    }

    @Test
    void failsEveryChrootWithTheSourcePackage() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        var opened = pullRequest.opens();
        long id = submitted(pullRequest, opened);

        copr.startSource(id);
        copr.endSource(id, false);

        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");
        pullRequest.rpmBuild(EPEL).isEventually("failure");
        assertThat(pullRequest.rpmBuild(EPEL).run().title()).isEqualTo("SRPM build failed.");
        opened.jobIsEventually("failed");
    }

    @Test
    void showsThatABuildWasCanceled() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        var opened = pullRequest.opens();
        long id = submitted(pullRequest, opened);

        publish(END, id, RAWHIDE, CANCELED);

        pullRequest.rpmBuild(RAWHIDE).isEventually("cancelled");
        opened.jobIsEventually("canceled");
    }

    @Test
    void letsOneChrootFailAlone() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "epel-10");
        var opened = pullRequest.opens();
        long id = submitted(pullRequest, opened);

        publish(END, id, EPEL, FAILED);
        publish(END, id, RAWHIDE, SUCCEEDED);

        pullRequest.rpmBuild(EPEL).isEventually("failure");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
        opened.jobIsEventually("failed");
    }

    @Test
    void endsRightWhenAllChrootsEndAtTheSameMoment() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide", "fedora-44", "fedora-43", "epel-9", "epel-10");
        var opened = pullRequest.opens();
        Build build = pullRequest.build();

        build.chroots().keySet().parallelStream().forEach(chroot -> publish(END, build.id(), chroot, SUCCEEDED));

        opened.jobIsEventually("succeeded");
        build.chroots().keySet().forEach(chroot -> pullRequest.rpmBuild(chroot).isEventually("success"));
    }

    @Test
    void readsTheBodyOfAWholeEnvelope() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        long id = submitted(pullRequest, pullRequest.opens());
        String envelope = """
                {"topic":"%s","id":"%s","headers":{},"body":%s}
                """.formatted(END, UUID.randomUUID(), message(id, RAWHIDE, SUCCEEDED));

        world.bus.publish("", envelope);

        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }

    @Test
    void letsABuildOfSomebodyElseGo() {
        String theirs = message(1, RAWHIDE, SUCCEEDED).replace("\"packit\"", "\"somebody\"");
        String messageId = world.bus.publish(END, theirs);
        String other = world.bus.publish("org.fedoraproject.prod.buildsys.untag", "{\"owner\":\"packit\"}");

        nothingIsLeftInAnyQueue();

        assertThat(api.deliveries(messageId)).isEmpty();
        assertThat(api.deliveries(other)).isEmpty();
    }

    @Test
    void ignoresABuildThatItDidNotAskFor() {
        JsonNode story = busDelivery(publish(END, 999_999_999, RAWHIDE, SUCCEEDED));

        assertThat(story.path("outcome").asText()).isEqualTo("ignored");
        assertThat(story.path("reason").asText()).isEqualTo("unknown-build");
    }

    @Test
    void parksAMessageThatLacksWhatIsNeeded() {
        String messageId = world.bus.publish(END, "{\"owner\":\"packit\",\"copr\":\"x\",\"status\":1}");

        JsonNode story = busDelivery(messageId);

        assertThat(story.path("outcome").asText()).isEqualTo("parked");
        assertThat(story.path("reason").asText()).isEqualTo("missing-field");
    }

    @Test
    void countsAMessageThatIsFasterThanTheAnswerToTheSubmission() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        copr.faults().holdAnswer(CREATE_BUILD, 2);
        copr.addProject(World.OWNER, pullRequest.coprProject(), RAWHIDE);
        var opened = pullRequest.opens();
        Build build = pullRequest.build();

        String messageId = publish(START, build.id(), RAWHIDE, RUNNING);
        eventually()
                .until(
                        () -> api.deliveries(messageId).path(0).path("detail").asText(),
                        detail -> detail.contains("a submission is under way"));
        copr.faults().clear();

        pullRequest.rpmBuild(RAWHIDE).isEventuallyInProgress("RPM build is in progress...");
        assertThat(busDelivery(messageId).path("outcome").asText()).isEqualTo("dispatched");
        publish(END, build.id(), RAWHIDE, SUCCEEDED);
        opened.jobIsEventually("succeeded");
        assertThat(pullRequest.builds()).hasSize(1);
    }

    private static long submitted(PullRequestStory pullRequest, DeliveryStory opened) {
        opened.jobEventuallyWaits();
        return pullRequest.build().id();
    }

    private String publish(String topic, long build, String chroot, int status) {
        return world.bus.publish(topic, message(build, chroot, status));
    }

    /** As Copr writes it, but with any content. */
    private static String message(long build, String chroot, int status) {
        return """
                {"user":"packit","copr":"any","owner":"packit","pkg":"hello","build":%d,"chroot":"%s",\
                "version":"1.0-1","status":%d,"ip":"10.0.0.1","who":"backend.worker-1","pid":1,"what":"a build"}\
                """.formatted(build, chroot, status);
    }
}
