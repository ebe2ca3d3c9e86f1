package dev.forgeway.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GitLabForgeTest {

    private static final String COMMIT = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    private static final String GRAPHQL = "POST /api/graphql";

    /** As the stub shows it: on the wire the project is one segment. */
    private static final String PROJECT = "/api/v4/projects/g/sub/hello";

    private static final String PUT = "POST " + PROJECT + "/statuses/" + COMMIT;
    private static final String PUT_IN_FORK = "POST /api/v4/projects/88/statuses/" + COMMIT;
    private static final String STATUSES = "GET " + PROJECT + "/repository/commits/" + COMMIT + "/statuses";
    private static final String MERGE_REQUESTS = "GET " + PROJECT + "/repository/commits/" + COMMIT + "/merge_requests";
    private static final String NOTES = PROJECT + "/merge_requests/7/notes";
    private static final List<String> NAMES = List.of(".packit.yaml", "packit.yaml");
    private static final Target TARGET = target("localhost");
    private static final Subject MERGE_REQUEST = Subject.pullRequest(7);
    private static final Check CHECK =
            new Check("rpm-build:f44", CheckState.PENDING, "The task was accepted.", null, "https://forgeway.test/1");

    private final StubService stub = new StubService();
    private final GitLabForge forge = new GitLabForge(
            new TokenSettings(stub.url().resolve("/api/v4"), "glpat-secret"),
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));

    private static Target target(String host) {
        return new Target(new Project(host, "g/sub", "hello", "https://" + host + "/g/sub/hello", null), null);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private static String repository(String commit, String blobs) {
        return """
                {"data":{"project":{"repository":{"tree":{"lastCommit":%s},"blobs":{"nodes":[%s]}}}}}""".formatted(commit, blobs);
    }

    private static String sha(String commit) {
        return "{\"sha\":\"" + commit + "\"}";
    }

    private static String blob(String path, String text) {
        return "{\"path\":\"" + path + "\",\"rawTextBlob\":" + text + "}";
    }

    @Test
    void findsTheFirstConfigInTheOrderGivenWithOneRequest() {
        stub.on(
                GRAPHQL,
                200,
                repository(sha(COMMIT), blob("packit.yaml", "\"b: 2\"") + "," + blob(".packit.yaml", "\"a: 1\"")));

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .contains(new PackageConfigFile(".packit.yaml", "a: 1"));

        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).header("Authorization")).isEqualTo("Bearer glpat-secret");
        assertThat(stub.asked().get(0).json().path("variables"))
                .isEqualTo(StubService.json("{\"project\":\"g/sub/hello\",\"ref\":\"" + COMMIT
                        + "\",\"paths\":[\".packit.yaml\",\"packit.yaml\"]}"));
    }

    /** The first answer is held back; what is asked meanwhile goes together, and each hears only of itself. */
    @Test
    void asksTogetherWhatWaitsAtTheSameMoment() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        stub.on(GRAPHQL, exchange -> {
            awaitQuietly(mayAnswer);
            byte[] answer = repository(sha(COMMIT), "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        });
        stub.on(GRAPHQL, 200, """
                {"data":{"project":{"repository":{"tree":{"lastCommit":%1$s},"blobs":{"nodes":[%2$s]}}},
                         "project1":null,
                         "project2":{"repository":{"tree":{"lastCommit":%1$s},"blobs":{"nodes":[]}}}},
                 "errors":[{"message":"too slow","path":["project2","repository","blobs"]}]}""".formatted(sha(COMMIT), blob("packit.yaml", "\"b: 2\"")));
        String second = COMMIT.replace('5', '6');
        String third = COMMIT.replace('5', '7');
        var first = asks(COMMIT);
        await().until(() -> stub.asked().size() == 1);
        List<FutureTask<Optional<PackageConfigFile>>> others = List.of(asks(COMMIT), asks(second), asks(third));

        mayAnswer.countDown();

        assertThat(first.get()).isEmpty();
        assertThat(others.get(0).get()).contains(new PackageConfigFile("packit.yaml", "b: 2"));
        assertThatThrownBy(others.get(1)::get).hasCauseInstanceOf(UserErrorException.class);
        assertThatThrownBy(others.get(2)::get)
                .hasCauseInstanceOf(TransientException.class)
                .hasMessageContaining("too slow");
        assertThat(stub.asked()).hasSize(2);
        assertThat(stub.asked().get(1).json().path("variables"))
                .isEqualTo(StubService.json("{\"project\":\"g/sub/hello\",\"ref\":\"" + COMMIT
                        + "\",\"project1\":\"g/sub/hello\",\"ref1\":\"" + second
                        + "\",\"project2\":\"g/sub/hello\",\"ref2\":\"" + third
                        + "\",\"paths\":[\".packit.yaml\",\"packit.yaml\"]}"));
    }

    /** A look-up that waits now, for its turn or for its answer. */
    private FutureTask<Optional<PackageConfigFile>> asks(String commit) {
        var task = new FutureTask<>(() -> forge.findPackageConfig(TARGET, commit, NAMES));
        Thread asker = new Thread(task);
        asker.start();
        await().until(() -> asker.getState() == Thread.State.WAITING || asker.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void findsNoConfig() {
        stub.on(GRAPHQL, 200, repository(sha(COMMIT), ""));

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"data":{"project":{"repository":{"tree":{"lastCommit":null},"blobs":{"nodes":[]}}}}}
            {"errors":[{"message":"Query has complexity of 300"}]}
            """)
    void triesAgainLater(String answer) {
        stub.on(GRAPHQL, 200, answer);

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES)).isInstanceOf(TransientException.class);
    }

    @Test
    void saysThatAProjectIsNotAccessible() {
        stub.on(GRAPHQL, 200, "{\"data\":{\"project\":null}}");

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("g/sub/hello was not found");
    }

    @Test
    void saysThatAConfigIsNoText() {
        stub.on(GRAPHQL, 200, repository(sha(COMMIT), blob(".packit.yaml", "null")));

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(".packit.yaml is not a text file");
    }

    @Test
    void asksNothingAboutAProjectOfAnotherHost() {
        assertThatThrownBy(() -> forge.findPackageConfig(target("gitlab.example.org"), COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("gitlab.example.org")
                .hasMessageContaining("forgeway.forge.gitlab.api-url");
        assertThat(stub.asked()).isEmpty();
    }

    private static String mergeRequest(String head, String atRef) {
        return """
                {"data":{"project":{"mergeRequest":{"iid":"7","diffHeadSha":"%s","sourceBranch":"topic",
                 "targetBranch":"main","author":{"username":"ada"},"sourceProject":{"fullPath":"ada/x/hello"},
                 "labels":{"nodes":[{"title":"bug"}]}},
                 "repository":{"tree":{"lastCommit":{"sha":"%s"}},"blobs":{"nodes":[%s]}}}}}""".formatted(head, atRef, blob(".packit.yaml", "\"a: 1\""));
    }

    @Test
    void findsAMergeRequestWithItsConfigInOneRequest() {
        stub.on(GRAPHQL, 200, mergeRequest(COMMIT, COMMIT));

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES))
                .contains(new PullRequestHead(
                        new PullRequest(7, "ada/x", "hello", "topic", "main", "ada", List.of("bug")),
                        COMMIT,
                        new PackageConfigFile(".packit.yaml", "a: 1")));

        assertThat(stub.asked()).hasSize(1);
        JsonNode variables = stub.asked().get(0).json().path("variables");
        assertThat(variables.path("ref").asText()).isEqualTo("refs/merge-requests/7/head");
        assertThat(variables.path("iid").asText()).isEqualTo("7");
    }

    @Test
    void readsTheConfigAtTheHeadWhenTheRefIsLate() {
        stub.on(GRAPHQL, 200, mergeRequest(COMMIT, COMMIT.replace('5', '6')))
                .on(GRAPHQL, 200, repository(sha(COMMIT), blob("packit.yaml", "\"b: 2\"")));

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES).orElseThrow().config())
                .isEqualTo(new PackageConfigFile("packit.yaml", "b: 2"));
    }

    @Test
    void findsNoMergeRequest() {
        stub.on(GRAPHQL, 200, "{\"data\":{\"project\":{\"mergeRequest\":null,\"repository\":null}}}");

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES)).isEmpty();
    }

    @Test
    void putsAStatus() {
        stub.on(PUT, 201, "{\"id\":42}");

        assertThat(forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false)).isEqualTo("42");

        assertThat(stub.asked().get(0).json())
                .isEqualTo(StubService.json("{\"state\":\"pending\",\"name\":\"rpm-build:f44\","
                        + "\"description\":\"The task was accepted.\",\"target_url\":\"https://forgeway.test/1\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending",
        "RUNNING, running",
        "SUCCESS, success",
        "FAILURE, failed",
        "ERROR, failed",
        "NEUTRAL, failed",
        "CANCELED, canceled"
    })
    void hasAWordForEveryState(CheckState state, String word) {
        stub.on(PUT, 201, "{\"id\":42}");

        forge.putCheck(TARGET, COMMIT, "key", new Check("c", state, "x".repeat(200), null, "no address"), "42", false);

        JsonNode sent = stub.asked().get(0).json();
        assertThat(sent.path("state").asText()).isEqualTo(word);
        assertThat(sent.path("description").asText()).hasSize(140);
        assertThat(sent.has("target_url")).isFalse();
    }

    @Test
    void ignoresAStepThatGitLabDoesNotAllow() {
        stub.on(PUT, 400, "{\"message\":\"Cannot transition status via :enqueue from :pending\"}")
                .on(STATUSES, 200, "[{\"id\":42,\"name\":\"rpm-build:f44\",\"status\":\"pending\"}]");

        assertThat(forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false)).isEqualTo("42");
    }

    @Test
    void putsTheStatusOfAForkIntoTheForkAndRemembersWhere() {
        stub.on(PUT, 404, "{\"message\":\"404 References for commit Not Found\"}")
                .on(
                        MERGE_REQUESTS,
                        200,
                        "[{\"sha\":\"" + COMMIT + "\",\"source_project_id\":88,\"target_project_id\":41}]")
                .on(PUT_IN_FORK, 201, "{\"id\":42}");

        String id = forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false);
        forge.putCheck(TARGET, COMMIT, "key", CHECK, id, false);

        assertThat(id).isEqualTo("88/42");
        assertThat(stub.asked())
                .extracting(StubService.Asked::path)
                .filteredOn(path -> path.contains("/statuses/"))
                .containsExactly(PUT.substring(5), PUT_IN_FORK.substring(5), PUT_IN_FORK.substring(5));
    }

    @Test
    void saysWhatTheTokenNeeds() {
        stub.on(PUT, 403, "{\"message\":\"403 Forbidden\"}");

        assertThatThrownBy(() -> forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false))
                .isInstanceOfSatisfying(
                        CheckRefusedException.class,
                        refused -> assertThat(refused.isOfProject()).isTrue())
                .hasMessageContaining("403 Forbidden")
                .hasMessageContaining("Developer");
    }

    @Test
    void putsNoStatusTwiceAfterAnAnswerWasLost() {
        stub.on(
                STATUSES,
                200,
                "[{\"id\":42,\"name\":\"rpm-build:f44\",\"status\":\"pending\","
                        + "\"description\":\"The task was accepted.\"}]");

        assertThat(forge.putCheck(TARGET, COMMIT, "key", CHECK, null, true)).isEqualTo("42");
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void addsACommentWithAHiddenKey() {
        stub.on("POST " + NOTES, 201, "{\"id\":5}");

        assertThat(forge.addComment(TARGET, MERGE_REQUEST, "job-1", "Hello", false))
                .isEqualTo("5");
        assertThat(stub.asked().get(0).json().path("body").asText()).isEqualTo("Hello\n\n<!-- forgeway:job-1 -->");
    }

    @Test
    void findsItsCommentAgain() {
        stub.on(
                "GET " + NOTES,
                200,
                "[{\"id\":4,\"body\":\"x\"},{\"id\":5,\"body\":\"Hello\\n\\n" + CommentMarker.of("job-1") + "\"}]");

        assertThat(forge.addComment(TARGET, MERGE_REQUEST, "job-1", "Hello", true))
                .isEqualTo("5");
        assertThat(stub.asked()).extracting(StubService.Asked::method).containsExactly("GET");
    }

    @ParameterizedTest
    @EnumSource(
            value = Subject.Kind.class,
            names = {"ISSUE", "COMMIT"})
    void commentsOnIssuesAndCommits(Subject.Kind kind) {
        stub.on("POST " + PROJECT + "/issues/9/notes", 201, "{\"id\":\"new\"}")
                .on("POST " + PROJECT + "/repository/commits/9/discussions", 201, "{\"id\":\"new\"}");

        assertThat(forge.addComment(TARGET, new Subject(kind, "9"), "job-1", "Hello", false))
                .isEqualTo("new");
    }

    @Test
    void reactsOnce() {
        stub.on("POST " + NOTES + "/5/award_emoji", 201, "{\"id\":6}")
                .on(
                        "POST " + NOTES + "/5/award_emoji",
                        404,
                        "{\"message\":\"404 Award Emoji Name has already been taken Not Found\"}");

        assertThat(forge.addReaction(TARGET, MERGE_REQUEST, 5, "eyes")).isEqualTo("6");
        assertThat(forge.addReaction(TARGET, MERGE_REQUEST, 5, "eyes")).isEqualTo("eyes");
    }

    @ParameterizedTest
    @CsvSource({"10, READ", "20, READ", "30, WRITE", "40, ADMIN", "50, ADMIN", "0, NONE"})
    void knowsWhatAMemberMayDo(int level, Permission permission) {
        stub.on("GET " + PROJECT + "/members/all", 200, """
                [{"username":"ada2","state":"active","access_level":50},
                 {"username":"ada","state":"active","access_level":%d}]""".formatted(level));

        assertThat(forge.permission(TARGET, "ada")).isEqualTo(permission);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 528b803be6f93e19ca4130bf4976f2800a3004c4, true",
        "200, c0ffee,                                   false",
        "400, ,                                         false",
        "404, ,                                         false"
    })
    void knowsFromTheMergeBaseWhetherACommitIsOnABranch(int status, @Nullable String base, boolean isOn) {
        stub.on("GET " + PROJECT + "/repository/merge_base", status, "{\"id\":\"" + base + "\"}");

        assertThat(forge.isOnBranch(TARGET, "v1/stable", COMMIT)).isEqualTo(isOn);
    }

    @Test
    void findsTheCommitOfATagWithItsConfigInOneRequest() {
        stub.on(GRAPHQL, 200, repository(sha(COMMIT), blob("packit.yaml", "\"b: 2\"")));

        assertThat(forge.findTagHead(TARGET, "v1.0", NAMES))
                .contains(new TagHead(COMMIT, new PackageConfigFile("packit.yaml", "b: 2")));

        assertThat(stub.asked())
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked.json().at("/variables/ref").asText()).isEqualTo("refs/tags/v1.0"));
    }

    @Test
    void findsNoTagThatIsNotThere() {
        stub.on(GRAPHQL, 200, repository("null", ""));

        assertThat(forge.findTagHead(TARGET, "v2.0", NAMES)).isEmpty();
    }

    @Test
    void letsABlockedMemberDoNothing() {
        stub.on(
                "GET " + PROJECT + "/members/all",
                200,
                "[{\"username\":\"ada\",\"state\":\"blocked\",\"access_level\":50}]");

        assertThat(forge.permission(TARGET, "ada")).isEqualTo(Permission.NONE);
    }

    @ParameterizedTest
    @CsvSource({"public, false", "internal, true", "private, true"})
    void knowsWhoMaySeeAProject(String visibility, boolean isPrivate) {
        stub.on("GET " + PROJECT, 200, "{\"visibility\":\"" + visibility + "\"}");

        assertThat(forge.isPrivate(TARGET)).isEqualTo(isPrivate);
    }

    @Test
    void takesTheLatestReleaseThatIsOut() {
        stub.on("GET " + PROJECT + "/releases", 200, """
                [{"tag_name": "v3", "upcoming_release": true}, {"tag_name": "v2", "upcoming_release": false},
                 {"tag_name": "v1", "upcoming_release": false}]
                """).on("GET " + PROJECT + "/releases", 200, "[]");

        assertThat(forge.findLatestRelease(TARGET)).contains("v2");
        assertThat(forge.findLatestRelease(TARGET)).isEmpty();
    }

    @Test
    void findsAnIssueAgainAndOpensOneElse() {
        String marked = CommentMarker.of("ours").toString();
        stub.on(
                        "GET " + PROJECT + "/issues",
                        200,
                        "[{\"iid\": 6, \"description\": \"x\"}, {\"iid\": 5, \"description\": \"x\\n" + marked + "\"}]")
                .on("POST " + PROJECT + "/issues", 201, "{\"iid\": 7}")
                .on("POST " + PROJECT + "/issues", 403, "{\"message\": \"403 Forbidden\"}");

        assertThat(forge.findIssue(TARGET, "ours")).contains(5);
        assertThat(forge.findIssue(TARGET, "another")).isEmpty();
        assertThat(forge.openIssue(TARGET, "another", "title", "text")).isEqualTo(7);
        assertThatThrownBy(() -> forge.openIssue(TARGET, "another", "title", "text"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Guest");
        assertThat(stub.asked().get(0).query()).contains("scope=created_by_me");
    }

    @Test
    void isHomeOfTheProjectsOfItsSite() {
        Homes.isOfProjectsAt(forge, stub.url().getPort());
    }
}
