package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Handlers that came as files into a folder: the example of docs/own-handlers.md, and some that fail. */
@SpringBootTest(
        classes = {Application.class, Haste.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = OwnHandlerFlowTest.WithOwnHandlers.class)
class OwnHandlerFlowTest extends Flow {

    private static final Path EXAMPLE = Path.of("docs/examples/keep-releases.camel.yaml");
    private static final Path FOLDER = newFolder();
    private static final Path KEPT = FOLDER.resolve("kept");
    private static final String REPOSITORY = "flow/own";
    private static final String COMMIT = "2222222222222222222222222222222222222222";

    static class WithOwnHandlers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try {
                Files.copy(EXAMPLE, FOLDER.resolve(EXAMPLE.getFileName()));
                Files.writeString(FOLDER.resolve("fails.camel.yaml"), FAILS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String handlers = "forgeway.handle.own.handlers.";
            SharedWorld.join(
                    context,
                    new World(),
                    Map.of(
                            "forgeway.handle.own.folder",
                            FOLDER.toString(),
                            handlers + "keep-releases.events",
                            "release",
                            handlers + "refuse.projects",
                            "github.com/flow/refuse",
                            handlers + "fail-twice.projects",
                            "github.com/flow/fail-twice",
                            handlers + "fail.projects",
                            "github.com/flow/fail*",
                            handlers + "fail.queue-class",
                            "long",
                            "keep-releases.folder",
                            KEPT.toString()));
        }
    }

    private static final String FAILS = """
            - route:
                id: refuse
                from:
                  uri: direct:refuse
                  steps:
                    - throwException:
                        exceptionType: dev.forgeway.error.UserErrorException
                        message: "nobody wants ${header.forgewayProject}"
            - route:
                id: fail-twice
                from:
                  uri: direct:fail-twice
                  steps:
                    - filter:
                        expression:
                          simple:
                            expression: "${header.forgewayAttempt} < 3"
                        steps:
                          - throwException:
                              exceptionType: java.io.IOException
                              message: "not yet"
            - route:
                id: fail
                from:
                  uri: direct:fail
                  steps:
                    - filter:
                        expression:
                          simple:
                            expression: "${header.forgewayProject} == 'github.com/flow/fail' && ${sys.own.handler.mended} != 'yes'"
                        steps:
                          - throwException:
                              exceptionType: java.io.IOException
                              message: "never"
            """;

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "own");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeliveryStory released(String repository) {
        github.addRepository(repository, false).addCommit(repository, COMMIT);
        return DeliveryStory.accepted(api, webhooks.send(webhooks.release(repository, "v1.0", COMMIT)));
    }

    /** The job of a handler, once it is done. */
    private static JsonNode done(DeliveryStory story, String handler) {
        return story
                .toldOnce(told -> "done".equals(job(told, handler).path("state").asText()))
                .path("jobs")
                .findParents("handler")
                .stream()
                .filter(job -> job.path("handler").asText().equals(handler))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode job(JsonNode story, String handler) {
        return story.path("jobs").findParents("handler").stream()
                .filter(job -> job.path("handler").asText().equals(handler))
                .findFirst()
                .orElse(new ObjectMapper().createObjectNode());
    }

    @Test
    void runsTheExampleOfTheDocumentation() throws IOException {
        DeliveryStory story = released(REPOSITORY);

        JsonNode job = done(story, "keep-releases");

        assertThat(job.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(job.path("detail").asText()).isEqualTo("kept release published of github.com/flow/own");
        assertThat(job.path("priority").asInt()).isEqualTo(3);
        JsonNode kept = kept(REPOSITORY);
        assertThat(kept).isEqualTo(story.told().path("event"));
    }

    @Test
    void failsAtOnceWhatTheRouteRefuses() {
        JsonNode job = done(released("flow/refuse"), "refuse");

        assertThat(job.path("outcome").asText()).isEqualTo("failed");
        assertThat(job.path("detail").asText()).isEqualTo("nobody wants github.com/flow/refuse");
        assertThat(job.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void triesAgainWhatTheRouteCannotDoNow() {
        DeliveryStory story = released("flow/fail-twice");

        JsonNode job = done(story, "fail-twice");

        assertThat(job.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(job.path("attempts").asInt()).isEqualTo(3);
        assertThat(done(story, "fail").path("outcome").asText()).isEqualTo("succeeded");
    }

    @Test
    void keepsADeadLetterOfWhatTheRouteNeverDidAndDoesThatAloneOnceMore() {
        DeliveryStory story = released("flow/fail");

        JsonNode job = done(story, "fail");

        assertThat(job.path("outcome").asText()).isEqualTo("error");
        assertThat(job.path("detail").asText()).contains("Gave up after 20 attempts", "never");
        assertThat(api.get("/api/dead-letters?handler=fail").json().findValuesAsText("id"))
                .contains(job.path("id").asText());
        String letter = "{\"id\":\"" + job.path("id").asText() + "\",\"by\":\"ada\"}";
        System.setProperty("own.handler.mended", "yes");

        Api.Answer redriven = api.post("/api/dead-letters/redrive", World.ADMIN_TOKEN, letter);

        assertThat(redriven.json()).as(redriven.toString()).hasSize(1);
        story.toldOnce(
                told -> "succeeded".equals(job(told, "fail").path("outcome").asText()));
        assertThat(api.get("/api/dead-letters?handler=fail").json()).isEmpty();
        assertThat(api.deliveries(story.told().path("key").asText())).hasSize(1);
    }

    @Test
    void showsTheQueuesOfTheHandlers() {
        eventually()
                .untilAsserted(() ->
                        assertThat(api.queues().findValuesAsText("name")).contains("jobs.keep-releases", "jobs.fail"));
    }

    private static JsonNode kept(String repository) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(KEPT)) {
            List<JsonNode> events = files.map(file -> read(json, file))
                    .filter(event -> event.at("/project/url").asText().endsWith(repository))
                    .toList();
            assertThat(events).hasSize(1);
            return events.get(0);
        }
    }

    private static JsonNode read(ObjectMapper json, Path file) {
        try {
            return json.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
