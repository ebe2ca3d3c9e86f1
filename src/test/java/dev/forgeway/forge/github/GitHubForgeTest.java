package dev.forgeway.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.StubService;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubForgeTest {

    private static final String COMMIT = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    private static final String GRAPHQL = "POST /graphql";
    private static final String CREATE = "POST /repos/o/r/check-runs";
    private static final String STATUS = "POST /repos/o/r/statuses/" + COMMIT;
    private static final String UPDATE = "PATCH /repos/o/r/check-runs/5";
    private static final String RUNS = "GET /repos/o/r/commits/" + COMMIT + "/check-runs";
    private static final String COMMENTS = "/repos/o/r/issues/1/comments";
    private static final List<String> NAMES = List.of(".packit.yaml", "packit.yaml");
    private static final Target TARGET =
            new Target(new Project("github.com", "o", "r", "https://github.com/o/r", null), null);

    private final StubService stub = new StubService();
    private final TestClock clock = new TestClock();
    private final GitHubForge forge = new GitHubForge(
            new GitHubSettings(stub.url(), null, null, "plain-token"),
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), clock),
            new GitHubPace(clock),
            clock);

    @AfterEach
    void stop() {
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.github.com, https://api.github.com/graphql",
        "https://api.github.com/, https://api.github.com/graphql",
        "https://git.example.org/api/v3, https://git.example.org/api/graphql",
        "https://git.example.org/api/v3/, https://git.example.org/api/graphql",
        "http://localhost:9000/github, http://localhost:9000/github/graphql",
    })
    void knowsWhereGraphQlIsAsked(URI api, URI graphQl) {
        assertThat(new GitHubSettings(api, null, null, null).graphQlUrl()).isEqualTo(graphQl);
    }

    @Test
    void findsTheFirstConfigInTheOrderGivenWithOneRequest() {
        stub.on(GRAPHQL, 200, """
                {"data":{"repository":{"object":{"f0":null,
                 "f1":{"object":{"text":"jobs: []","isBinary":false,"isTruncated":false}}}}}}""");

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .contains(new PackageConfigFile("packit.yaml", "jobs: []"));

        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).header("Authorization")).isEqualTo("Bearer plain-token");
        JsonNode request = stub.asked().get(0).json();
        assertThat(request.path("variables"))
                .isEqualTo(StubService.json("{\"owner\":\"o\",\"name\":\"r\",\"p0\":\".packit.yaml\","
                        + "\"p1\":\"packit.yaml\",\"key\":\"" + COMMIT + "\"}"));
        assertThat(request.path("query").asText())
                .isEqualTo("query($p0:String!,$p1:String!,$owner:String!,$name:String!,$key:GitObjectID!)"
                        + "{repository(owner:$owner,name:$name){object(oid:$key){... on Commit{"
                        + "f0:file(path:$p0){object{... on Blob{text isBinary isTruncated}}}"
                        + " f1:file(path:$p1){object{... on Blob{text isBinary isTruncated}}}}}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"data":{"repository":{"object":{}}}}
            {"data":{"repository":{"object":{"f0":null,"f1":null}}}}
            {"data":{"repository":{"object":{"f0":{"object":{}},"f1":{"object":null}}}}}
            """)
    void findsNoConfig(String answer) {
        stub.on(GRAPHQL, 200, answer);

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES)).isEmpty();
    }

    @Test
    void triesAgainWhenTheCommitIsNotThereYet() {
        stub.on(GRAPHQL, 200, "{\"data\":{\"repository\":{\"object\":null}}}");

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("not yet");
    }

    @Test
    void asksNothingAboutACommitThatCannotBe() {
        assertThat(forge.findPackageConfig(TARGET, "main", NAMES)).isEmpty();
        assertThat(stub.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void tellsTheUserThatTheConfigIsNoText(boolean binary, boolean truncated) {
        stub.on(
                GRAPHQL,
                200,
                "{\"data\":{\"repository\":{\"object\":{\"f0\":{\"object\":{\"text\":\"x\",\"isBinary\":" + binary
                        + ",\"isTruncated\":" + truncated + "}}}}}}");

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(".packit.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"type":"NOT_FOUND","path":["repository"],"message":"Could not resolve"} | UserErrorException | -
            {"type":"FORBIDDEN","path":["repository"],"message":"IP allow list"}     | UserErrorException | -
            {"type":"RATE_LIMITED","message":"API rate limit exceeded"}              | TransientException | 2025-03-01T12:30:00Z
            {"type":"SOMETHING","message":"wrong"}                                   | TransientException | -
            {"message":"Something went wrong while executing your query"}            | TransientException | -
            """)
    void mapsGraphQlErrors(String error, String exception, @Nullable Instant retryAt) {
        stub.on(
                GRAPHQL,
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "x-ratelimit-remaining", "0",
                        "x-ratelimit-reset", "1740832200"),
                "{\"data\":null,\"errors\":[" + error + "]}");

        RuntimeException thrown =
                catchThrowableOfType(RuntimeException.class, () -> forge.findPackageConfig(TARGET, COMMIT, NAMES));

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
        if (thrown instanceof TransientException passing) {
            assertThat(passing.retryAt()).isEqualTo(retryAt);
        }
    }

    @Test
    void findsTheHeadOfAPullRequestWithItsConfig() {
        stub.on(GRAPHQL, 200, """
                {"data":{"repository":{"pullRequest":{"number":7,"headRefOid":"aa","headRefName":"fix",
                 "baseRefName":"main","headRepository":{"name":"r2","owner":{"login":"fork"}},
                 "labels":{"nodes":[{"name":"ready"},{"name":"wip"}]},
                 "commits":{"nodes":[{"commit":{"oid":"aa","f0":{"object":{"text":"t","isBinary":false,
                 "isTruncated":false}},"f1":null}}]}}}}}""");

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES))
                .contains(new PullRequestHead(
                        new PullRequest(7, "fork", "r2", "fix", "main", null, List.of("ready", "wip")),
                        "aa",
                        new PackageConfigFile(".packit.yaml", "t")));
        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).json().path("variables").path("key").asInt())
                .isEqualTo(7);
    }

    @Test
    void findsTheHeadOfADeletedFork() {
        stub.on(GRAPHQL, 200, """
                {"data":{"repository":{"pullRequest":{"number":7,"headRefOid":"aa","headRefName":"fix",
                 "baseRefName":"main","headRepository":null,"commits":{"nodes":[]}}}}}""");

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES))
                .contains(new PullRequestHead(new PullRequest(7, null, null, "fix", "main", null, null), "aa", null));
    }

    @Test
    void findsNoHeadOfAPullRequestThatIsNone() {
        stub.on(GRAPHQL, 200, """
                {"data":{"repository":{"pullRequest":null}},"errors":[{"type":"NOT_FOUND",
                 "path":["repository","pullRequest"],"message":"Could not resolve to a PullRequest"}]}""");

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PENDING, queued, -",
                "RUNNING, in_progress, -",
                "SUCCESS, completed, success",
                "FAILURE, completed, failure",
                "ERROR, completed, failure",
                "NEUTRAL, completed, neutral",
                "CANCELED, completed, cancelled",
            })
    void createsACheckRun(CheckState state, String status, @Nullable String conclusion) {
        stub.on(CREATE, 201, "{\"id\":5}");

        String id = forge.putCheck(TARGET, COMMIT, "key-1", check(state, "https://x.org/1"), null, false);

        assertThat(id).isEqualTo("5");
        String ending = conclusion == null ? "" : ",\"conclusion\":\"" + conclusion + "\"";
        assertThat(stub.asked().get(0).json())
                .isEqualTo(
                        StubService.json("{\"name\":\"rpm-build:f\",\"external_id\":\"key-1\",\"head_sha\":\"" + COMMIT
                                + "\",\"status\":\"" + status + "\",\"details_url\":\"https://x.org/1\","
                                + "\"output\":{\"title\":\"Accepted.\",\"summary\":\"Some *text*\"}" + ending + "}"));
    }

    @Test
    void updatesTheCheckRunThatItKnows() {
        stub.on(UPDATE, 200, "{\"id\":5}");

        assertThat(forge.putCheck(TARGET, COMMIT, "k", check(CheckState.RUNNING, null), "5", true))
                .isEqualTo("5");

        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).json().has("head_sha")).isFalse();
        assertThat(stub.asked().get(0).json().has("details_url")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"404", "422"})
    void createsANewCheckRunWhenTheOldOneCannotChange(int status) {
        stub.on(UPDATE, status, "{\"message\":\"no\"}").on(CREATE, 201, "{\"id\":6}");

        assertThat(forge.putCheck(TARGET, COMMIT, "k", check(CheckState.PENDING, null), "5", false))
                .isEqualTo("6");
    }

    @Test
    void findsTheCheckRunOfAnEarlierAttempt() {
        stub.on(
                RUNS,
                200,
                "{\"total_count\":2,\"check_runs\":[{\"id\":4,\"external_id\":\"other\"},{\"id\":5,\"external_id\":\"k\"}]}");
        stub.on(UPDATE, 200, "{\"id\":5}");

        assertThat(forge.putCheck(TARGET, COMMIT, "k", check(CheckState.RUNNING, null), null, true))
                .isEqualTo("5");

        assertThat(stub.asked().get(0).query()).isEqualTo("check_name=rpm-build:f&filter=all&per_page=100&page=1");
        assertThat(stub.asked(CREATE)).isEmpty();
    }

    @Test
    void createsTheCheckRunWhenNoEarlierAttemptDid() {
        stub.on(RUNS, 200, "{\"total_count\":0,\"check_runs\":[]}").on(CREATE, 201, "{\"id\":6}");

        assertThat(forge.putCheck(TARGET, COMMIT, "k", check(CheckState.RUNNING, null), null, true))
                .isEqualTo("6");
    }

    @Test
    void cutsTextsAndDropsAddressesThatNobodyShouldFollow() {
        stub.on(CREATE, 201, "{\"id\":6}");
        Check check = new Check("n", CheckState.SUCCESS, "t".repeat(300), "😀".repeat(40_000), "javascript:alert(1)");

        forge.putCheck(TARGET, COMMIT, "k", check, null, false);

        JsonNode body = stub.asked().get(0).json();
        assertThat(body.path("output").path("title").asText()).hasSize(255);
        assertThat(body.path("output").path("summary").asText())
                .hasSizeBetween(65_534, 65_535)
                .endsWith("😀…");
        assertThat(body.has("details_url")).isFalse();
    }

    @Test
    void usesTheTitleWhereThereIsNoSummary() {
        stub.on(CREATE, 201, "{\"id\":6}");

        forge.putCheck(TARGET, COMMIT, "k", new Check("n", CheckState.PENDING, "Title", null, null), null, false);

        assertThat(stub.asked().get(0).json().path("output").path("summary").asText())
                .isEqualTo("Title");
    }

    @Test
    void namesThePermissionThatChecksNeed() {
        stub.on(CREATE, 422, "{\"message\":\"Invalid request\"}");

        assertThatThrownBy(() -> forge.putCheck(TARGET, COMMIT, "k", check(CheckState.PENDING, null), null, false))
                .isInstanceOf(UserErrorException.class)
                .isNotInstanceOf(CheckRefusedException.class)
                .hasMessageContaining("Invalid request")
                .hasMessageContaining("Checks: write");
        assertThat(stub.asked(STATUS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending",
        "RUNNING, pending",
        "SUCCESS, success",
        "FAILURE, failure",
        "ERROR, error",
        "NEUTRAL, error",
        "CANCELED, error",
    })
    void showsACommitStatusWhereNoCheckRunMayBeWritten(CheckState state, String word) {
        stub.on(CREATE, 403, "{\"message\":\"Resource not accessible by integration\"}")
                .on(STATUS, 201, "{\"id\":8}");

        String id = forge.putCheck(TARGET, COMMIT, "k", check(state, "https://x.org/1"), null, false);

        assertThat(id).isEqualTo("status/8");
        assertThat(stub.asked(STATUS).get(0).json())
                .isEqualTo(
                        StubService.json(
                                "{\"state\":\"" + word
                                        + "\",\"context\":\"rpm-build:f\",\"description\":\"Accepted.\",\"target_url\":\"https://x.org/1\"}"));
    }

    @Test
    void triesCheckRunsAgainAfterAnHour() {
        stub.on(CREATE, 404, "{\"message\":\"Not Found\"}")
                .on(CREATE, 201, "{\"id\":5}")
                .on(STATUS, 201, "{\"id\":8}");
        Check pending = check(CheckState.PENDING, null);
        forge.putCheck(TARGET, COMMIT, "k", pending, null, false);
        forge.putCheck(TARGET, COMMIT, "k2", pending, null, false);
        assertThat(stub.asked(CREATE)).hasSize(1);

        clock.advance(Duration.ofHours(1));

        assertThat(forge.putCheck(TARGET, COMMIT, "k", pending, "status/8", false))
                .as("began as a status")
                .isEqualTo("status/8");
        assertThat(forge.putCheck(TARGET, COMMIT, "k3", pending, null, false)).isEqualTo("5");
    }

    @Test
    void saysWhatIsMissingWhenNeitherMayBeWritten() {
        stub.on(CREATE, 403, "{\"message\":\"no\"}")
                .on(STATUS, 403, "{\"message\":\"Resource not accessible by integration\"}");

        CheckRefusedException refused = catchThrowableOfType(
                CheckRefusedException.class,
                () -> forge.putCheck(TARGET, COMMIT, "k", check(CheckState.PENDING, null), null, false));

        assertThat(refused.isOfProject()).isTrue();
        assertThat(refused).hasMessageContaining("Commit statuses: write").hasMessageContaining("integration");
    }

    @Test
    void addsACommentWithAHiddenMarker() {
        stub.on("POST " + COMMENTS, 201, "{\"id\":9}");

        assertThat(forge.addComment(TARGET, Subject.pullRequest(1), "a:b/c#1", "Hello", false))
                .isEqualTo("9");

        assertThat(stub.asked().get(0).json())
                .isEqualTo(StubService.json("{\"body\":\"Hello\\n\\n<!-- forgeway:a:b/c#1 -->\"}"));
    }

    @ParameterizedTest
    @CsvSource({"x --> <b>, x -%2D%3E <b%3E", "50%, 50%25", "---, -%2D-"})
    void keepsTheMarkerInsideItsComment(String key, String shown) {
        assertThat(CommentMarker.of(key)).hasToString("<!-- forgeway:" + shown + " -->");
    }

    @Test
    void findsTheCommentOfAnEarlierAttemptOnTheNewestPages() {
        Map<String, String> link = Map.of(
                "Content-Type",
                "application/json",
                "Link",
                "<" + stub.url() + COMMENTS + "?per_page=100&page=2>; rel=\"next\", <" + stub.url() + COMMENTS
                        + "?per_page=100&page=7>; rel=\"last\"");
        stub.on("GET " + COMMENTS, 200, link, "[]")
                .on("GET " + COMMENTS, 200, comment(1, "> <!-- forgeway:k -->\\n\\nwhat is this?"))
                .on("GET " + COMMENTS, 200, comment(2, "Hello\\n\\n<!-- forgeway:k -->\\n"));

        assertThat(forge.addComment(TARGET, Subject.pullRequest(1), "k", "Hello", true))
                .isEqualTo("2");

        assertThat(stub.asked())
                .extracting(StubService.Asked::query)
                .containsExactly("per_page=100&page=1", "per_page=100&page=7", "per_page=100&page=6");
    }

    @Test
    void looksAtFourPagesAtMost() {
        String link = "<" + stub.url() + COMMENTS + "?page=70&per_page=100>; rel=\"last\"";
        stub.on("GET " + COMMENTS, 200, Map.of("Content-Type", "application/json", "Link", link), "[]")
                .on("POST " + COMMENTS, 201, "{\"id\":9}");

        assertThat(forge.addComment(TARGET, Subject.pullRequest(1), "k", "Hello", true))
                .isEqualTo("9");

        assertThat(stub.asked("GET " + COMMENTS)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"403", "404", "410", "422"})
    void namesThePermissionThatCommentsNeed(int status) {
        stub.on("POST " + COMMENTS, status, "{\"message\":\"no\"}");

        assertThatThrownBy(() -> forge.addComment(TARGET, Subject.pullRequest(1), "k", "Hello", false))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Pull requests: write");
    }

    @Test
    void letsNoNameLeaveItsPlaceInTheAddress() {
        stub.on("POST /repos/a b/r?x/issues/1/comments", 201, "{\"id\":9}");
        Target odd = new Target(new Project("github.com", "a b", "r?x", "", null), null);
        Target up = new Target(new Project("github.com", "..", "r", "", null), null);

        assertThat(forge.addComment(odd, Subject.pullRequest(1), "k", "Hello", false))
                .isEqualTo("9");
        assertThatThrownBy(() -> forge.addComment(up, Subject.pullRequest(1), "k", "Hello", false))
                .isInstanceOf(UserErrorException.class);
    }

    @Test
    void commentsOnACommit() {
        stub.on("POST /repos/o/r/commits/" + COMMIT + "/comments", 201, "{\"id\":11}");

        Subject commit = new Subject(Subject.Kind.COMMIT, COMMIT);
        assertThat(forge.addComment(TARGET, commit, "k", "Hello", false)).isEqualTo("11");
    }

    @Test
    void reactsToCommentsOfEveryKind() {
        stub.on("POST /repos/o/r/issues/comments/99/reactions", 201, "{\"id\":1}")
                .on("POST /repos/o/r/comments/99/reactions", 200, "{\"id\":2}");

        assertThat(forge.addReaction(TARGET, Subject.pullRequest(7), 99, "eyes"))
                .isEqualTo("1");
        assertThat(forge.addReaction(TARGET, new Subject(Subject.Kind.COMMIT, COMMIT), 99, "eyes"))
                .as("there already")
                .isEqualTo("2");
        assertThat(stub.asked())
                .allSatisfy(asked ->
                        assertThat(asked.json().path("content").asText()).isEqualTo("eyes"));
    }

    @ParameterizedTest
    @CsvSource({"admin, ADMIN", "write, WRITE", "read, READ", "none, NONE", "owner-of-all, NONE"})
    void asksWhatAnAccountMayDo(String permission, Permission expected) {
        stub.on(
                "GET /repos/o/r/collaborators/ada/permission",
                200,
                "{\"permission\":\"" + permission + "\",\"role_name\":\"" + permission + "\"}");

        assertThat(forge.permission(TARGET, "ada")).isEqualTo(expected);
    }

    @Test
    void permitsNothingToAnAccountThatGitHubDoesNotKnow() {
        stub.on("GET /repos/o/r/collaborators/ghost/permission", 404, "{\"message\":\"Not Found\"}");

        assertThat(forge.permission(TARGET, "ghost")).isEqualTo(Permission.NONE);
    }

    @Test
    void namesThePermissionThatPermissionsNeed() {
        stub.on("GET /repos/o/r/collaborators/ada/permission", 403, "{\"message\":\"no\"}");

        assertThatThrownBy(() -> forge.permission(TARGET, "ada"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Metadata: read");
    }

    @ParameterizedTest
    @CsvSource({"'{\"private\":true}', true", "'{\"private\":false}', false", "{}, true"})
    void asksWhetherARepositoryIsPrivate(String answer, boolean expected) {
        stub.on("GET /repos/o/r", 200, answer);

        assertThat(forge.isPrivate(TARGET)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"identical, true", "behind, true", "ahead, false", "diverged, false"})
    void knowsFromAComparisonWhetherACommitIsOnABranch(String status, boolean isOn) {
        stub.on("GET /repos/o/r/compare/v1/stable..." + COMMIT, 200, "{\"status\":\"" + status + "\"}");

        assertThat(forge.isOnBranch(TARGET, "v1/stable", COMMIT)).isEqualTo(isOn);
    }

    @Test
    void findsNoCommitOnABranchThatIsNotThere() {
        stub.on("GET /repos/o/r/compare/gone..." + COMMIT, 404, "{\"message\":\"Not Found\"}");

        assertThat(forge.isOnBranch(TARGET, "gone", COMMIT)).isFalse();
    }

    private static Check check(CheckState state, @Nullable String url) {
        return new Check("rpm-build:f", state, "Accepted.", "Some *text*", url);
    }

    private static String comment(int id, String body) {
        return IntStream.of(id)
                .mapToObj(i -> "{\"id\":" + i + ",\"body\":\"" + body + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void findsThePullRequestThatCameOnlyAfterItLooked() {
        stub.on("GET /repos/o/r/pulls", 200, "[]")
                .on("GET /repos/o/r/pulls", 200, "[{\"html_url\":\"https://github.com/o/r/pull/3\"}]")
                .on("POST /repos/o/r/pulls", 422, "{\"message\":\"A pull request already exists for o:fix.\"}");
        ProposedChange change = new ProposedChange("fix", "Fix", "text", Map.of("a", "b"), clock.instant());

        assertThat(forge.findProposal(TARGET, change, "main")).isEmpty();
        assertThat(forge.openProposal(TARGET, change, "main")).isEqualTo("https://github.com/o/r/pull/3");
    }

    @Test
    void triesAgainWhereTheDefaultBranchIsNotTold() {
        stub.on("GET /repos/o/r", 200, "{}");
        ProposedChange change = new ProposedChange("fix", "Fix", "text", Map.of("a", "b"), clock.instant());

        assertThatThrownBy(() -> forge.commit(TARGET, change))
                .isInstanceOf(TransientException.class)
                .hasMessage("GitHub answered without default_branch");
        assertThat(stub.asked()).hasSize(1);
    }
}
