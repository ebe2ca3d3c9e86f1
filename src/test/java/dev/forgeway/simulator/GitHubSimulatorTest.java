package dev.forgeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubSimulatorTest {

    private static final String REPOSITORY = "packit/hello-world";
    private static final String SHA = "528b803be6f93e19ca4130bf4976f2800a3004c4";

    private final GitHubSimulator gitHub = new GitHubSimulator();
    private Http caller;

    @BeforeEach
    void addRepository() throws Exception {
        gitHub.addRepository(REPOSITORY, false)
                .addRepository("packit/secret", true)
                .addRepository("other/secret", true)
                .addPullRequest(REPOSITORY, 342, SHA, "lbarcziova", "topic", "main")
                .putFile(REPOSITORY, SHA, ".packit.yaml", "jobs: []\n")
                .putFile(REPOSITORY, SHA, "plans/main.fmf", "execute:\n");
        caller = AppTokens.caller(gitHub, REPOSITORY);
        gitHub.forgetCalls();
    }

    @AfterEach
    void close() {
        gitHub.close();
    }

    @Test
    void issuesTokensToTheAppOnly() throws Exception {
        Instant now = Instant.now();
        String key = gitHub.privateKeyPem();
        String target = "/app/installations/" + gitHub.installationId(REPOSITORY) + "/access_tokens";
        try (GitHubSimulator stranger = new GitHubSimulator()) {
            assertThat(key).startsWith("-----BEGIN RSA PRIVATE KEY-----");
            assertThat(status(target, gitHub.appId(), key, now, now.plusSeconds(600)))
                    .isEqualTo(201);
            assertThat(status(target, gitHub.appId(), key, now, now.plusSeconds(900)))
                    .isEqualTo(401);
            assertThat(status(target, gitHub.appId(), key, now.minusSeconds(900), now.minusSeconds(300)))
                    .isEqualTo(401);
            assertThat(status(target, gitHub.appId(), key, now.plusSeconds(300), now.plusSeconds(540)))
                    .isEqualTo(401);
            assertThat(status(target, "1", key, now, now.plusSeconds(540))).isEqualTo(404);
            assertThat(status(target, gitHub.appId(), stranger.privateKeyPem(), now, now.plusSeconds(540)))
                    .isEqualTo(401);
        }
    }

    private int status(String target, String issuer, String key, Instant issuedAt, Instant expiresAt) throws Exception {
        String jwt = AppTokens.jwt(issuer, key, issuedAt, expiresAt);
        return new Http(gitHub, "Bearer " + jwt).post(target, "{}").status();
    }

    @Test
    void refusesCallsWithoutAValidToken() throws Exception {
        assertThat(new Http(gitHub, "").get("/repos/" + REPOSITORY).status()).isEqualTo(401);
        Http.Answer answer = new Http(gitHub, "Bearer wrong").get("/repos/" + REPOSITORY);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("message").asText()).isEqualTo("Bad credentials");
        assertThat(answer.json().path("status").asText()).isEqualTo("401");
        assertThat(caller.get("/repos/" + REPOSITORY).json().path("full_name").asText())
                .isEqualTo(REPOSITORY);
        gitHub.revokeTokens();
        assertThat(caller.get("/repos/" + REPOSITORY).status()).isEqualTo(401);
        gitHub.tokenLifetime(Duration.ZERO);
        assertThat(AppTokens.caller(gitHub, REPOSITORY)
                        .get("/repos/" + REPOSITORY)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void showsPrivateRepositoriesOnlyToTheirInstallation() throws Exception {
        assertThat(caller.get("/repos/packit/secret").status()).isEqualTo(200);
        assertThat(caller.get("/repos/other/secret").status()).isEqualTo(404);
        gitHub.personalToken("ghp_person");
        assertThat(new Http(gitHub, "token ghp_person")
                        .get("/repos/other/secret")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void findsFilesAndThePullRequestInOneQuery() throws Exception {
        JsonNode data = query("""
                        query($sha: GitObjectID!) {
                          rateLimit { remaining cost }
                          repository(owner: "packit", name: "hello-world") {
                            nameWithOwner
                            object(oid: $sha) { ... on Commit {
                              first: file(path: ".packit.yaml") { path object { ... on Blob { text isBinary isTruncated } } }
                              second: file(path: "packit.yaml") { path }
                            } }
                            tree: object(expression: "%s:") { ... on Tree { entries { name type } } }
                            blob: object(expression: "%s:plans/main.fmf") { ... on Blob { text byteSize } }
                            pullRequest(number: 342) {
                              headRefOid headRefName baseRefName headRepository { name owner { login } }
                              commits(last: 1) { nodes { commit { oid file(path: ".packit.yaml") { object { ... on Blob { text } } } } } }
                            }
                          }
                        }""".formatted(SHA, SHA), Map.of("sha", SHA)).path("data");
        JsonNode repository = data.path("repository");
        assertThat(repository.at("/object/first/object/text").asText()).isEqualTo("jobs: []\n");
        assertThat(repository.at("/object/second").isNull()).isTrue();
        assertThat(repository.at("/tree/entries").findValuesAsText("name")).containsExactly(".packit.yaml", "plans");
        assertThat(repository.at("/blob/text").asText()).isEqualTo("execute:\n");
        assertThat(repository.at("/pullRequest/headRepository/owner/login").asText())
                .isEqualTo("lbarcziova");
        assertThat(repository
                        .at("/pullRequest/commits/nodes/0/commit/file/object/text")
                        .asText())
                .isEqualTo("jobs: []\n");
        assertThat(data.at("/rateLimit/remaining").asInt()).isPositive();
    }

    @Test
    void answersAQueryForAnUnknownRepositoryAsGitHubDoes() throws Exception {
        JsonNode answer = query("{ repository(owner: \"o\", name: \"r\") { id } }", Map.of());
        assertThat(answer.at("/data/repository").isNull()).isTrue();
        assertThat(answer.at("/errors/0/type").asText()).isEqualTo("NOT_FOUND");
        assertThat(answer.at("/errors/0/path/0").asText()).isEqualTo("repository");
        assertThat(answer.at("/errors/0/message").asText())
                .isEqualTo("Could not resolve to a Repository with the name 'o/r'.");
        JsonNode pull = query(
                "{ repository(owner: \"packit\", name: \"hello-world\") { pullRequest(number: 9) { id } } }", Map.of());
        assertThat(pull.at("/errors/0/type").asText()).isEqualTo("NOT_FOUND");
        assertThat(query("{ nonsense }", Map.of()).has("data")).isFalse();
    }

    private JsonNode query(String query, Map<String, Object> variables) throws Exception {
        Http.Answer answer = caller.post("/graphql", Json.write(Map.of("query", query, "variables", variables)));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void keepsEveryStateOfACheckRun() throws Exception {
        Http.Answer created = caller.post("/repos/packit/hello-world/check-runs", """
                {"name":"rpm-build:fedora-rawhide-x86_64","head_sha":"%s","external_id":"key-1","status":"queued",
                 "details_url":"https://example.org/1","output":{"title":"Waiting","summary":"Soon."}}""".formatted(SHA));
        assertThat(created.status()).isEqualTo(201);
        String check = "/repos/packit/hello-world/check-runs/"
                + created.json().path("id").asText();
        assertThat(caller.send("PATCH", check, "{\"status\":\"in_progress\"}").status())
                .isEqualTo(200);
        assertThat(caller.send("PATCH", check, "{\"conclusion\":\"success\"}")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("completed");

        CheckRun run = gitHub.checkRuns(REPOSITORY, SHA).get(0);
        assertThat(run.conclusion()).isEqualTo("success");
        assertThat(run.externalId()).isEqualTo("key-1");
        assertThat(run.title()).isEqualTo("Waiting");
        assertThat(gitHub.checkRunHistory(REPOSITORY, run.id()))
                .extracting(CheckRun::status)
                .containsExactly("queued", "in_progress", "completed");
        JsonNode found = caller.get("/repos/packit/hello-world/commits/" + SHA
                        + "/check-runs?check_name=rpm-build%3Afedora-rawhide-x86_64&app_id=" + gitHub.appId())
                .json();
        assertThat(found.path("total_count").asInt()).isEqualTo(1);
        assertThat(found.at("/check_runs/0/external_id").asText()).isEqualTo("key-1");
        assertThat(caller.get(check).json().at("/output/summary").asText()).isEqualTo("Soon.");
    }

    @Test
    void refusesInvalidCheckRuns() throws Exception {
        String target = "/repos/packit/hello-world/check-runs";
        String head = "\"head_sha\":\"" + SHA + "\"";
        assertThat(caller.post(target, "{\"name\":\"a\"}")
                        .json()
                        .path("message")
                        .asText())
                .contains("\"head_sha\" wasn't supplied");
        assertThat(caller.post(target, "{" + head + "}").status()).isEqualTo(422);
        assertThat(caller.post(target, "{\"name\":\"a\",\"head_sha\":\"unknown\"}")
                        .status())
                .isEqualTo(422);
        assertThat(caller.post(target, "{\"name\":\"a\",\"status\":\"completed\"," + head + "}")
                        .status())
                .isEqualTo(422);
        assertThat(caller.post(target, "{\"name\":\"a\",\"conclusion\":\"good\"," + head + "}")
                        .status())
                .isEqualTo(422);
        gitHub.personalToken("ghp_person");
        assertThat(new Http(gitHub, "token ghp_person")
                        .post(target, "{\"name\":\"a\"," + head + "}")
                        .status())
                .isEqualTo(403);
        assertThat(gitHub.checkRuns(REPOSITORY, SHA)).isEmpty();
    }

    @Test
    void listsCommentsByPage() throws Exception {
        String target = "/repos/packit/hello-world/issues/342/comments";
        for (int i = 1; i <= 5; i++) {
            gitHub.addComment(REPOSITORY, 342, "lbarcziova", "/packit build " + i);
        }
        assertThat(caller.post(target, "{\"body\":\"Done.\"}")
                        .json()
                        .at("/user/login")
                        .asText())
                .endsWith("[bot]");
        assertThat(caller.post(target, "{}").status()).isEqualTo(422);
        assertThat(caller.post("/repos/packit/hello-world/issues/1/comments", "{\"body\":\"x\"}")
                        .status())
                .isEqualTo(404);

        Http.Answer page = caller.get(target + "?per_page=2&page=2");
        assertThat(page.json().findValuesAsText("body")).containsExactly("/packit build 3", "/packit build 4");
        assertThat(page.header("link")).contains("page=3>; rel=\"next\"", "rel=\"last\"", "page=1>; rel=\"prev\"");
        assertThat(gitHub.comments(REPOSITORY, 342)).hasSize(6);
    }

    @Test
    void countsAReactionOnce() throws Exception {
        long id = gitHub.addComment(REPOSITORY, 342, "lbarcziova", "/packit build")
                .id();
        String target = "/repos/packit/hello-world/issues/comments/" + id + "/reactions";
        assertThat(caller.post(target, "{\"content\":\"eyes\"}").status()).isEqualTo(201);
        assertThat(caller.post(target, "{\"content\":\"eyes\"}").status()).isEqualTo(200);
        assertThat(caller.post(target, "{\"content\":\"smile\"}").status()).isEqualTo(422);
        assertThat(gitHub.comments(REPOSITORY, 342).get(0).reactions().get("eyes"))
                .hasSize(1);
    }

    @Test
    void tellsWhatAnAccountMayDo() throws Exception {
        gitHub.addCollaborator(REPOSITORY, "mira", "maintain").addRepository("packit/secret", true);
        String accounts = "/repos/packit/hello-world/collaborators/";

        JsonNode mira = caller.get(accounts + "mira/permission").json();
        assertThat(mira.path("permission").asText()).isEqualTo("write");
        assertThat(mira.path("role_name").asText()).isEqualTo("maintain");
        assertThat(mira.at("/user/login").asText()).isEqualTo("mira");
        assertThat(caller.get(accounts + "packit/permission")
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("admin");
        assertThat(caller.get(accounts + "stranger/permission")
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("read");
        assertThat(caller.get("/repos/packit/secret/collaborators/stranger/permission")
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("none");
    }

    @Test
    void tellsTheLabelsOfAPullRequest() throws Exception {
        gitHub.label(REPOSITORY, 342, "ready", "wip");

        assertThat(caller.get("/repos/packit/hello-world/pulls/342")
                        .json()
                        .path("labels")
                        .findValuesAsText("name"))
                .containsExactly("ready", "wip");
        assertThat(caller.post("/graphql", """
                        {"query":"{repository(owner:\\"packit\\",name:\\"hello-world\\"){pullRequest(number:342){\
                        labels(first:100){nodes{name}}}}}"}""")
                        .json()
                        .at("/data/repository/pullRequest/labels/nodes")
                        .findValuesAsText("name"))
                .containsExactly("ready", "wip");
    }

    @Test
    void servesFilesFoldersAndPullRequests() throws Exception {
        String contents = "/repos/packit/hello-world/contents";
        JsonNode file = caller.get(contents + "/.packit.yaml?ref=" + SHA).json();
        byte[] text = Base64.getMimeDecoder().decode(file.path("content").asText());
        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("jobs: []\n");
        assertThat(caller.get(contents + "?ref=" + SHA).json().findValuesAsText("type"))
                .containsExactly("file", "dir");
        assertThat(caller.get(contents + "/plans/main.fmf?ref=" + SHA).status()).isEqualTo(200);
        assertThat(caller.get(contents + "/plans/main.fmf").status()).isEqualTo(404);
        gitHub.moveHead(REPOSITORY, 342, "f00d");
        JsonNode pull = caller.get("/repos/packit/hello-world/pulls/342").json();
        assertThat(pull.at("/head/sha").asText()).isEqualTo("f00d");
        assertThat(pull.at("/base/repo/full_name").asText()).isEqualTo(REPOSITORY);
        assertThat(pull.at("/head/repo/fork").asBoolean()).isTrue();
    }

    @Test
    void enforcesTheRateLimit() throws Exception {
        gitHub.rateLimit(2, Duration.ofHours(1));
        assertThat(caller.get("/repos/" + REPOSITORY).header("x-ratelimit-remaining"))
                .isEqualTo("1");
        assertThat(caller.get("/repos/" + REPOSITORY).header("x-ratelimit-resource"))
                .isEqualTo("core");
        Http.Answer refused = caller.get("/repos/" + REPOSITORY);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(Long.parseLong(refused.header("x-ratelimit-reset")))
                .isGreaterThan(Instant.now().getEpochSecond());
        query("{ viewer { login } }", Map.of());
        query("{ viewer { login } }", Map.of());
        assertThat(query("{ viewer { login } }", Map.of()).at("/errors/0/type").asText())
                .isEqualTo("RATE_LIMITED");
    }
}
