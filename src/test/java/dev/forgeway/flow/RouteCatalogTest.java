package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Closes the holes that Camel leaves open: what is wrong here would start, and fail or do nothing later. */
@FlowTest
class RouteCatalogTest {

    private static final Path ROUTES = Path.of("src/main/resources/routes");
    private static final Pattern QUEUE = Pattern.compile("jms:queue:([a-z][\\w.-]*)");

    @Autowired
    CamelContext camel;

    @Autowired
    Handlers handlers;

    @Test
    void loadsEveryFile() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (Path file : files()) {
            Matches.in(file, "(?m)^- (?:route|templatedRoute):\\R(?:    .*\\R)*?    (?:id|routeId): (\\S+)")
                    .forEach(expected::add);
        }
        assertThat(ids()).as("routes on disk and in Camel").containsAll(expected);
        assertThat(expected).hasSizeGreaterThan(15);
    }

    @Test
    void namesEveryRouteAfterItsRoomAndSaysWhatItDoes() {
        for (RouteDefinition route : definitions()) {
            assertThat(route.getRouteId())
                    .matches("(ingest|decide|dispatch|handle|report|schedule|admin)-[a-z0-9-]+.*");
            assertThat(route.getDescriptionText())
                    .as(route.getRouteId())
                    .isNotNull()
                    .endsWith(".");
            assertThat(route.getDescriptionText()).as(route.getRouteId()).doesNotContain(". ");
        }
    }

    @Test
    void givesEveryRouteAnErrorConfigurationThatExists() {
        Set<String> known = ((ModelCamelContext) camel)
                .getRouteConfigurationDefinitions().stream()
                        .map(configuration -> configuration.getId())
                        .collect(Collectors.toSet());
        for (RouteDefinition route : definitions()) {
            assertThat(known).as(route.getRouteId()).contains(String.valueOf(route.getRouteConfigurationId()));
            assertThat(route.getAppliedRouteConfigurationIds())
                    .as(route.getRouteId())
                    .containsExactly(route.getRouteConfigurationId());
        }
    }

    @Test
    void namesEveryNodeAndKeepsRoutesShort() {
        for (RouteDefinition route : definitions()) {
            List<ProcessorDefinition<?>> steps = route.getOutputs().stream()
                    .filter(node -> !node.isAbstract())
                    .toList();
            assertThat(steps).as(route.getRouteId()).hasSizeLessThanOrEqualTo(7);
            assertThat(steps)
                    .as(route.getRouteId())
                    .allMatch(node -> node.hasCustomIdAssigned() || node.getId().contains("."));
        }
    }

    @Test
    void hasAConsumerForEveryDirectTarget() throws IOException {
        Set<String> targets = new TreeSet<>();
        for (Path file : files()) {
            Matches.in(file, "uri: \"?direct:([\\w-]+)(?!\\S*[\\${])\\b").forEach(targets::add);
        }
        assertThat(consumed("direct")).containsAll(targets);
    }

    @Test
    void hasARouteForEveryEventThatAHandlerReactsTo() {
        Set<String> wanted = new TreeSet<>();
        handlers.specs().forEach(spec -> spec.events().forEach(type -> wanted.add("decide-" + type.wireName())));
        assertThat(consumed("direct")).containsAll(wanted);
    }

    @Test
    void usesTheAddressesOfTheBrokerAndNoOther() throws IOException {
        Set<String> addresses = new TreeSet<>(Matches.in(Path.of("artemis/broker.xml"), "<address name=\"([^\"]+)\""));
        Set<String> used = new TreeSet<>();
        handlers.specs().forEach(spec -> used.add(spec.queue()));
        for (Path file : files()) {
            for (String queue : Matches.in(file, QUEUE.pattern())) {
                used.add(queue);
            }
        }
        used.remove("jobs.");
        assertThat(used).containsExactlyInAnyOrderElementsOf(addresses);
    }

    @Test
    void hasOneRouteForEveryHandlerAndOneHandlerForEveryRoute() {
        List<String> expected = handlers.specs().stream()
                .map(HandlerSpec::name)
                .map(name -> "handle-" + name)
                .toList();
        assertThat(ids().stream().filter(id -> id.startsWith("handle-")).filter(id -> !id.equals("handle-dead-job")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void isWrittenInTheCanonicalForm() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(text).as(file.toString()).doesNotContainPattern("(?m)^\\s*(- )?to: \\S");
            assertThat(text).as(file.toString()).doesNotContainPattern("(?m)^- from:");
            assertThat(text.lines()).as(file.toString()).hasSizeLessThanOrEqualTo(120);
            assertThat(file.getFileName().toString()).endsWith(".camel.yaml");
        }
    }

    private List<RouteDefinition> definitions() {
        return ((ModelCamelContext) camel).getRouteDefinitions();
    }

    private List<String> ids() {
        return definitions().stream().map(RouteDefinition::getRouteId).toList();
    }

    private Set<String> consumed(String scheme) {
        return camel.getRoutes().stream()
                .map(Route::getEndpoint)
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith(scheme + ":"))
                .map(uri -> uri.replaceFirst("^\\w+:/*", "").replaceFirst("\\?.*", ""))
                .collect(Collectors.toSet());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static final class Matches {

        static List<String> in(Path file, String pattern) throws IOException {
            List<String> found = new ArrayList<>();
            for (MatchResult match : Pattern.compile(pattern)
                    .matcher(Files.readString(file))
                    .results()
                    .toList()) {
                found.add(match.group(1));
            }
            return found;
        }
    }
}
