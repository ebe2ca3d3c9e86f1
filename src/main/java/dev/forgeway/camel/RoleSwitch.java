package dev.forgeway.camel;

import dev.forgeway.config.Role;
import dev.forgeway.config.Settings;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.RoleMetrics;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Leaves out what this process has no role for: a route whose id starts with a role's name is loaded and seen, but takes
 * nothing in, and so does a handler of a class that does not work here. Routes that others call ({@code direct:}) always run,
 * and so do those by which a process is drained, for each answers for itself.
 */
@Component
class RoleSwitch extends ModelLifecycleStrategySupport implements CamelContextConfiguration {

    private static final String OF_EVERY_PROCESS = "admin-drain";

    private final Set<String> absent;
    private final Set<String> absentHandlers;
    private final Settings settings;
    private final RoleMetrics metrics;

    RoleSwitch(Settings settings, Handlers handlers, RoleMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.absentHandlers = handlers.specs().stream()
                .filter(spec -> !settings.handle().classes().contains(spec.queueClass()))
                .map(spec -> "handle-" + spec.name())
                .collect(Collectors.toUnmodifiableSet());
        this.absent = Stream.of(Role.values())
                .filter(role -> !settings.hasRole(role))
                .map(RoleSwitch::room)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void beforeApplicationStart(CamelContext camelContext) {
        camelContext.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camelContext) {
        settings.roles().stream().map(RoleSwitch::room).forEach(metrics::works);
    }

    private static String room(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String room = route.getId().split("-", 2)[0];
        boolean isAbsent = absent.contains(room) && !route.getId().startsWith(OF_EVERY_PROCESS)
                || absentHandlers.contains(route.getId());
        if (isAbsent && !route.getInput().getEndpointUri().startsWith("direct:")) {
            route.setAutoStartup("false");
        }
    }
}
