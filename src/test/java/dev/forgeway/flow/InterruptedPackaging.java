package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.HttpSimulator;
import dev.forgeway.simulator.TokenForgeSimulator;
import dev.forgeway.simulator.WebhookDelivery;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes between upstream and dist-git that are interrupted. */
final class InterruptedPackaging {

    private static final String TOPIC = "org.fedoraproject.prod.hotness.update.bug.file";

    private InterruptedPackaging() {}

    /** Which call to dist-git is interrupted. */
    enum Call {
        FORK,
        PUSH,
        PULL_REQUEST;

        String of(String packageName) {
            return switch (this) {
                case FORK -> "POST /api/0/fork " + packageName;
                case PUSH -> "POST /forks/forgeway-bot/rpms/" + packageName + ".git/git-receive-pack";
                case PULL_REQUEST -> "POST /api/0/rpms/" + packageName + "/pull-request/new";
            };
        }
    }

    private static void isPackaged(World world, String name) {
        world.distGit.packageFiles(name, "f45", Map.of(name + ".spec", """
                Name: %s
                Version: 1.0
                Release: 4%%{?dist}
                Source0: %s/archives/%%{name}-%%{version}.tar.gz

                %%changelog
                """.formatted(name, world.distGit.url())));
        world.distGit.archive(name + "-2.0.tar.gz", "version 2.0");
    }

    /** A release that becomes a pull request to one branch, and an issue about the branch that is not there. */
    static final class Propose extends InterruptedCall {

        private final String repository = "kill/" + name;
        private final String commit = newCommit();
        private final GitHubWebhooks webhooks;
        private final @Nullable Call call;

        /** @param call null for that which opens the issue */
        Propose(World world, Api api, GitHubWebhooks webhooks, @Nullable Call call) {
            super(world, api, call == null ? world.github : world.distGit);
            this.webhooks = webhooks;
            this.call = call;
            isPackaged(world, name);
            world.github.addRepository(repository, false);
            world.github.putFile(repository, commit, ".packit.yaml", """
                    upstream_tag_template: v{version}
                    jobs:
                      - {job: propose_downstream, trigger: release, dist_git_branches: [f45, f46]}
                    """);
        }

        @Override
        String call() {
            return call == null ? "POST /repos/" + repository + "/issues" : call.of(name);
        }

        @Override
        void begin() {
            begins(DeliveryStory.accepted(api, webhooks.send(webhooks.release(repository, "v2.0", commit))));
        }

        @Override
        void isDoneOnce() {
            ended("propose-downstream", "failed");
            assertThat(world.distGit.pullRequests(name)).hasSize(1);
            assertThat(world.github.issues(repository)).hasSize(1);
            int issue = world.github.issues(repository).get(0).number();
            assertThat(world.github.comments(repository, issue)).isEmpty();
            assertThat(world.github.checkRuns(repository, commit))
                    .hasSize(2)
                    .extracting(run -> run.name() + " " + run.conclusion())
                    .containsExactlyInAnyOrder(
                            "propose-downstream:v2.0:f45 success", "propose-downstream:v2.0:f46 failure");
        }
    }

    /** A release at a forge other than GitHub, which cannot be proposed. */
    static final class ProposeElsewhere extends InterruptedCall {

        private final String project = "kill/" + name;
        private final String commit = newCommit();
        private final String source;
        private final TokenForgeSimulator forge;
        private final String path;

        /** @param path of the call that opens the issue, the project being {@code PROJECT} */
        ProposeElsewhere(World world, Api api, String source, TokenForgeSimulator forge, String path) {
            super(world, api, forge);
            this.source = source;
            this.forge = forge;
            this.path = path;
            isPackaged(world, name);
            forge.addProject(project, false);
            forge.putFile(project, commit, ".packit.yaml", """
                    upstream_tag_template: v{version}
                    jobs:
                      - {job: propose_downstream, trigger: release, dist_git_branches: [f46]}
                    """);
        }

        @Override
        String call() {
            return "POST " + path.replace("PROJECT", project);
        }

        @Override
        void begin() {
            WebhookDelivery released = forge.released(project, "v2.0", commit);
            begins(DeliveryStory.accepted(api, forge.send(api.webhooks(source), World.SECRET, released)));
        }

        @Override
        void isDoneOnce() {
            ended("propose-downstream", "failed");
            assertThat(forge.issues(project)).hasSize(1);
            assertThat(forge.comments(project, forge.issues(project).get(0).number()))
                    .isEmpty();
        }
    }

    /** A version that the package asks for itself. */
    static final class Pull extends InterruptedCall {

        private final String project = "rpms/" + name;
        private final Call call;

        Pull(World world, Api api, Call call) {
            super(world, api, world.distGit);
            this.call = call;
            isPackaged(world, name);
            world.pagure.addProject(project, false);
            world.pagure.putFile(
                    project,
                    "main",
                    ".packit.yaml",
                    "jobs: [{job: pull_from_upstream, trigger: release, dist_git_branches: [f45]}]");
        }

        @Override
        void prepare() {
            api.allow("127.0.0.1/" + project, "approved-manually");
        }

        @Override
        String call() {
            return call.of(name);
        }

        @Override
        void begin() {
            String message = world.bus.publish(TOPIC, """
                    {"package": "%s", "bug": {"bug_id": 2345},
                     "trigger": {"msg": {"message": {"upstream_versions": ["2.0"]}}}}
                    """.formatted(name));
            begins(new DeliveryStory(
                    api,
                    Flow.eventually()
                            .until(() -> api.deliveries(message), found -> found.size() == 1)
                            .path(0)
                            .path("id")
                            .asText()));
        }

        @Override
        void isDoneOnce() {
            ended("pull-from-upstream", "succeeded");
            assertThat(world.distGit.pullRequests(name)).hasSize(1);
        }
    }

    /** A change in dist-git of which its upstream hears. */
    abstract static class OfDownstream extends InterruptedCall {

        final String upstream = "kill/" + name;
        final String project = "rpms/" + name;

        OfDownstream(World world, Api api, HttpSimulator service) {
            super(world, api, service);
            world.pagure.addProject(project, false);
            world.distGit.packageFiles(name, "rawhide", Map.of(name + ".spec", "Version: 2"));
        }

        @Override
        void prepare() {
            api.allow("127.0.0.1/" + project, "approved-manually");
        }

        @Override
        void begin() {
            beginsOnPagure(world.pagure.pushed(project, "rawhide", newCommit(), newCommit()));
        }
    }

    /** A change in dist-git that becomes a pull request upstream. */
    static final class Sync extends OfDownstream {

        private final String call;

        /** @param call what of the repository is asked for */
        Sync(World world, Api api, String call) {
            super(world, api, world.github);
            this.call = call;
            world.github.addRepository(upstream, false);
            world.github.putFile(upstream, "main", ".packit.yaml", "specfile_path: " + name + ".spec\njobs: []");
            world.github.putFile(upstream, "main", name + ".spec", "Version: 1");
            world.pagure.putFile(
                    project, "main", ".packit.yaml", """
                    upstream_project_url: %s/%s
                    files_to_sync: [{src: %s.spec, dest: %s.spec}]
                    jobs:
                      - {job: sync_from_downstream, trigger: commit, dist_git_branches: [fedora-rawhide]}
                    """.formatted(world.github.url(), upstream, name, name));
        }

        @Override
        String call() {
            return "POST /repos/" + upstream + "/" + call;
        }

        @Override
        void isDoneOnce() {
            ended("sync-from-downstream", "succeeded");
            assertThat(world.github.calls("POST /repos/" + upstream + "/pulls"))
                    .filteredOn(made -> made.status() == 201)
                    .hasSize(1);
        }
    }

    /** The same for an upstream on Pagure, which takes commits by git alone. */
    static final class SyncToPagure extends OfDownstream {

        private final boolean pushes;

        /** @param pushes whether the push is interrupted, and not the pull request */
        SyncToPagure(World world, Api api, boolean pushes) {
            super(world, api, world.pagure);
            this.pushes = pushes;
            world.pagure.addProject(upstream, false);
            world.pagure.putFile(upstream, "main", ".packit.yaml", "specfile_path: " + name + ".spec\njobs: []");
            world.pagure.putFile(upstream, "main", name + ".spec", "Version: 1");
            world.pagure.putRepository(upstream, "v1", world.pagure.files(upstream, "main"));
            world.pagure.putFile(project, "main", ".packit.yaml", """
                    upstream_project_url: %s/%s
                    jobs:
                      - {job: sync_from_downstream, trigger: commit, dist_git_branches: [fedora-rawhide]}
                    """.formatted(world.pagure.url(), upstream));
        }

        @Override
        String call() {
            return pushes
                    ? "POST /" + upstream + ".git/git-receive-pack"
                    : "POST /api/0/" + upstream + "/pull-request/new";
        }

        @Override
        void isDoneOnce() {
            ended("sync-from-downstream", "succeeded");
            assertThat(world.pagure.proposals(upstream)).containsExactly("rawhide-downstream-sync to main");
            assertThat(world.pagure.repositoryFiles(upstream, "rawhide-downstream-sync"))
                    .containsEntry(name + ".spec", "Version: 2");
        }
    }
}
