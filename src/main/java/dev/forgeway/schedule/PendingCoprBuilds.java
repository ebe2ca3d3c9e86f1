package dev.forgeway.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.service.copr.Copr;
import dev.forgeway.service.copr.CoprBuild;
import dev.forgeway.store.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks Copr itself how a build stands, and says it in Copr's messages
 * (https://pypi.org/project/copr-messaging/). A build that succeeded as a whole takes one request, another one two.
 */
@Component
public class PendingCoprBuilds implements PendingService {

    /** Copr's numbers of states ({@code StatusEnum} in https://github.com/fedora-copr/copr, common/copr_common/enums.py). */
    private static final Map<String, Integer> ENDED =
            Map.of("failed", 0, "succeeded", 1, "forked", 1, "canceled", 2, "skipped", 5);

    private static final Set<String> RUNNING = Set.of("running", "starting");
    private static final int RUNNING_NUMBER = 3;

    private final Copr copr;
    private final Clock clock;

    public PendingCoprBuilds(Copr copr, Clock clock) {
        this.copr = copr;
        this.clock = clock;
    }

    @Override
    public String handler() {
        return "copr-build";
    }

    @Override
    public List<Delivery> ask(StoredJob job) {
        String id = Objects.requireNonNull(job.job().externalId());
        CoprBuild build = copr.find(id)
                .orElseThrow(() -> new UserErrorException("Copr does not know build " + id + " any more."));
        Map<String, String> chroots = build.state().equals("succeeded") ? Map.of() : copr.chrootStates(id);
        List<Delivery> news = new ArrayList<>();
        job.targets().forEach((target, known) -> {
            Delivery told = news(build, target, known, state(build, chroots.get(target)));
            if (told != null) {
                news.add(told);
            }
        });
        return news;
    }

    /** The end of a build is the end of its chroots, also of those that never began. */
    private static String state(CoprBuild build, @Nullable String ofChroot) {
        return ofChroot == null || (ENDED.containsKey(build.state()) && !ENDED.containsKey(ofChroot))
                ? build.state()
                : ofChroot;
    }

    private @Nullable Delivery news(CoprBuild build, String target, CheckState known, String state) {
        Integer ended = ENDED.get(state);
        if (ended != null) {
            return known.isFinal() ? null : message(build, target, "copr.build.end", ended);
        }
        return known == CheckState.PENDING && RUNNING.contains(state)
                ? message(build, target, "copr.build.start", RUNNING_NUMBER)
                : null;
    }

    private Delivery message(CoprBuild build, String chroot, String topic, int status) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("build", Long.parseLong(build.id()))
                .put("chroot", chroot)
                .put("owner", build.owner())
                .put("copr", build.project())
                .put("status", status);
        String key = String.join(" ", topic, build.id(), chroot);
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        return Delivery.asked("copr", key, topic, clock.instant(), body);
    }
}
