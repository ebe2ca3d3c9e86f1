package dev.forgeway.forge.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.TagHead;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenSettings;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.StubService;
import dev.forgeway.testing.Homes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgejoForgeTest {

    private static final String COMMIT = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    private static final String REPOSITORY = "/api/v1/repos/o/r";
    private static final String ROOT = "GET " + REPOSITORY + "/contents";
    private static final String PUT = "POST " + REPOSITORY + "/statuses/" + COMMIT;
    private static final String STATUSES = "GET " + REPOSITORY + "/commits/" + COMMIT + "/statuses";
    private static final String COMMENTS = REPOSITORY + "/issues/7/comments";
    private static final List<String> NAMES = List.of(".packit.yaml", ".config/packit.yaml", "packit.yaml");
    private static final PackageConfigFile CONFIG = new PackageConfigFile("packit.yaml", "jobs: []");
    private static final Target TARGET =
            new Target(new Project("localhost", "o", "r", "https://localhost/o/r", null), null);
    private static final Subject PULL_REQUEST = Subject.pullRequest(7);
    private static final Check CHECK =
            new Check("rpm-build:f44", CheckState.RUNNING, "RPM build is in progress...", null, "https://copr.test/1");

    private final StubService stub = new StubService();
    private final ForgejoForge forge = new ForgejoForge(
            new TokenSettings(stub.url().resolve("/api/v1"), "secret"),
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        stub.close();
    }

    private void hasConfig() {
        String content = Base64.getEncoder().encodeToString(CONFIG.text().getBytes(StandardCharsets.UTF_8));
        stub.on(ROOT, 200, "[{\"name\":\"README.md\"},{\"name\":\"packit.yaml\"},{\"name\":\".config\"}]")
                .on(ROOT + "/.config/packit.yaml", 404, "{\"message\":\"object does not exist\"}")
                .on(ROOT + "/packit.yaml", 200, "{\"type\":\"file\",\"content\":\"" + content + "\"}");
    }

    @Test
    void readsOnlyFilesThatCanBeThere() {
        hasConfig();

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES)).contains(CONFIG);

        assertThat(stub.asked())
                .extracting(StubService.Asked::path)
                .containsExactly(
                        REPOSITORY + "/contents",
                        REPOSITORY + "/contents/.config/packit.yaml",
                        REPOSITORY + "/contents/packit.yaml");
        assertThat(stub.asked()).allSatisfy(asked -> {
            assertThat(asked.query()).isEqualTo("ref=" + COMMIT);
            assertThat(asked.header("Authorization")).isEqualTo("token secret");
        });
    }

    @Test
    void findsNoConfigWithOneRequest() {
        stub.on(ROOT, 200, "[{\"name\":\"README.md\"}]");

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES)).isEmpty();
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void triesAgainWhenTheCommitIsNotKnownYet() {
        stub.on(ROOT, 404, "{\"message\":\"object does not exist\"}").on("GET " + REPOSITORY, 200, "{\"id\":1}");

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES)).isInstanceOf(TransientException.class);
    }

    @Test
    void saysThatARepositoryIsNotAccessible() {
        stub.on(ROOT, 404, "{\"message\":\"nothing\"}")
                .on("GET " + REPOSITORY, 404, "{\"message\":\"The target couldn't be found.\"}");

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("The target couldn't be found.");
    }

    @Test
    void findsAPullRequestWithItsConfig() {
        hasConfig();
        stub.on("GET " + REPOSITORY + "/pulls/7", 200, """
                {"number":7,"user":{"login":"ada"},"labels":[{"name":"bug"}],"base":{"ref":"main"},
                 "head":{"ref":"topic","sha":"%s","repo":{"name":"fork","owner":{"login":"ada"}}}}""".formatted(COMMIT));

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES))
                .contains(new PullRequestHead(
                        new PullRequest(7, "ada", "fork", "topic", "main", "ada", List.of("bug")), COMMIT, CONFIG));
    }

    @Test
    void findsNoPullRequest() {
        stub.on("GET " + REPOSITORY + "/pulls/7", 404, "{\"message\":\"nothing\"}");

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES)).isEmpty();
    }

    @Test
    void findsTheCommitOfATag() {
        hasConfig();
        stub.on("GET " + REPOSITORY + "/tags/v1/2", 200, "{\"name\":\"v1/2\",\"commit\":{\"sha\":\"" + COMMIT + "\"}}");

        assertThat(forge.findTagHead(TARGET, "v1/2", NAMES)).contains(new TagHead(COMMIT, CONFIG));
    }

    @Test
    void putsAStatus() {
        stub.on(PUT, 201, "{\"id\":42}");

        assertThat(forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false)).isEqualTo("42");

        assertThat(stub.asked().get(0).json())
                .isEqualTo(StubService.json("{\"state\":\"pending\",\"context\":\"rpm-build:f44\","
                        + "\"description\":\"RPM build is in progress...\",\"target_url\":\"https://copr.test/1\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending",
        "RUNNING, pending",
        "SUCCESS, success",
        "FAILURE, failure",
        "ERROR, error",
        "NEUTRAL, error",
        "CANCELED, error"
    })
    void hasAWordForEveryState(CheckState state, String word) {
        stub.on(PUT, 201, "{\"id\":42}");

        forge.putCheck(TARGET, COMMIT, "key", new Check("c", state, "x".repeat(200), null, null), "41", false);

        JsonNode sent = stub.asked().get(0).json();
        assertThat(sent.path("state").asText()).isEqualTo(word);
        assertThat(sent.path("description").asText()).hasSize(140);
    }

    @Test
    void putsNoStatusTwiceAfterAnAnswerWasLost() {
        stub.on(STATUSES, 200, """
                [{"id":43,"context":"other","status":"pending","description":"x"},
                 {"id":42,"context":"rpm-build:f44","status":"pending","description":"RPM build is in progress..."}]""");

        assertThat(forge.putCheck(TARGET, COMMIT, "key", CHECK, null, true)).isEqualTo("42");
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void putsAStatusOverANewerOneThatSaysOtherwise() {
        stub.on(STATUSES, 200, """
                [{"id":43,"context":"rpm-build:f44","status":"failure","description":"RPMs failed to be built."},
                 {"id":42,"context":"rpm-build:f44","status":"pending","description":"RPM build is in progress..."}]""").on(PUT, 201, "{\"id\":44}");

        assertThat(forge.putCheck(TARGET, COMMIT, "key", CHECK, null, true)).isEqualTo("44");
    }

    @Test
    void addsACommentWithAHiddenKeyAndFindsItAgain() {
        stub.on("POST " + COMMENTS, 201, "{\"id\":5}")
                .on(
                        "GET " + COMMENTS,
                        200,
                        "[{\"id\":4,\"body\":\"x\"},{\"id\":5,\"body\":\"Hello\\n\\n" + CommentMarker.of("job-1")
                                + "\"}]");

        assertThat(forge.addComment(TARGET, PULL_REQUEST, "job-1", "Hello", false))
                .isEqualTo("5");
        assertThat(forge.addComment(TARGET, PULL_REQUEST, "job-1", "Hello", true))
                .isEqualTo("5");

        assertThat(stub.asked()).extracting(StubService.Asked::method).containsExactly("POST", "GET");
        assertThat(stub.asked().get(0).json().path("body").asText()).isEqualTo("Hello\n\n<!-- forgeway:job-1 -->");
    }

    @Test
    void doesNotCommentOnCommits() {
        Subject commit = new Subject(Subject.Kind.COMMIT, COMMIT);

        assertThatThrownBy(() -> forge.addComment(TARGET, commit, "job-1", "Hello", false))
                .isInstanceOf(UserErrorException.class);
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void reactsToAComment() {
        stub.on("POST " + REPOSITORY + "/issues/comments/5/reactions", 200, "{\"content\":\"eyes\"}");

        assertThat(forge.addReaction(TARGET, PULL_REQUEST, 5, "eyes")).isEqualTo("eyes");
        assertThat(stub.asked().get(0).json()).isEqualTo(StubService.json("{\"content\":\"eyes\"}"));
    }

    @ParameterizedTest
    @CsvSource({"owner, ADMIN", "admin, ADMIN", "write, WRITE", "read, READ", "none, NONE"})
    void knowsWhatAnAccountMayDo(String word, Permission permission) {
        stub.on("GET " + REPOSITORY + "/collaborators/ada/permission", 200, "{\"permission\":\"" + word + "\"}");

        assertThat(forge.permission(TARGET, "ada")).isEqualTo(permission);
    }

    @Test
    void knowsNothingOfAnUnknownAccount() {
        stub.on("GET " + REPOSITORY + "/collaborators/ada/permission", 404, "{\"message\":\"user not found\"}");

        assertThat(forge.permission(TARGET, "ada")).isEqualTo(Permission.NONE);
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, true", "false, true, true"})
    void knowsWhoMaySeeARepository(boolean hidden, boolean internal, boolean isPrivate) {
        stub.on("GET " + REPOSITORY, 200, "{\"private\":" + hidden + ",\"internal\":" + internal + "}");

        assertThat(forge.isPrivate(TARGET)).isEqualTo(isPrivate);
    }

    @Test
    void takesTheLatestRelease() {
        stub.on("GET " + REPOSITORY + "/releases/latest", 200, "{\"tag_name\": \"v2\"}")
                .on("GET " + REPOSITORY + "/releases/latest", 404, "{\"message\": \"not found\"}");

        assertThat(forge.findLatestRelease(TARGET)).contains("v2");
        assertThat(forge.findLatestRelease(TARGET)).isEmpty();
    }

    @Test
    void findsAnIssueAgainAndOpensOneElse() {
        String marked = CommentMarker.of("ours").toString();
        stub.on(
                        "GET " + REPOSITORY + "/issues",
                        200,
                        "[{\"number\": 6, \"body\": \"x\"}, {\"number\": 5, \"body\": \"x\\n" + marked + "\"}]")
                .on("POST " + REPOSITORY + "/issues", 201, "{\"number\": 7}")
                .on("POST " + REPOSITORY + "/issues", 403, "{\"message\": \"forbidden\"}");

        assertThat(forge.findIssue(TARGET, "ours")).contains(5);
        assertThat(forge.findIssue(TARGET, "another")).isEmpty();
        assertThat(forge.openIssue(TARGET, "another", "title", "text")).isEqualTo(7);
        assertThatThrownBy(() -> forge.openIssue(TARGET, "another", "title", "text"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("write:issue");
    }

    @Test
    void isHomeOfTheProjectsOfItsSite() {
        Homes.isOfProjectsAt(forge, stub.url().getPort());
    }
}
