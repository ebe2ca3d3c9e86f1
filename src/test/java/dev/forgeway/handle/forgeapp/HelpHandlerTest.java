package dev.forgeway.handle.forgeapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.Wanted;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

class HelpHandlerTest {

    private final Stores stores = Stores.empty();
    private final HelpHandler handler = new HelpHandler(
            provided(new Handlers(List.of(described(CoprBuildHandler.SPEC), described(HelpHandler.SPEC)))),
            stores.outbox);
    private final Job job = help(Map.of(
            "config", ".packit.yaml",
            "packages", "one, two",
            "targets:copr-build", "fedora-all",
            "usage:build", "/packit-stg build",
            "usage:help", "/packit-stg help",
            "usage:ci-help", "/packit-ci help",
            "usage:copr-build", "/packit-stg copr-build [--commit <branch>]"));

    private static JobHandler described(HandlerSpec spec) {
        return new JobHandler() {
            @Override
            public HandlerSpec spec() {
                return spec;
            }

            @Override
            public Outcome handle(Job unexpected) {
                throw new AssertionError(unexpected);
            }
        };
    }

    private static ObjectProvider<Handlers> provided(Handlers handlers) {
        return new ObjectProvider<>() {
            @Override
            public Handlers getObject() {
                return handlers;
            }
        };
    }

    @Test
    void answersOnThePullRequestThatAsked() {
        assertThat(handler.handle(job)).isEqualTo(Outcome.succeeded("answered comment 99"));

        OutboxEntry answer = stores.wanted(job).get(0);
        assertThat(answer.kind()).isEqualTo(Wanted.Kind.COMMENT);
        assertThat(answer.place()).isEqualTo("7");
        assertThat(answer.target().installationId()).isEqualTo(3);
    }

    @Test
    void tellsWhatTheRepositoryCanDo() {
        handler.handle(job);

        assertThat(stores.wanted(job).get(0).comment())
                .contains("- `/packit-stg build`: build the package in Copr (fedora-all)\n")
                .contains("- `/packit-stg copr-build [--commit <branch>]`: build the package in Copr (fedora-all)\n")
                .contains("- `/packit-stg help`: show this message\n")
                .contains("`.packit.yaml`", "one package: one, two.")
                .doesNotContain("/packit-ci");
    }

    @Test
    void tellsWhatFedoraCiCanDo() {
        Job asked = stores.dispatched(asking("ci-help"));

        handler.handle(asked);

        assertThat(stores.wanted(asked).get(0).comment())
                .contains("- `/packit-ci help`: show this message\n")
                .doesNotContain("/packit-stg", "build", ".packit.yaml");
    }

    @Test
    void leavesOutWhatThePackageConfigHasNoJobFor() {
        Job here = help(Map.of("usage:help", "/packit-stg help"));

        handler.handle(here);

        assertThat(stores.wanted(here).get(0).comment())
                .contains("`/packit-stg help`", "no package config")
                .doesNotContain("build the package");
    }

    @Test
    void saysWhatIsWrongWithThePackageConfig() {
        Job here = help(Map.of("config", "packit.yaml", "config-problem", "line 3: no such trigger"));

        handler.handle(here);

        assertThat(stores.wanted(here).get(0).comment()).contains("`packit.yaml`", "line 3: no such trigger");
    }

    @Test
    void answersOnAnIssueAndOnACommit() {
        Comment comment = new Comment(99, "/packit-stg help", "https://github.com/a/b");
        Job onIssue = stores.dispatched(Examples.job(
                "help",
                new IssueCommentEvent(
                        "created", "github", "ada", Examples.NOON, Examples.PROJECT, new Issue(8), comment, null),
                List.of(),
                Map.of()));
        Job onCommit = stores.dispatched(Examples.job(
                "help",
                new CommitCommentEvent(
                        "created", "github", "ada", Examples.NOON, Examples.PROJECT, Examples.COMMIT, comment, null),
                List.of(),
                Map.of()));

        handler.handle(onIssue);
        handler.handle(onCommit);

        assertThat(stores.wanted(onIssue).get(0).place()).isEqualTo("issue/8");
        assertThat(stores.wanted(onCommit).get(0).place()).isEqualTo("commit/" + Examples.COMMIT);
    }

    private Job help(Map<String, String> arguments) {
        return stores.dispatched(Examples.job("help", Examples.comment("/packit-stg help"), List.of(), arguments));
    }

    private Job asking(String command) {
        return new Job(
                Job.idOf("0197c1d0-0000-7000-8000-000000000001", command),
                "0197c1d0-0000-7000-8000-000000000001",
                Examples.NOON,
                "help",
                command,
                null,
                List.of(),
                job.arguments(),
                5,
                List.of(),
                Job.State.QUEUED,
                0,
                false,
                null,
                job.event());
    }

    @Test
    void wantsOneAnswerHoweverOftenItRuns() {
        handler.handle(job);
        handler.handle(job);

        assertThat(stores.wanted(job))
                .singleElement()
                .satisfies(entry -> assertThat(entry.version()).isEqualTo(1));
    }
}
