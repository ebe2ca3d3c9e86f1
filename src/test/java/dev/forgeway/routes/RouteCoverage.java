package dev.forgeway.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** Writes down, when an application under test ends, which nodes it has and which of them were reached. */
@Component
class RouteCoverage implements ApplicationListener<ContextClosedEvent> {

    static final Path FOLDER = Path.of("target", "route-coverage");

    private final CamelContext camel;
    private final MeterRegistry registry;

    RouteCoverage(CamelContext camel, MeterRegistry registry) {
        this.camel = camel;
        this.registry = registry;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        Set<String> all = new TreeSet<>();
        RouteNodes.routes(camel).forEach(route -> RouteNodes.of(route).forEach(node -> all.add(node.getId())));
        Set<String> reached = new TreeSet<>();
        for (Timer timer : registry.find("camel.message.history").timers()) {
            if (timer.count() > 0) {
                String node = timer.getId().getTag("nodeId");
                reached.add(node);
                reached.add(timer.getId().getTag("routeId") + "." + node);
            }
        }
        try {
            Files.createDirectories(FOLDER);
            String name = UUID.randomUUID().toString();
            Files.write(FOLDER.resolve(name + ".all"), all);
            Files.write(FOLDER.resolve(name + ".reached"), reached);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
