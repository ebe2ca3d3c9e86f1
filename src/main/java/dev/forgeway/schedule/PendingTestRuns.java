package dev.forgeway.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.service.testingfarm.TestRequest;
import dev.forgeway.service.testingfarm.TestingFarm;
import dev.forgeway.store.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Asks Testing Farm itself how a request stands, and says it as its notification does (https://api.testing-farm.io/redoc):
 * that there is news of the request. Tests that wait for their build have no request yet, and are not asked about.
 */
@Component
public class PendingTestRuns implements PendingService {

    private final TestingFarm farm;
    private final Clock clock;

    public PendingTestRuns(TestingFarm farm, Clock clock) {
        this.farm = farm;
        this.clock = clock;
    }

    @Override
    public String handler() {
        return "tests";
    }

    @Override
    public List<Delivery> ask(StoredJob job) {
        String id = Objects.requireNonNull(job.job().externalId());
        TestRequest request = farm.find(id)
                .orElseThrow(() -> new UserErrorException("Testing Farm does not know request " + id + " any more."));
        return job.job().targets().stream()
                        .map(target -> job.targets().getOrDefault(target, CheckState.PENDING))
                        .anyMatch(known -> isNews(request, known))
                ? List.of(notification(request))
                : List.of();
    }

    private static boolean isNews(TestRequest request, CheckState known) {
        if (request.isSubmitted()) {
            return false;
        }
        return request.isRunning() ? known == CheckState.PENDING : !known.isFinal();
    }

    private Delivery notification(TestRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("request_id", request.id());
        String key = request.id() + "@" + request.state();
        return Delivery.asked(
                "testing-farm", key, "result", clock.instant(), body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
