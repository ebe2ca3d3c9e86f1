package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.CommitStatus;
import dev.forgeway.simulator.GitHubIssue;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.util.List;

/** What people read, of which the writing is interrupted. */
final class InterruptedAnswers {

    private InterruptedAnswers() {}

    /** The status of a pull request outside of GitHub. */
    static final class Status extends InterruptedCall {

        private final String path;
        private final OtherForgeStory pullRequest;
        private final TokenForgeSimulator forge;
        private final boolean replaces;

        /** @param path of the call, with {@code SHA} for the commit */
        Status(World world, Api api, String source, TokenForgeSimulator forge, String path) {
            super(world, api, forge);
            this.path = path;
            this.forge = forge;
            this.replaces = source.equals("pagure"); // what comes again is the same flag there
            pullRequest = new OtherForgeStory(world, api, source, forge, "kill", "kill").builtFor("fedora-rawhide");
        }

        @Override
        String call() {
            return "POST " + path.replace("SHA", pullRequest.head());
        }

        @Override
        void begin() {
            pullRequest.opens();
        }

        @Override
        void goesOnElsewhere() {
            pullRequest.builds().forEach(build -> world.copr.finishBuild(build.id(), true));
        }

        @Override
        void isDoneOnce() {
            assertThat(pullRequest.builds()).hasSize(1);
            goesOnElsewhere();
            assertThat(forge.statuses(pullRequest.project(), pullRequest.head()))
                    .singleElement()
                    .extracting(CommitStatus::state)
                    .isEqualTo("success");
            if (!replaces) {
                assertThat(pullRequest.statusHistory())
                        .extracting(status -> status.state() + " " + status.description())
                        .doesNotHaveDuplicates();
            }
        }
    }

    /** An answer to a comment outside of GitHub. */
    static final class Answer extends InterruptedCall {

        private final String path;
        private final OtherForgeStory pullRequest;

        /** @param path of the call, the number of the pull request being {@code NUMBER} */
        Answer(World world, Api api, String source, TokenForgeSimulator forge, String path) {
            super(world, api, forge);
            this.path = path;
            pullRequest = new OtherForgeStory(world, api, source, forge, "kill", "kill").builtFor("fedora-rawhide");
        }

        @Override
        String call() {
            return "POST " + path.replace("NUMBER", Integer.toString(pullRequest.number()));
        }

        @Override
        void begin() {
            begins(pullRequest.isCommentedBy(OtherForgeStory.AUTHOR, "/packit help"));
        }

        @Override
        void isDoneOnce() {
            ended("help", "succeeded");
            assertThat(pullRequest.comments()).hasSize(2);
        }
    }

    /** The App is installed by somebody who is asked in an issue who they are. */
    static final class Installation extends InterruptedCall {

        private static final String ISSUES = "POST /repos/" + World.APPROVALS + "/issues";

        private final Account account;

        Installation(World world, Api api, GitHubWebhooks webhooks) {
            super(world, api, world.github);
            account = new Account(world, api, webhooks, name);
        }

        @Override
        String call() {
            return ISSUES;
        }

        @Override
        void begin() {
            begins(account.isInstalled());
        }

        @Override
        void isDoneOnce() {
            ended("installation", "succeeded");
            assertThat(account.issues()).hasSize(1);
            assertThat(api.get("/api/projects/github.com/" + account.repository)
                            .json()
                            .at("/installation/approvalIssue")
                            .asText())
                    .endsWith("/issues/" + account.issues().get(0).number());
        }
    }

    /** Somebody proves who they are, which is answered in the issue that is closed then. */
    static final class VerifyFas extends InterruptedCall {

        private final Account account;
        private final boolean closing;

        /** @param closing whether that is interrupted, or the answer is */
        VerifyFas(World world, Api api, GitHubWebhooks webhooks, boolean closing) {
            super(world, api, world.github);
            this.closing = closing;
            account = new Account(world, api, webhooks, name);
        }

        @Override
        void prepare() {
            account.isInstalled().jobIsEventually("succeeded");
            world.fas.user("fedora-" + name, account.installer);
        }

        @Override
        String call() {
            String issue = "/repos/" + World.APPROVALS + "/issues/"
                    + account.issues().get(0).number();
            return closing ? "PATCH " + issue : "POST " + issue + "/comments";
        }

        @Override
        void begin() {
            begins(account.comments("/packit verify-fas fedora-" + name));
        }

        @Override
        void isDoneOnce() {
            ended("verify-fas", "succeeded");
            GitHubIssue issue = account.issues().get(0);
            assertThat(issue.state()).isEqualTo("closed");
            assertThat(world.github.comments(World.APPROVALS, issue.number())).hasSize(2);
            assertThat(api.get("/api/projects/github.com/" + account.repository)
                            .json()
                            .path("allowlist")
                            .asText())
                    .isEqualTo("approved-automatically");
        }
    }

    /** An account that the App is installed on. */
    private static final class Account {

        private final World world;
        private final Api api;
        private final GitHubWebhooks webhooks;
        private final String account;
        private final String installer;
        private final String repository;

        Account(World world, Api api, GitHubWebhooks webhooks, String account) {
            this.world = world;
            this.api = api;
            this.webhooks = webhooks;
            this.account = account;
            this.installer = account + "-owner";
            this.repository = account + "/hello";
            world.github.addRepository(repository, false);
        }

        DeliveryStory isInstalled() {
            long id = world.github.installationId(repository);
            return DeliveryStory.accepted(
                    api, webhooks.send(webhooks.installation("created", account, id, installer, List.of(repository))));
        }

        DeliveryStory comments(String text) {
            int issue = issues().get(0).number();
            return DeliveryStory.accepted(
                    api, webhooks.send(webhooks.comment(World.APPROVALS, issue, installer, text)));
        }

        List<GitHubIssue> issues() {
            return world.github.issues(World.APPROVALS).stream()
                    .filter(issue -> issue.title().startsWith(account + " "))
                    .toList();
        }
    }
}
