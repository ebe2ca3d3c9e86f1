package dev.forgeway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.WebhookDelivery;
import dev.forgeway.store.AllowlistStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Plays a handful of signed deliveries over real HTTP and prints what became of each. */
@Component
@Profile("demo")
class DemoPlayer {

    private static final String WITH_CONFIG = "packit/hello";
    private static final String WITHOUT_CONFIG = "packit/plain";
    private static final String HEAD = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DemoEnvironment.World world;
    private final AllowlistStore allowlist;
    private final ServletWebServerApplicationContext context;
    private final DemoPrinter printer = new DemoPrinter(System.out);

    DemoPlayer(DemoEnvironment.World world, AllowlistStore allowlist, ServletWebServerApplicationContext context) {
        this.world = world;
        this.allowlist = allowlist;
        this.context = context;
    }

    @EventListener
    public void play(AvailabilityChangeEvent<ReadinessState> change) {
        if (change.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
            play();
        }
    }

    private void play() {
        int port = context.getWebServer().getPort();
        prepare();
        world.testingFarm().resolve(DemoEnvironment.HOST, port);
        GitHubWebhooks webhooks = world.github()
                .webhooks(URI.create("http://127.0.0.1:" + port + "/webhooks/github"), DemoEnvironment.SECRET)
                .padTo(25_000);
        RestClient api = RestClient.create("http://127.0.0.1:" + port + "/api/deliveries/");
        WebhookDelivery opened = webhooks.pullRequest("opened", WITH_CONFIG, 342);

        printer.title("Forgeway demo: seven deliveries, each over HTTP with a signature");
        tell(api, "a pull request with a package config", webhooks.send(opened));
        tell(api, "the same delivery once more", webhooks.send(opened));
        tell(
                api,
                "a pull request without a package config",
                webhooks.send(webhooks.pullRequest("opened", WITHOUT_CONFIG, 7)));
        tell(api, "a wrong signature", webhooks.send(opened, "sha256=" + "0".repeat(64)));
        tell(
                api,
                "the comment \"/packit build\"",
                webhooks.send(webhooks.comment(WITH_CONFIG, 342, "lbarcziova", "/packit build")));
        tell(
                api,
                "the comment \"/packit help\"",
                webhooks.send(webhooks.comment(WITH_CONFIG, 342, "lbarcziova", "/packit help")));
        tell(
                api,
                "a comment to somebody else",
                webhooks.send(webhooks.comment(WITH_CONFIG, 342, "lbarcziova", "Nice work!")));
        int managementPort = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        printer.end(
                port,
                managementPort,
                world.copr().builds().size(),
                world.github().calls().size());
    }

    private void prepare() {
        allowlist.put("github.com/packit", "approved-manually", "for the demo");
        GitHubSimulator github = world.github();
        github.addRepository(WITH_CONFIG, false).addRepository(WITHOUT_CONFIG, false);
        github.addPullRequest(WITH_CONFIG, 342, HEAD, "lbarcziova", "fix-typo", "main");
        github.putFile(WITH_CONFIG, HEAD, ".packit.yaml", """
                specfile_path: hello.spec
                jobs:
                  - job: copr_build
                    trigger: pull_request
                    targets: [fedora-rawhide, epel-10]
                  - job: tests
                    trigger: pull_request
                    targets: [fedora-rawhide]
                """);
        github.putFile(WITH_CONFIG, HEAD, ".fmf/version", "1\n");
        github.addPullRequest(WITHOUT_CONFIG, 7, "0f3c5a7e9b1d2f4a6c8e0b2d4f6a8c0e1b3d5f7a", "packit", "idea", "main");
    }

    private void tell(RestClient api, String label, WebhookDelivery.Answer answer) {
        printer.delivery(label, answer.status(), answer.body(), answer.took());
        if (answer.status() == 202) {
            String id = answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            printer.story(await(api, id));
        }
    }

    /** The story of a delivery, once nothing of it moves any more. */
    private static JsonNode await(RestClient api, String id) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode story = story(api, id);
        while (!isOver(story) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            story = story(api, id);
        }
        return story;
    }

    private static JsonNode story(RestClient api, String id) {
        JsonNode story = api.get()
                .uri(id)
                .retrieve()
                .onStatus(HttpStatusCode::isError, (request, response) -> {})
                .body(JsonNode.class);
        return story == null ? MissingNode.getInstance() : story;
    }

    private static boolean isOver(JsonNode story) {
        return story.has("outcome")
                && !story.path("outcome").asText().equals("queued")
                && all(story.path("jobs"), job -> job.path("state").asText().equals("done"))
                && all(story.path("statuses"), status -> status.path("shown").asBoolean());
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> test) {
        for (JsonNode element : array) {
            if (!test.test(element)) {
                return false;
            }
        }
        return true;
    }
}
