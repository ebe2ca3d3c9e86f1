package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.GitHubWebhooks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An earlier version was killed in the middle of its work; its database and its journal are in the repository. The version
 * under test starts on them and finishes that work. {@code docs/operations.md} says how such a data folder is made of a
 * release.
 */
class UpgradeIT {

    /** The jar of an earlier version that is to leave a data folder behind. */
    private static final String EARLIER = "upgrade.jar";

    private static final Path LEFT_BEHIND = Path.of("src/test/resources/upgrade/earlier.zip");

    /** An earlier version refuses keys that it does not know. */
    private static final String SETTINGS_OF_ANY_VERSION =
            "forgeway\\.(data-dir|admin\\..*|(ingest|forge)\\.github\\..*|ingest\\.(amqp|fedora-messaging)\\..*|service\\.copr\\..*)";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REPOSITORY = "upgrade/hello";
    private static final int BUILD_SUBMITTED = 1;
    private static final int BUILD_QUEUED = 2;
    private static final int ACCEPTED = 3;
    private static final int HELP_QUEUED = 4;

    private final World world = new World();
    private final Map<String, String> settings = new LinkedHashMap<>(world.settings());
    private Path data;
    private @Nullable ForgewayProcess forgeway;

    /** Makes the data folder anew, where the jar is there that is to leave it behind. */
    @BeforeAll
    static void letTheEarlierVersionBegin() throws IOException {
        String jar = System.getProperty(EARLIER);
        if (jar != null) {
            UpgradeIT earlier = new UpgradeIT();
            earlier.begin();
            try {
                earlier.settings.keySet().removeIf(key -> !key.matches(SETTINGS_OF_ANY_VERSION));
                earlier.leavesItsDataBehind(Path.of(jar));
            } finally {
                earlier.end();
            }
        }
    }

    @BeforeEach
    void begin() throws IOException {
        data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "upgrade");
        settings.put("forgeway.data-dir", data.toString());
        world.github.addRepository(REPOSITORY, false);
        for (int number = BUILD_SUBMITTED; number <= HELP_QUEUED; number++) {
            world.github
                    .addPullRequest(REPOSITORY, number, head(number), PullRequestStory.AUTHOR, "topic", "main")
                    .putFile(REPOSITORY, head(number), ".packit.yaml", PullRequestStory.config("fedora-rawhide"));
            world.copr.addProject(World.OWNER, coprProject(number), Flow.RAWHIDE);
        }
    }

    @AfterEach
    void end() {
        if (forgeway != null) {
            forgeway.close();
        }
        world.close();
    }

    @Test
    void finishesWhatAnEarlierVersionBegan() throws Exception {
        DataFolder.unpack(LEFT_BEHIND, data);

        finishesTheStories();
    }

    /** The same work, as if the earlier version had kept it in a PostgreSQL. */
    @Test
    void finishesItOnPostgresToo() throws Exception {
        DataFolder.unpack(LEFT_BEHIND, data);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataFolder.copyDatabase(data, postgres.getPostgresDatabase());
            settings.put("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"));

            finishesTheStories();
        }
    }

    private void leavesItsDataBehind(Path jar) throws IOException {
        Api api = start(jar, "ingest,decide,handle,report,schedule,admin");
        api.allow("github.com/upgrade", "approved-manually");
        send(api, BUILD_SUBMITTED);
        eventually("a build that is shown")
                .until(() -> api.get("/api/jobs?state=waiting").json().size() == 1
                        && world.github
                                        .checkRuns(REPOSITORY, head(BUILD_SUBMITTED))
                                        .size()
                                == 1);
        kill();

        Api deciding = start(jar, "ingest,decide,admin");
        send(deciding, BUILD_QUEUED);
        GitHubWebhooks webhooks = webhooks(deciding);
        DeliveryStory.accepted(
                deciding,
                webhooks.send(webhooks.comment(REPOSITORY, HELP_QUEUED, PullRequestStory.AUTHOR, "/packit help")));
        eventually("jobs that wait")
                .until(() -> waiting(deciding, "jobs.copr-build") > 0 && waiting(deciding, "jobs.help") > 0);
        kill();

        send(start(jar, "ingest"), ACCEPTED);
        kill();
        DataFolder.pack(data, LEFT_BEHIND);
    }

    private void finishesTheStories() throws IOException, InterruptedException {
        world.copr.step(Duration.ofMillis(50));
        submitAgain(BUILD_SUBMITTED);
        commentAgain();
        Api api = start(null, "ingest,decide,handle,report,schedule,admin");

        eventually("ends").untilAsserted(() -> {
            assertThat(outcomes(api, "/api/deliveries?source=github"))
                    .hasSize(4)
                    .containsOnly("dispatched");
            assertThat(outcomes(api, "/api/jobs?handler=copr-build")).hasSize(3).containsOnly("succeeded");
            assertThat(outcomes(api, "/api/jobs?handler=help")).containsExactly("succeeded");
        });
        for (int number : List.of(BUILD_SUBMITTED, BUILD_QUEUED, ACCEPTED)) {
            eventually("check of #" + number)
                    .untilAsserted(() -> assertThat(world.github.checkRuns(REPOSITORY, head(number)))
                            .singleElement()
                            .satisfies(run -> assertThat(run.conclusion()).isEqualTo("success")));
        }
        eventually("help")
                .untilAsserted(() -> assertThat(world.github.comments(REPOSITORY, HELP_QUEUED))
                        .filteredOn(comment -> comment.body().contains("forgeway:"))
                        .hasSize(1));
        assertThat(world.copr.builds()).hasSize(3);
    }

    /** What GitHub still has: the command, under the same id. The check run before it is gone, and no other one has its id. */
    private void commentAgain() {
        world.github.addComment(REPOSITORY, HELP_QUEUED, PullRequestStory.AUTHOR, "Is there any help?");
        world.github.addComment(REPOSITORY, HELP_QUEUED, PullRequestStory.AUTHOR, "/packit help");
    }

    /** What Copr still has from the time of the earlier version: the first build, under the same id. */
    private void submitAgain(int number) throws IOException, InterruptedException {
        String caller = world.copr.login() + ":" + world.copr.token();
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.copr.url() + "/api_3/build/create/custom"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(caller.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"ownername\":\"%s\",\"projectname\":\"%s\",\"script\":\"true\",\"chroots\":[\"%s\"]}"
                                .formatted(World.OWNER, coprProject(number), Flow.RAWHIDE)))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private Api start(@Nullable Path jar, String roles) {
        settings.put("forgeway.roles", roles);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        forgeway = jar == null ? ForgewayProcess.prepared(settings, log) : ForgewayProcess.ofJar(jar, settings, log);
        forgeway.start();
        forgeway.awaitReady();
        return new Api(forgeway.port());
    }

    private void kill() {
        Objects.requireNonNull(forgeway).kill();
    }

    private void send(Api api, int number) {
        GitHubWebhooks webhooks = webhooks(api);
        DeliveryStory.accepted(api, webhooks.send(webhooks.pullRequest("opened", REPOSITORY, number)));
    }

    private GitHubWebhooks webhooks(Api api) {
        return world.github.webhooks(api.webhooks(), World.SECRET);
    }

    private static List<String> outcomes(Api api, String what) {
        return api.get(what + "&project=github.com/" + REPOSITORY).json().findValuesAsText("outcome");
    }

    /** How many messages are in a queue. */
    private static long waiting(Api api, String queue) {
        for (JsonNode one : api.queues()) {
            if (one.path("name").asText().equals(queue)) {
                return one.path("messages").asLong();
            }
        }
        throw new IllegalStateException("no queue " + queue);
    }

    private static String head(int number) {
        return Integer.toString(number).repeat(40);
    }

    private static String coprProject(int number) {
        return REPOSITORY.replace('/', '-') + "-" + number;
    }

    private static ConditionFactory eventually(String what) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }
}
