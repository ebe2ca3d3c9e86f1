package dev.forgeway.camel;

import dev.forgeway.config.HandleSettings;
import dev.forgeway.config.InvalidSettingsException;
import dev.forgeway.config.Mistake;
import dev.forgeway.config.OwnHandlersSettings;
import dev.forgeway.config.QueueClass;
import dev.forgeway.config.Role;
import dev.forgeway.config.Settings;
import dev.forgeway.handle.ConfiguredHandlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.store.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * The handlers that a user brings as route files: each gets a queue, a route that consumes it, as every handler has, and
 * a bean that calls the user's route.
 */
@Component
class OwnHandlers implements ConfiguredHandlers, CamelContextConfiguration, ApplicationRunner {

    private static final String FILES = ".camel.yaml";

    private final HandleSettings handle;
    private final OwnHandlersSettings settings;
    private final boolean here;
    private final OwnQueues queues;
    private final List<JobHandler> handlers;
    private final ObjectProvider<CamelContext> camel;

    OwnHandlers(
            Settings settings,
            EventJson json,
            ActiveMQConnectionFactory broker,
            ObjectProvider<ProducerTemplate> routes,
            ObjectProvider<CamelContext> camel) {
        this.camel = camel;
        this.handle = settings.handle();
        this.settings = handle.own();
        this.here = settings.hasRole(Role.HANDLE);
        this.queues = new OwnQueues(broker, names());
        this.handlers = names().stream()
                .map(name -> (JobHandler) new OwnHandler(name, ofClass(name), json, routes))
                .toList();
    }

    private Set<String> names() {
        return new TreeSet<>(settings.handlers().keySet());
    }

    private QueueClass ofClass(String name) {
        return Objects.requireNonNull(settings.handlers().get(name)).queueClass();
    }

    @Override
    public List<JobHandler> all() {
        return handlers;
    }

    /** The queues are there before anything can be sent to them. */
    @Override
    public void beforeApplicationStart(CamelContext context) {
        queues.declare(context);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // Camel goes on when this fails, and so it is done in run
    }

    /**
     * Loads the routes, once Camel has those that they use.
     *
     * @throws InvalidSettingsException when a file cannot be used, or a handler has no route, which ends the start
     */
    @Override
    public void run(ApplicationArguments arguments) {
        Path folder = settings.folder();
        if (!here || folder == null) {
            return;
        }
        CamelContext context = camel.getObject();
        try {
            load(context, folder);
        } catch (Exception e) {
            throw new InvalidSettingsException(List.of(new Mistake(
                    "forgeway.handle.own.folder",
                    "has routes that cannot be used: " + e.getMessage(),
                    "forgeway.handle.own.folder=/etc/forgeway/routes")));
        }
        Set<String> missing = names();
        missing.removeAll(beginnings(context));
        if (!missing.isEmpty()) {
            throw new InvalidSettingsException(
                    missing.stream().map(name -> withoutRoute(name, folder)).toList());
        }
        names().forEach(name -> consume(context, name));
    }

    private static Mistake withoutRoute(String name, Path folder) {
        String key = "forgeway.handle.own.handlers." + name;
        return new Mistake(key, "has no route that begins at direct:" + name + " in " + folder, key + ".events=push");
    }

    private static void load(CamelContext context, Path folder) throws Exception {
        List<Resource> found = new ArrayList<>();
        for (Path file : files(folder)) {
            found.add(ResourceHelper.resolveMandatoryResource(context, "file:" + file.toAbsolutePath()));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(found);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(FILES))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> beginnings(CamelContext context) {
        return context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .filter(uri -> uri.startsWith("direct:"))
                .map(uri -> uri.replaceFirst("^direct:/*", "").replaceFirst("\\?.*", ""))
                .collect(Collectors.toSet());
    }

    private void consume(CamelContext context, String name) {
        boolean isShort = ofClass(name) == QueueClass.SHORT;
        TemplatedRouteBuilder.builder(context, "job-handler")
                .routeId("handle-" + name)
                .prefixId("handle-" + name + ".")
                .parameter("handler", name)
                .parameter("concurrency", isShort ? handle.shortConcurrency() : handle.longConcurrency())
                .add();
    }
}
