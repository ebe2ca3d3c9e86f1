package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.DistGitSimulator;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of upstream that become pull requests in dist-git, because the package itself asks for it. */
@FlowTest
class PullFromUpstreamFlowTest extends Flow {

    private static final String TOPIC = "org.fedoraproject.prod.hotness.update.bug.file";

    private final String name = "hello-" + UUID.randomUUID().toString().substring(0, 8);
    private final String issues = "flow/issues-of-" + name;

    private void isPackagedFor(String branches) {
        github.addRepository(issues, false);
        isPackagedFor(branches, github.url().toString());
    }

    /** @param forge the site of the repository for issues */
    private void isPackagedFor(String branches, String forge) {
        world.pagure.addProject("rpms/" + name, false);
        api.allow("127.0.0.1/rpms/" + name, "approved-manually");
        world.pagure.putFile("rpms/" + name, "main", ".packit.yaml", """
                issue_repository: %s/%s
                upstream_tag_exclude: .*rc
                jobs:
                  - {job: pull_from_upstream, trigger: release, dist_git_branches: [%s]}
                """.formatted(forge, issues, branches));
        world.distGit.packageFiles(name, "f45", Map.of(name + ".spec", """
                        Name: %s
                        Version: 2.9
                        Release: %%autorelease
                        Source0: %s/archives/%%{name}-%%{version}.tar.gz
                        """.formatted(name, world.distGit.url())));
        world.distGit.archive(name + "-2.10.tar.gz", "version 2.10");
    }

    private JsonNode isReleased() {
        return busDelivery(world.bus.publish(TOPIC, """
                {"package": "%s", "bug": {"bug_id": 2345}, "trigger": {"msg": {"message": {
                  "upstream_versions": ["2.10", "2.10~beta1", "2.9", "2.11rc1", "a/b", "nightly"]}}}}
                """.formatted(name)));
    }

    private JsonNode job(JsonNode delivery) {
        return new DeliveryStory(api, delivery.path("id").asText())
                .job(told -> told.path("state").asText().equals("done"));
    }

    private List<DistGitSimulator.PullRequest> pullRequests() {
        return world.distGit.pullRequests(name);
    }

    @Test
    void proposesTheNewestVersionThatIsMeant() {
        isPackagedFor("f45");

        assertThat(job(isReleased()).path("outcome").asText()).isEqualTo("succeeded");
        assertThat(job(isReleased()).path("outcome").asText()).isEqualTo("succeeded");

        assertThat(pullRequests()).singleElement().satisfies(made -> {
            assertThat(made.from()).isEqualTo("2.10-f45-pull_from_upstream");
            assertThat(made.to()).isEqualTo("f45");
            assertThat(made.text()).contains("Resolves: rhbz#2345");
        });
        assertThat(world.distGit.forkFiles(name, "2.10-f45-pull_from_upstream").get(name + ".spec"))
                .contains("Version: 2.10", "Release: %autorelease");
    }

    @Test
    void tellsInTheRepositoryForIssuesWhichBranchFailed() {
        isPackagedFor("f45, f46");

        assertThat(job(isReleased()).path("outcome").asText()).isEqualTo("failed");

        assertThat(pullRequests()).hasSize(1);
        assertThat(github.issues(issues))
                .singleElement()
                .satisfies(issue -> assertThat(issue.body()).contains("`f46`").doesNotContain("`f45`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void tellsItOnEveryForge(String named) {
        TokenForgeSimulator forge = switch (named) {
            case "gitlab" -> world.gitlab;
            case "forgejo" -> world.forgejo;
            default -> world.pagure;
        };
        forge.addProject(issues, false);
        isPackagedFor("f46", forge.url().toString());

        assertThat(job(isReleased()).path("outcome").asText()).isEqualTo("failed");

        assertThat(forge.issues(issues))
                .singleElement()
                .satisfies(issue -> assertThat(issue.body()).contains("`f46`"));
    }

    @Test
    void looksNotEvenAtAPackageThatNobodyApproved() {
        JsonNode delivery = isReleased();

        assertThat(delivery.path("reason").asText()).isEqualTo("namespace-not-approved");
        assertThat(world.pagure.calls("GET /api/0/rpms/" + name)).isEmpty();
    }
}
