package dev.forgeway.camel;

import dev.forgeway.config.Role;
import dev.forgeway.config.Settings;
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
 * nothing in. Routes that others call ({@code direct:}) always run.
 */
@Component
class RoleSwitch extends ModelLifecycleStrategySupport implements CamelContextConfiguration {

    private final Set<String> absent;

    RoleSwitch(Settings settings) {
        this.absent = Stream.of(Role.values())
                .filter(role -> !settings.hasRole(role))
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void beforeApplicationStart(CamelContext camelContext) {
        camelContext.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camelContext) {}

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String room = route.getId().split("-", 2)[0];
        if (absent.contains(room) && !route.getInput().getEndpointUri().startsWith("direct:")) {
            route.setAutoStartup("false");
        }
    }
}
