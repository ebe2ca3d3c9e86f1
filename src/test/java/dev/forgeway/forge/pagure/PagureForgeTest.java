package dev.forgeway.forge.pagure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.CommentMarker;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.ProposedChange;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagureForgeTest {

    private static final String COMMIT = "528b803be6f93e19ca4130bf4976f2800a3004c4";
    private static final String PROJECT = "/api/0/rpms/hello";
    private static final String ROOT = "GET " + PROJECT + "/tree/" + COMMIT;
    private static final String RAW = "/rpms/hello/raw/" + COMMIT + "/f/";
    private static final String PUT = "POST " + PROJECT + "/c/" + COMMIT + "/flag";
    private static final String GROUP = "GET /api/0/group/packager";
    private static final String MISSING = "{\"error\":\"Project not found\",\"error_code\":\"ENOPROJECT\"}";
    private static final String NO_FILE = "{\"error\":\"File not found\",\"error_code\":\"EFILENOTFOUND\"}";
    private static final String FLAGGED = "{\"flag\":{},\"message\":\"Flag added\",\"uid\":\"x\"}";
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain; charset=utf-8");
    private static final Map<String, String> PAGE = Map.of("Content-Type", "text/html; charset=utf-8");
    private static final List<String> NAMES = List.of(".packit.yaml", ".config/packit.yaml", "packit.yaml");
    private static final PackageConfigFile CONFIG = new PackageConfigFile("packit.yaml", "jobs: []");
    private static final Target TARGET =
            new Target(new Project("localhost", "rpms", "hello", "https://localhost/rpms/hello", null), null);
    private static final Subject PULL_REQUEST = Subject.pullRequest(7);
    private static final Check CHECK =
            new Check("rpm-build:f44", CheckState.RUNNING, "RPM build is in progress...", null, "https://copr.test/1");

    private final StubService stub = new StubService();
    private final PagureForge forge = new PagureForge(
            new TokenSettings(stub.url().resolve("/api/0"), "secret"),
            List.of("packager"),
            new ServiceHttp(HttpTimeouts.DEFAULT, new SimpleMeterRegistry(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        stub.close();
    }

    private void hasConfig() {
        stub.on(ROOT, 200, """
                        {"type":"folder","content":[
                          {"name":"README.md","type":"file"},{"name":".packit.yaml","type":"link"},
                          {"name":"packit.yaml","type":"file","content_url":"https://localhost%spackit.yaml"},
                          {"name":".config","type":"folder",
                           "content_url":"https://localhost/api/0/rpms/hello/tree/%s/f/.config"}]}""".formatted(RAW, COMMIT))
                .on("GET " + RAW + ".config/packit.yaml", 404, PAGE, "<title>Page not found</title>")
                .on("GET " + RAW + "packit.yaml", 200, TEXT, CONFIG.text());
    }

    @Test
    void readsOnlyFilesThatCanBeThere() {
        hasConfig();

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES)).contains(CONFIG);

        assertThat(stub.asked())
                .extracting(StubService.Asked::path)
                .containsExactly(PROJECT + "/tree/" + COMMIT, RAW + ".config/packit.yaml", RAW + "packit.yaml");
    }

    @Test
    void showsItsKeyToTheApiAndToNothingElse() {
        hasConfig();

        forge.findPackageConfig(TARGET, COMMIT, List.of("packit.yaml"));

        assertThat(stub.asked())
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("token secret", "");
    }

    @Test
    void findsNoConfigWithOneRequest() {
        stub.on(ROOT, 200, "{\"type\":\"folder\",\"content\":[{\"name\":\"README.md\",\"type\":\"file\"}]}");

        assertThat(forge.findPackageConfig(TARGET, COMMIT, NAMES)).isEmpty();
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void findsTheConfigAtTheHeadOfTheDefaultBranchWhateverItsName() {
        stub.on("GET " + PROJECT + "/tree", 200, """
                        {"content":[{"name":"packit.yaml","type":"file",
                                     "content_url":"https://localhost/rpms/hello/raw/f44/next/f/packit.yaml"}]}""")
                .on("GET /rpms/hello/raw/f44/next/f/packit.yaml", 200, TEXT, CONFIG.text());

        assertThat(forge.findPackageConfig(TARGET, Forge.HEAD, NAMES)).contains(CONFIG);
    }

    @Test
    void findsNoConfigInAnEmptyProject() {
        stub.on("GET " + PROJECT + "/tree", 404, "{\"error\":\"This git repository is empty\"}")
                .on("GET " + PROJECT, 200, "{\"id\":1}");

        assertThat(forge.findPackageConfig(TARGET, Forge.HEAD, NAMES)).isEmpty();
    }

    @Test
    void triesAgainWhenAPageComesInPlaceOfTheFile() {
        hasConfig();
        stub.on("GET " + RAW + "guarded.yaml", 200, PAGE, "<title>Making sure you are not a bot</title>");
        stub.on(
                ROOT,
                200,
                "{\"content\":[{\"name\":\"guarded.yaml\",\"type\":\"file\",\"content_url\":\"" + RAW
                        + "guarded.yaml\"}]}");
        forge.findPackageConfig(TARGET, COMMIT, NAMES);

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, List.of("guarded.yaml")))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("text/html");
    }

    @Test
    void triesAgainWhenTheCommitIsNotKnownYet() {
        stub.on(ROOT, 404, NO_FILE).on("GET " + PROJECT, 200, "{\"id\":1}");

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES)).isInstanceOf(TransientException.class);
    }

    @Test
    void saysThatAProjectIsNotAccessible() {
        stub.on(ROOT, 404, MISSING).on("GET " + PROJECT, 404, MISSING);

        assertThatThrownBy(() -> forge.findPackageConfig(TARGET, COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("Project not found");
    }

    @Test
    void findsAPullRequestWithItsConfig() {
        hasConfig();
        stub.on("GET " + PROJECT + "/pull-request/7", 200, """
                {"id":7,"user":{"name":"ada"},"tags":["bug"],"branch":"rawhide","branch_from":"topic","commit_stop":"%s",
                 "repo_from":{"url_path":"fork/ada/rpms/hello","full_url":"https://localhost/fork/ada/rpms/hello"}}""".formatted(COMMIT));

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES))
                .contains(new PullRequestHead(
                        new PullRequest(7, "fork/ada/rpms", "hello", "topic", "rawhide", "ada", List.of("bug")),
                        COMMIT,
                        CONFIG));
    }

    @Test
    void waitsForTheHeadOfAPullRequestThatWasJustOpened() {
        stub.on("GET " + PROJECT + "/pull-request/7", 200, "{\"id\":7,\"commit_stop\":null,\"repo_from\":null}");

        assertThatThrownBy(() -> forge.findPullRequestHead(TARGET, 7, NAMES)).isInstanceOf(TransientException.class);
    }

    @Test
    void findsNoPullRequest() {
        stub.on("GET " + PROJECT + "/pull-request/7", 404, "{\"error\":\"Pull-Request not found\"}");

        assertThat(forge.findPullRequestHead(TARGET, 7, NAMES)).isEmpty();
    }

    @Test
    void putsAFlag() {
        stub.on(PUT, 200, FLAGGED);

        String id = forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false);

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(stub.asked().get(0).json())
                .isEqualTo(
                        StubService.json("{\"username\":\"rpm-build:f44\",\"comment\":\"RPM build is in progress...\","
                                + "\"url\":\"https://copr.test/1\",\"status\":\"pending\",\"uid\":\"" + id + "\"}"));
    }

    @Test
    void replacesItsFlagWithoutLookingForIt() {
        stub.on(PUT, 200, FLAGGED).on("POST " + PROJECT + "/c/" + "a".repeat(40) + "/flag", 200, FLAGGED);

        String first = forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false);
        String again = forge.putCheck(TARGET, COMMIT, "key", CHECK, first, true);
        String elsewhere = forge.putCheck(TARGET, "a".repeat(40), "key", CHECK, null, true);

        assertThat(again).isEqualTo(first);
        assertThat(elsewhere).isNotEqualTo(first);
        assertThat(stub.asked()).extracting(StubService.Asked::method).containsOnly("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending, ''",
        "RUNNING, pending, ''",
        "SUCCESS, success, 100",
        "FAILURE, failure, 0",
        "ERROR, error, 0",
        "NEUTRAL, error, ''",
        "CANCELED, canceled, ''"
    })
    void hasAWordForEveryState(CheckState state, String word, String percent) {
        stub.on(PUT, 200, FLAGGED);

        forge.putCheck(TARGET, COMMIT, "key", new Check("c", state, "x".repeat(200), null, null), "41", false);

        JsonNode sent = stub.asked().get(0).json();
        assertThat(sent.path("status").asText()).isEqualTo(word);
        assertThat(sent.path("percent").asText()).isEqualTo(percent);
        assertThat(sent.path("comment").asText()).hasSize(140);
        assertThat(sent.path("url").asText()).isEqualTo("https://localhost/rpms/hello");
    }

    @Test
    void triesToFlagAgainWhenTheCommitIsNotKnownYet() {
        stub.on(PUT, 404, "{\"error\":\"Commit not found\"}");

        assertThatThrownBy(() -> forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false))
                .isInstanceOf(TransientException.class);
    }

    @Test
    void saysWhatAKeyNeedsThatMayNotFlag() {
        stub.on(PUT, 403, "{\"error\":\"You do not have sufficient permissions\"}");

        assertThatThrownBy(() -> forge.putCheck(TARGET, COMMIT, "key", CHECK, null, false))
                .isInstanceOf(CheckRefusedException.class)
                .hasMessageContaining("commit_flag");
    }

    @ParameterizedTest
    @CsvSource({"PULL_REQUEST, pull-request", "ISSUE, issue"})
    void addsACommentWithAHiddenKeyAndFindsItAgain(Subject.Kind kind, String path) {
        Subject subject = new Subject(kind, "7");
        stub.on("POST " + PROJECT + "/" + path + "/7/comment", 200, "{\"message\":\"Comment added\"}")
                .on(
                        "GET " + PROJECT + "/" + path + "/7",
                        200,
                        "{\"comments\":[{\"comment\":\"x\"},{\"comment\":\"Hello\\n\\n" + CommentMarker.of("job-1")
                                + "\"}]}");

        forge.addComment(TARGET, subject, "job-1", "Hello", false);
        forge.addComment(TARGET, subject, "job-1", "Hello", true);
        forge.addComment(TARGET, subject, "job-2", "Hello", true);

        assertThat(stub.asked()).extracting(StubService.Asked::method).containsExactly("POST", "GET", "GET", "POST");
        assertThat(stub.asked().get(0).json().path("comment").asText()).isEqualTo("Hello\n\n<!-- forgeway:job-1 -->");
    }

    @Test
    void doesNotCommentOnCommits() {
        Subject commit = new Subject(Subject.Kind.COMMIT, COMMIT);

        assertThatThrownBy(() -> forge.addComment(TARGET, commit, "job-1", "Hello", false))
                .isInstanceOf(UserErrorException.class);
        assertThat(stub.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "keeper, ADMIN",
        "admin, ADMIN",
        "committer, WRITE",
        "of-admins, ADMIN",
        "of-committers, WRITE",
        "packager, WRITE",
        "collaborator, READ",
        "reporter, READ",
        "stranger, READ"
    })
    void knowsWhatAnAccountMayDo(String account, Permission permission) {
        stub.on("GET " + PROJECT, 200, """
                        {"access_users":{"owner":["keeper"],"admin":["admin"],"commit":["committer"],
                                         "collaborator":["collaborator"],"ticket":["reporter"]},
                         "access_groups":{"admin":["admins"],"commit":["committers"],"ticket":["reporters"]},
                         "group_details":{"admins":["of-admins"],"committers":["of-committers"],
                                          "reporters":["stranger"]}}""").on(GROUP, 200, "{\"name\":\"packager\",\"members\":[\"packager\"]}");

        assertThat(forge.permission(TARGET, account)).isEqualTo(permission);
        assertThat(stub.asked().get(0).query()).isEqualTo("expand_group=1");
    }

    @Test
    void asksForPackagersOnlyWhenTheProjectDoesNotLetTheAccountWrite() {
        stub.on("GET " + PROJECT, 200, "{\"access_users\":{\"commit\":[\"ada\"]}}")
                .on(GROUP, 200, "{\"members\":[]}");

        forge.permission(TARGET, "ada");
        assertThat(stub.asked(GROUP)).isEmpty();

        forge.permission(TARGET, "grace");
        assertThat(stub.asked(GROUP)).hasSize(1);
    }

    @Test
    void takesAProjectForPrivateThatAStrangerCannotSee() {
        stub.on("GET " + PROJECT, 404, MISSING).on("GET " + PROJECT, 200, "{\"id\":1}");

        assertThat(forge.isPrivate(TARGET)).isTrue();
        assertThat(forge.isPrivate(TARGET)).isFalse();
        assertThat(stub.asked())
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("", "");
    }

    @Test
    void asksNobodyWhereThereAreNoPrivateProjects() {
        var distGit =
                new Project("src.fedoraproject.org", "rpms", "hello", "https://src.fedoraproject.org/rpms/hello", null);

        assertThat(forge.isPrivate(new Target(distGit, null))).isFalse();
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void callsForNoProjectOfAnotherHost() {
        var elsewhere = new Target(new Project("pagure.io", "", "hello", "https://pagure.io/hello", null), null);

        assertThatThrownBy(() -> forge.findPackageConfig(elsewhere, COMMIT, NAMES))
                .isInstanceOf(UserErrorException.class);
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void knowsTagsAndTheirCommits() {
        stub.on(
                "GET " + PROJECT + "/git/tags",
                200,
                "{\"tags\": {\"v1\": \"" + COMMIT + "\", \"v2\": \"" + COMMIT + "\"}, \"total_tags\": 2}");

        assertThat(forge.hasReleases()).isFalse();
        assertThat(forge.findTags(TARGET)).containsExactlyInAnyOrder("v1", "v2");
        assertThat(forge.findTagHead(TARGET, "v1", List.of())).contains(new TagHead(COMMIT, null));
        assertThat(forge.findTagHead(TARGET, "v3", List.of())).isEmpty();
    }

    @Test
    void findsAnIssueAgainAndOpensOneElse() {
        String marked = CommentMarker.of("ours").toString();
        stub.on(
                        "GET " + PROJECT + "/issues",
                        200,
                        "{\"issues\": [{\"id\": 6, \"content\": \"x\"}, {\"id\": 5, \"content\": \"x\\n" + marked
                                + "\"}]}")
                .on("POST " + PROJECT + "/new_issue", 200, "{\"issue\": {\"id\": 7}}")
                .on(
                        "POST " + PROJECT + "/new_issue",
                        404,
                        "{\"error\": \"Issue tracker disabled for this project\", \"error_code\": \"ETRACKERDISABLED\"}");

        assertThat(forge.findIssue(TARGET, "ours")).contains(5);
        assertThat(forge.findIssue(TARGET, "another")).isEmpty();
        assertThat(forge.openIssue(TARGET, "another", "title", "text")).isEqualTo(7);
        assertThatThrownBy(() -> forge.openIssue(TARGET, "another", "title", "text"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("issue_create");
    }

    @Test
    void isHomeOfTheProjectsOfItsSite() {
        Homes.isOfProjectsAt(forge, stub.url().getPort());
    }

    @Test
    void findsThePullRequestFromABranchOfTheProjectItself() {
        String open = """
                {"requests": [
                  {"id": 3, "branch": "main", "branch_from": "fix",
                   "repo_from": {"fullname": "forks/ada/rpms/hello"}, "project": {"fullname": "rpms/hello"}},
                  {"id": 4, "branch": "f45", "branch_from": "fix",
                   "repo_from": {"fullname": "rpms/hello"}, "project": {"fullname": "rpms/hello"}},
                  {"id": 5, "branch": "main", "branch_from": "fix",
                   "repo_from": {"fullname": "rpms/hello"}, "project": {"fullname": "rpms/hello"}}]}
                """;
        stub.on("GET " + PROJECT + "/pull-requests", 200, open).on("GET " + PROJECT + "/pull-requests", 200, "{}");
        ProposedChange change = new ProposedChange("fix", "Fix", "text", Map.of("a", "b"), Instant.EPOCH);

        assertThat(forge.findProposal(TARGET, change, "main"))
                .hasValueSatisfying(page -> assertThat(page).endsWith("/rpms/hello/pull-request/5"));
        assertThat(forge.findProposal(TARGET, change, "main")).isEmpty();
    }
}
