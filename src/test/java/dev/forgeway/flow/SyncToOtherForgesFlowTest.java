package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes in dist-git that go back to an upstream that is on GitLab or Forgejo. */
@FlowTest
class SyncToOtherForgesFlowTest extends Flow {

    private final String after =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    private final String name = "hello-" + after.substring(0, 8);
    private final String upstream = "flow/" + name;

    private TokenForgeSimulator forge(String named) {
        return named.equals("gitlab") ? world.gitlab : world.forgejo;
    }

    private void isPackaged(TokenForgeSimulator forge) {
        forge.addProject(upstream, false);
        forge.putFile(upstream, "main", ".packit.yaml", """
                specfile_path: dist/%s.spec
                files_to_sync: [dist/*.patch]
                jobs: []
                """.formatted(name));
        forge.putFile(upstream, "main", "dist/" + name + ".spec", "Version: 1");
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

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo"})
    void carriesAChangeOnceIntoOnePullRequest(String named) {
        TokenForgeSimulator forge = forge(named);
        isPackaged(forge);
        forge.faults()
                .dropAfter(
                        named.equals("gitlab")
                                ? "POST /api/v4/projects/{project}/merge_requests"
                                : "POST /api/v1/repos/" + upstream + "/pulls",
                        1);

        JsonNode job = isChanged("2");

        assertThat(job.path("links").path(0).path("url").asText()).contains("/" + upstream + "/");
        assertThat(forge.files(upstream, "rawhide-downstream-sync"))
                .containsEntry("dist/" + name + ".spec", "Version: 2")
                .containsEntry("dist/one.patch", "1")
                .containsKey(".packit.yaml")
                .doesNotContainKey("dist/sources");

        isChanged("3");

        assertThat(forge.files(upstream, "rawhide-downstream-sync"))
                .containsEntry("dist/" + name + ".spec", "Version: 3");
        assertThat(forge.proposals(upstream)).containsExactly("rawhide-downstream-sync to main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "forgejo"})
    void leavesAloneWhatUpstreamHas(String named) {
        TokenForgeSimulator forge = forge(named);
        isPackaged(forge);
        forge.putFile(upstream, "main", "dist/one.patch", "1");

        isChanged("1");

        assertThat(forge.proposals(upstream)).isEmpty();
    }
}
