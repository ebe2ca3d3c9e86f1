package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RoleSwitchTest {

    @Test
    void onlyRoutesOfTheRolesOfTheProcessTakeSomethingIn() throws Exception {
        assertThat(started("ingest,report")).containsExactlyInAnyOrder("ingest-a", "report-a", "decide-called");
    }

    @Test
    void withAllRolesEveryRouteRuns() throws Exception {
        assertThat(started("ingest,decide,handle,report,schedule,admin"))
                .containsExactlyInAnyOrder("ingest-a", "decide-a", "decide-called", "handle-a", "report-a", "admin-a");
    }

    private static List<String> started(String roles) throws Exception {
        Settings settings = new Binder(new MapConfigurationPropertySource(Map.of("forgeway.roles", roles)))
                .bindOrCreate("forgeway", Settings.class);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            new RoleSwitch(settings).beforeApplicationStart(context);
            context.addRoutes(routes());
            context.start();
            return context.getRoutes().stream()
                    .map(Route::getRouteId)
                    .filter(id ->
                            context.getRouteController().getRouteStatus(id).isStarted())
                    .toList();
        }
    }

    private static RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String room : List.of("ingest", "decide", "handle", "report", "admin")) {
                    from("stub:" + room).routeId(room + "-a").to("log:x");
                }
                from("direct:decide").routeId("decide-called").to("log:x");
            }
        };
    }
}
