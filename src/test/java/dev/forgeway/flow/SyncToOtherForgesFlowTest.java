package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes in dist-git that go back to an upstream that is on GitLab, Forgejo or Pagure. */
@FlowTest
class SyncToOtherForgesFlowTest extends Flow {

    private final String after =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    private final String name = "hello-" + after.substring(0, 8);
    private final String upstream = "flow/" + name;

    private TokenForgeSimulator forge(String named) {
        return switch (named) {
            case "gitlab" -> world.gitlab;
            case "forgejo" -> world.forgejo;
            default -> world.pagure;
        };
    }

    private void isPackaged(TokenForgeSimulator forge) {
        forge.addProject(upstream, false);
        forge.putFile(upstream, "main", ".packit.yaml", """
                specfile_path: dist/%s.spec
                files_to_sync: [dist/*.patch]
                jobs: []
                """.formatted(name));
        forge.putFile(upstream, "main", "dist/" + name + ".spec", "Version: 1");
        forge.putRepository(upstream, "v1", forge.files(upstream, "main"));
        world.pagure.addProject("rpms/" + name, false);
        api.allow("127.0.0.1/rpms/" + name, "approved-manually");
        world.pagure.putFile("rpms/" + name, "main", ".packit.yaml", """
                        upstream_project_url: %s/%s
                        files_to_sync: [{src: dist/%s.spec, dest: %s.spec}, {src: dist/*.patch, dest: .}]
                        jobs:
                          - {job: sync_from_downstream, trigger: commit, dist_git_branches: [fedora-rawhide]}
                        """.formatted(forge.url(), upstream, name, name));
    }

    private JsonNode isChanged(String version) {
        world.distGit.packageFiles(
                name, "rawhide", Map.of(name + ".spec", "Version: " + version, "one.patch", "1", "sources", "none"));
        return DeliveryStory.accepted(
                        api,
                        world.pagure.send(
                                api.webhooks("pagure"),
                                World.SECRET,
                                world.pagure.pushed("rpms/" + name, "rawhide", "b".repeat(40), after)))
                .jobIsEventually("succeeded");
    }

    /** The API of Pagure makes no commits. */
    private Map<String, String> proposed(TokenForgeSimulator forge) {
        String branch = "rawhide-downstream-sync";
        return forge == world.pagure ? forge.repositoryFiles(upstream, branch) : forge.files(upstream, branch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void carriesAChangeOnceIntoOnePullRequest(String named) {
        TokenForgeSimulator forge = forge(named);
        isPackaged(forge);
        String opening = switch (named) {
            case "gitlab" -> "POST /api/v4/projects/{project}/merge_requests";
            case "forgejo" -> "POST /api/v1/repos/" + upstream + "/pulls";
            default -> "POST /api/0/" + upstream + "/pull-request/new";
        };
        forge.faults().dropAfter(opening, 1);

        JsonNode job = isChanged("2");

        assertThat(job.path("links").path(0).path("url").asText()).contains("/" + upstream + "/");
        assertThat(proposed(forge))
                .containsEntry("dist/" + name + ".spec", "Version: 2")
                .containsEntry("dist/one.patch", "1")
                .containsKey(".packit.yaml")
                .doesNotContainKey("dist/sources");

        isChanged("3");

        assertThat(proposed(forge)).containsEntry("dist/" + name + ".spec", "Version: 3");
        assertThat(forge.proposals(upstream)).containsExactly("rawhide-downstream-sync to main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo", "pagure"})
    void leavesAloneWhatUpstreamHas(String named) {
        TokenForgeSimulator forge = forge(named);
        isPackaged(forge);
        forge.putFile(upstream, "main", "dist/one.patch", "1");
        forge.putRepository(upstream, "v2", forge.files(upstream, "main"));

        isChanged("1");

        assertThat(forge.proposals(upstream)).isEmpty();
    }
}
