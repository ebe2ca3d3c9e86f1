package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.Releases;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.Wanted;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people see of a decision, and how often. */
class FeedbackTest {

    private static final CommandParser COMMANDS = Decisions.COMMANDS;
    private static final Event OPENED = Examples.pullRequest(Examples.PROJECT);

    private final Stores stores = Stores.empty();
    private final Feedback feedback =
            new Feedback(new Answers(COMMANDS, stores.approvals), stores.notices, new Forges(List.of(new FakeForge())));

    private static Decision commanded(String text) {
        Decision decision = Decisions.about(Examples.comment(text));
        decision.said(COMMANDS.parse(text));
        return decision;
    }

    private List<Wanted> stopped(Decision decision, Reason reason, @Nullable String detail) {
        decision.stop(Outcome.FILTERED, reason, detail);
        return feedback.of(decision, "https://forgeway.example.org/d");
    }

    private static Decision opened() {
        Decision decision = Decisions.about(OPENED);
        decision.configFile(new PackageConfigFile(".packit.yaml", "jobs: []"));
        return decision;
    }

    @Test
    void reactsToACommandThatIsFollowed() {
        Decision decision = commanded("/packit build");
        decision.select(List.of(Examples.coprBuild(Examples.RAWHIDE)));

        assertThat(feedback.of(decision, null)).singleElement().satisfies(wanted -> {
            assertThat(wanted.kind()).isEqualTo(Wanted.Kind.REACTION);
            assertThat(wanted.place()).isEqualTo("7");
            assertThat(wanted.name()).isEqualTo("99");
            assertThat(wanted.comment()).isEqualTo("eyes");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit biuld     | UNKNOWN_COMMAND        |           | Did you mean `/packit build`?
            /packit build now | INVALID_COMMAND        |           | It is written `/packit build [--commit <branch>] [--release <tag>]`
            /packit build     | NO_MATCHING_JOB        |           | No job of the package config runs for `/packit build`
            /packit build     | REF_MISMATCH           | there is no tag `v2` | Nothing was done: there is no tag `v2`.
            /packit build     | LABEL_MISMATCH         | none of x | do not let `/packit build` run: none of x.
            /packit build     | NO_PACKAGE_CONFIG      | looked    | no package config
            /packit build     | INVALID_PACKAGE_CONFIG | line 3    | line 3
            /packit build     | ACTOR_NOT_ALLOWED      | read      | `ada` may not ask for work here
            /packit build     | NAMESPACE_NOT_APPROVED | waiting   | not approved for this service (waiting)
            /packit build     | NAMESPACE_DENIED       | h/n       | `h/n` may not use this service
            """)
    void answersACommandThatIsNotFollowed(String text, Reason reason, @Nullable String detail, String answer) {
        assertThat(stopped(commanded(text), reason, detail)).singleElement().satisfies(wanted -> {
            assertThat(wanted.kind()).isEqualTo(Wanted.Kind.COMMENT);
            assertThat(wanted.place()).isEqualTo("7");
            assertThat(wanted.comment()).contains(answer);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit build --package heloo       | has no package `heloo`; did you mean `hello`?
            /packit test --identifier nobodys   | has no identifier `nobodys`; it has `full`, `hello`.
            /packit test --labels slow,nightly  | has no label `nightly`; it has `slow`.
            """)
    void saysWhatNothingInThePackageConfigIsCalled(String text, String answer) {
        Decision decision = commanded(text);
        decision.configFile(new PackageConfigFile(".packit.yaml", """
                packages: {hello: {}, world: {}}
                jobs:
                  - {job: tests, trigger: pull_request, identifier: full, labels: [slow], packages: [world]}
                  - {job: copr_build, trigger: pull_request, packages: [hello]}
                """));
        assertThat(decision.config(new PackageConfigParser(new TargetExpansion(Releases::shipped)))
                        .jobs())
                .hasSize(2);

        assertThat(stopped(decision, Reason.NO_MATCHING_JOB, null))
                .singleElement()
                .satisfies(wanted -> assertThat(wanted.comment()).contains(answer));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"NO_COMMAND", "OWN_COMMENT", "COMMAND_UNCHANGED", "PRIVATE_REPOSITORY", "OTHER_INSTANCE"})
    void staysSilentWhereNobodyIsSpokenTo(Reason reason) {
        assertThat(stopped(commanded("/packit build"), reason, null)).isEmpty();
    }

    @Test
    void mentionsNobodyAndEndsNoCode() {
        assertThat(stopped(commanded("/packit `@everyone`"), Reason.UNKNOWN_COMMAND, null))
                .singleElement()
                .satisfies(wanted -> assertThat(wanted.comment()).contains("`'@everyone'`"));
    }

    @Test
    void startsNoLineOfAnAnswerWithACommand() {
        for (Reason reason : Reason.values()) {
            for (Wanted wanted : stopped(commanded("/packit build"), reason, "x")) {
                assertThat(COMMANDS.parse(String.valueOf(wanted.comment()))).isInstanceOf(CommandResult.None.class);
            }
        }
    }

    @Test
    void tellsARefusalToOneAccountOnOnePullRequestOnce() {
        assertThat(stopped(commanded("/packit build"), Reason.ACTOR_NOT_ALLOWED, "read"))
                .hasSize(1);
        assertThat(stopped(commanded("/packit build"), Reason.ACTOR_NOT_ALLOWED, "read"))
                .isEmpty();
        assertThat(stopped(commanded("/packit build"), Reason.NAMESPACE_DENIED, "read"))
                .as("another reason")
                .hasSize(1);
    }

    @Test
    void tellsARefusalAgainWhenItWasLostInACrash() {
        Decision decision = commanded("/packit build");

        List<Wanted> lost = stopped(decision, Reason.ACTOR_NOT_ALLOWED, "read");

        assertThat(feedback.of(decision, "https://forgeway.example.org/d")).isEqualTo(lost);
    }

    @Test
    void showsANeutralCheckOnAPullRequestThatWasRefusedOnce() {
        assertThat(stopped(opened(), Reason.NAMESPACE_NOT_APPROVED, "h/n is waiting"))
                .singleElement()
                .satisfies(wanted -> {
                    assertThat(wanted.kind()).isEqualTo(Wanted.Kind.CHECK);
                    assertThat(wanted.place()).isEqualTo(Examples.COMMIT);
                    assertThat(String.valueOf(wanted.check())).contains("NEUTRAL", "h/n is waiting");
                });
        assertThat(stopped(opened(), Reason.NAMESPACE_NOT_APPROVED, "h/n is waiting"))
                .isEmpty();
    }

    @Test
    void namesTheIssueInWhichTheNamespaceIsToBeApproved() {
        stores.approvals.claim(
                "github.com/" + Examples.PROJECT.namespace(), "ada", "github.com/packit/notifications", "d");
        stores.approvals.opened("github.com/" + Examples.PROJECT.namespace(), 12);

        assertThat(stopped(opened(), Reason.NAMESPACE_NOT_APPROVED, "h/n is waiting"))
                .singleElement()
                .satisfies(wanted -> assertThat(String.valueOf(wanted.check()))
                        .contains("https://github.com/packit/notifications/issues/12"));
    }

    @Test
    void showsNothingOnAPullRequestThatAskedForNothing() {
        assertThat(stopped(opened(), Reason.NO_MATCHING_JOB, null)).isEmpty();
        assertThat(stopped(Decisions.about(OPENED), Reason.NAMESPACE_DENIED, "h/n"))
                .as("nobody looked for a package config")
                .isEmpty();
    }

    private static Decision found(Event event) {
        Decision decision = Decisions.about(event);
        decision.configFile(new PackageConfigFile(".packit.yaml", "jobs: []"));
        return decision;
    }

    @Test
    void tellsOnceOnACommitThatAProjectIsRefused() {
        Event pushed = Examples.push("pushed", "refs/heads/main", Examples.COMMIT);

        assertThat(stopped(Decisions.about(pushed), Reason.NAMESPACE_NOT_APPROVED, "h/n is waiting"))
                .as("without a package config")
                .isEmpty();
        assertThat(stopped(found(pushed), Reason.NO_MATCHING_JOB, null)).isEmpty();
        assertThat(stopped(found(pushed), Reason.NAMESPACE_NOT_APPROVED, "h/n is waiting"))
                .singleElement()
                .satisfies(wanted -> {
                    assertThat(wanted.kind()).isEqualTo(Wanted.Kind.COMMENT);
                    assertThat(wanted.place()).isEqualTo("commit/" + Examples.COMMIT);
                    assertThat(wanted.comment()).contains("not approved", "h/n is waiting");
                });
        for (Event later : List.of(
                Examples.push("pushed", "refs/heads/main", "0ff1ce"),
                Examples.release("v1").at(Examples.COMMIT))) {
            assertThat(stopped(found(later), Reason.NAMESPACE_NOT_APPROVED, "h/n is waiting"))
                    .isEmpty();
        }
    }

    @Test
    void answersOnACommit() {
        Comment comment = new Comment(99, "/packit biuld", "https://github.com/a/b");
        Decision decision = Decisions.about(new CommitCommentEvent(
                "created", "github", "ada", Examples.NOON, Examples.PROJECT, Examples.COMMIT, comment, null));
        decision.said(COMMANDS.parse(comment.body()));

        assertThat(stopped(decision, Reason.UNKNOWN_COMMAND, null))
                .singleElement()
                .satisfies(wanted -> assertThat(wanted.place()).isEqualTo("commit/" + Examples.COMMIT));
    }

    @Test
    void saysNothingToABuildSystem() {
        Decision decision = Decisions.about(Examples.build("1", Examples.RAWHIDE, "succeeded"));

        assertThat(stopped(decision, Reason.NO_MATCHING_JOB, null)).isEmpty();
    }
}
