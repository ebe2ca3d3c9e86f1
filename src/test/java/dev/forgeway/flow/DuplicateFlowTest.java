package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Response;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deliveries that come more than once. */
@FlowTest
class DuplicateFlowTest extends Flow {

    @Test
    void buildsOnceWhatIsDeliveredTwice() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();
        var first = pullRequest.delivers(opening);
        pullRequest.build();

        var second = pullRequest.delivers(opening);

        JsonNode told = second.isEventually("duplicate", "already-received");
        assertThat(told.path("duplicateOf").asText()).isEqualTo(first.id());
        assertThat(told.path("jobs")).isEmpty();
        copr.finishBuild(pullRequest.build().id(), true);
        first.jobIsEventually("succeeded");
        pullRequest.delivers(opening).isEventually("duplicate", "already-received");
        assertThat(pullRequest.builds()).hasSize(1);
    }

    @Test
    void buildsOnceWhatComesTwiceAtTheSameMoment() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();

        List<CompletableFuture<DeliveryStory>> copies = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> pullRequest.delivers(opening)))
                .limit(4)
                .toList();
        copies.forEach(CompletableFuture::join);

        JsonNode told = eventually()
                .until(
                        () -> api.deliveries(opening.id()),
                        found -> found.size() == 4
                                && !found.findValuesAsText("outcome").contains("queued"));
        assertThat(told.findValuesAsText("outcome"))
                .containsExactlyInAnyOrder("dispatched", "duplicate", "duplicate", "duplicate");
        pullRequest.build();
        nothingIsLeftInAnyQueue();
        assertThat(pullRequest.builds()).hasSize(1);
        assertThat(pullRequest.checkRuns()).hasSize(1);
    }

    @Test
    void runsAgainWhatIsRedeliveredAfterItFailedForGood() {
        var pullRequest = pullRequestBuiltFor("fedora-rawhide");
        WebhookDelivery opening = pullRequest.opening();
        copr.faults().answer(CREATE_BUILD, 1, Response.json(403, Map.of("error", "Not for you.")));
        pullRequest.delivers(opening).jobIsEventually("failed");
        pullRequest.rpmBuild(RAWHIDE).isEventually("failure");

        var again = pullRequest.delivers(opening);

        again.isEventually("dispatched");
        copr.finishBuild(pullRequest.build().id(), true);
        again.jobIsEventually("succeeded");
        pullRequest.rpmBuild(RAWHIDE).isEventually("success");
    }
}
