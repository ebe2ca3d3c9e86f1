package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.QueueClass;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.metrics.RoleMetrics;
import dev.forgeway.testing.Examples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RoleSwitchTest {

    @Test
    void onlyRoutesOfTheRolesOfTheProcessTakeSomethingIn() throws Exception {
        assertThat(started("ingest,report"))
                .containsExactlyInAnyOrder("ingest-a", "report-a", "decide-called", "admin-drain");
    }

    @Test
    void withAllRolesEveryRouteRuns() throws Exception {
        assertThat(started("ingest,decide,handle,report,schedule,admin"))
                .containsExactlyInAnyOrder(
                        "ingest-a", "decide-a", "decide-called", "handle-a", "report-a", "admin-a", "admin-drain");
    }

    @Test
    void aHandlerRestsWhereItsClassDoesNotWork() throws Exception {
        assertThat(started("handle", "short")).containsExactlyInAnyOrder("handle-a", "decide-called", "admin-drain");
        assertThat(started("handle", "long")).containsExactlyInAnyOrder("handle-long", "decide-called", "admin-drain");
        assertThat(started("handle", "short,long"))
                .containsExactlyInAnyOrder("handle-a", "handle-long", "decide-called", "admin-drain");
    }

    @Test
    void tellsWhichRolesWorkOnceTheRoutesAreStarted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RoleSwitch roles = new RoleSwitch(
                Examples.settings("roles", "ingest,report"), new Handlers(List.of()), new RoleMetrics(registry));
        assertThat(registry.getMeters()).isEmpty();

        roles.afterApplicationStart(new DefaultCamelContext());

        assertThat(registry.getMeters())
                .allSatisfy(meter ->
                        assertThat(meter.measure().iterator().next().getValue()).isEqualTo(1))
                .extracting(
                        meter -> meter.getId().getName() + " " + meter.getId().getTag("role"))
                .containsExactlyInAnyOrder("forgeway.role ingest", "forgeway.role report");
    }

    private static List<String> started(String roles) throws Exception {
        return started(roles, "short");
    }

    private static List<String> started(String roles, String classes) throws Exception {
        Settings settings = Examples.settings("roles", roles, "handle.classes", classes);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            new RoleSwitch(
                            settings,
                            new Handlers(List.of(handler("a", QueueClass.SHORT), handler("long", QueueClass.LONG))),
                            new RoleMetrics(new SimpleMeterRegistry()))
                    .beforeApplicationStart(context);
            context.addRoutes(routes());
            context.start();
            return context.getRoutes().stream()
                    .map(Route::getRouteId)
                    .filter(id ->
                            context.getRouteController().getRouteStatus(id).isStarted())
                    .toList();
        }
    }

    private static JobHandler handler(String name, QueueClass queueClass) {
        HandlerSpec spec = new HandlerSpec(
                name, Set.of(), Set.of(), Set.of(), Set.of(), null, queueClass, List.of(), "do nothing");
        return new JobHandler() {
            @Override
            public HandlerSpec spec() {
                return spec;
            }

            @Override
            public Outcome handle(Job job) {
                return Outcome.succeeded("nothing to do");
            }
        };
    }

    private static RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String room : List.of("ingest", "decide", "handle", "report", "admin")) {
                    from("stub:" + room).routeId(room + "-a").to("log:x");
                }
                from("stub:long").routeId("handle-long").to("log:x");
                from("direct:decide").routeId("decide-called").to("log:x");
                from("stub:drain").routeId("admin-drain").to("log:x");
            }
        };
    }
}
