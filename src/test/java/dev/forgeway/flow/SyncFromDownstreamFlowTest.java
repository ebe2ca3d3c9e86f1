package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.simulator.Call;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes in dist-git that are carried to the upstream repository. */
@FlowTest
class SyncFromDownstreamFlowTest extends Flow {

    private final String before = commit();
    private final String after = commit();
    private final String name = "hello-" + after.substring(0, 8);
    private final String upstream = "flow/" + name;

    private static String commit() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
    }

    @BeforeEach
    void haveAPackageAndItsUpstream() {
        github.addRepository(upstream, false);
        github.putFile(upstream, "main", ".packit.yaml", "specfile_path: dist/" + name + ".spec\njobs: []");
        github.putFile(upstream, "main", "dist/" + name + ".spec", "Version: 1");
        world.pagure.addProject("rpms/" + name, false);
        api.allow("127.0.0.1/rpms/" + name, "approved-manually");
        world.pagure.putFile("rpms/" + name, "main", ".packit.yaml", """
                        upstream_project_url: %s/%s
                        files_to_sync: [{src: dist/%s.spec, dest: %s.spec}]
                        jobs:
                          - {job: sync_from_downstream, trigger: commit, dist_git_branches: [fedora-rawhide]}
                        """.formatted(github.url(), upstream, name, name));
        world.distGit.packageFiles(name, "rawhide", Map.of(name + ".spec", "Version: 2"));
    }

    private DeliveryStory isPushed(String branch) {
        return DeliveryStory.accepted(
                api,
                world.pagure.send(
                        api.webhooks("pagure"),
                        World.SECRET,
                        world.pagure.pushed("rpms/" + name, branch, before, after)));
    }

    private List<Call> calls(String methodAndPath) {
        return github.calls(methodAndPath.replace("REPO", "/repos/" + upstream));
    }

    @Test
    void carriesAChangeOnceIntoOnePullRequest() {
        github.faults().dropAfter("POST /repos/" + upstream + "/pulls", 1);

        JsonNode job = isPushed("rawhide").jobIsEventually("succeeded");

        assertThat(job.path("links").path(0).path("url").asText()).contains("/" + upstream + "/pull/");
        assertThat(calls("POST REPO/pulls"))
                .singleElement()
                .satisfies(call ->
                        assertThat(call.body()).contains("\"head\":\"rawhide-downstream-sync\"", "\"base\":\"main\""));
        assertThat(calls("POST REPO/git/trees"))
                .first()
                .satisfies(call -> assertThat(call.body())
                        .contains("\"path\":\"dist/" + name + ".spec\"", "\"content\":\"Version: 2\""));

        world.distGit.packageFiles(name, "rawhide", Map.of(name + ".spec", "Version: 3"));
        isPushed("rawhide").jobIsEventually("succeeded");

        assertThat(calls("POST REPO/pulls"))
                .as("the pull request shows the new commit")
                .hasSize(1);
        assertThat(calls("PATCH REPO/git/refs/heads/rawhide-downstream-sync")).isNotEmpty();
    }

    @Test
    void leavesAloneWhatUpstreamHasAndOtherBranches() {
        world.distGit.packageFiles(name, "rawhide", Map.of(name + ".spec", "Version: 1"));

        isPushed("rawhide").jobIsEventually("succeeded");
        isPushed("f45").isEventually("filtered", "no-matching-job");

        assertThat(calls("POST REPO/git/commits")).isEmpty();
        assertThat(calls("POST REPO/pulls")).isEmpty();
    }
}
