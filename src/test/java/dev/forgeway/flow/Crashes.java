package dev.forgeway.flow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Lets the decision about a delivery end behind one of its steps, as if the process died there: what is stored stays, and
 * what was sent and taken in the transaction of the broker is undone, so that the delivery comes again.
 */
final class Crashes implements InterceptStrategy {

    private static final String KEY = "forgewayKey";

    /** Of the deliveries that are watched, the steps that were taken. */
    private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();

    /** Behind which step the decision about a delivery ends, by the sender's key. */
    private final Map<String, String> planned = new ConcurrentHashMap<>();

    /** From now on the steps are remembered that are taken for the delivery with this key. */
    void watch(String key) {
        taken.put(key, new LinkedHashSet<>());
    }

    /** In the order in which they began. */
    List<String> stepsOf(String key) {
        Set<String> steps = taken.getOrDefault(key, Set.of());
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /** The next time that the step is taken for the delivery with this key, its decision ends right behind. */
    void plan(String key, String step) {
        planned.put(key, step);
    }

    /** What did not happen. */
    Map<String, String> open() {
        return Map.copyOf(planned);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, @Nullable Processor next) {
        String step = node.getId();
        if (!step.startsWith("decide-") && !step.startsWith("dispatch-jobs.")) {
            return target;
        }
        return exchange -> {
            String key = key(exchange);
            if (key != null) {
                Set<String> steps = taken.get(key);
                if (steps != null) {
                    synchronized (steps) {
                        steps.add(step);
                    }
                }
            }
            target.process(exchange);
            if (key != null && !exchange.isFailed() && planned.remove(key, step)) {
                throw new TransientDataAccessResourceException("died behind " + step);
            }
        };
    }

    /** The message of a job does not have it any more; the exchange remembers it. */
    private static @Nullable String key(Exchange exchange) {
        String key = exchange.getMessage().getHeader(KEY, String.class);
        if (key == null) {
            return exchange.getProperty(KEY, String.class);
        }
        exchange.setProperty(KEY, key);
        return key;
    }
}
