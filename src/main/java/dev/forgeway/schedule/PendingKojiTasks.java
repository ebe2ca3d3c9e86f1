package dev.forgeway.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.service.koji.KojiTask;
import dev.forgeway.store.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Asks Koji itself how the task of a build stands, and says it in Koji's messages
 * (https://pypi.org/project/koji-fedoramessaging-messages/). It takes one request.
 */
@Component
public class PendingKojiTasks implements PendingService {

    private static final String TOPIC = "buildsys.task.state.change";
    private static final Set<String> ENDED = Set.of("closed", "canceled", "failed");

    private final Koji koji;
    private final Clock clock;

    public PendingKojiTasks(Koji koji, Clock clock) {
        this.koji = koji;
        this.clock = clock;
    }

    @Override
    public String handler() {
        return "koji-build";
    }

    @Override
    public List<Delivery> ask(StoredJob job) {
        String id = Objects.requireNonNull(job.job().externalId());
        KojiTask task =
                koji.find(id).orElseThrow(() -> new UserErrorException("Koji does not know task " + id + " any more."));
        CheckState known = job.targets().getOrDefault(job.job().targets().get(0), CheckState.PENDING);
        boolean isNews = ENDED.contains(task.state())
                ? !known.isFinal()
                : task.state().equals("open") && known == CheckState.PENDING;
        return isNews ? List.of(message(task)) : List.of();
    }

    private Delivery message(KojiTask task) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("id", Long.parseLong(task.id()))
                .put("new", task.state().toUpperCase(Locale.ROOT));
        String key = String.join(" ", TOPIC, task.id(), task.state());
        return Delivery.asked(
                "koji", key, TOPIC, clock.instant(), message.toString().getBytes(StandardCharsets.UTF_8));
    }
}
