package dev.forgeway.decide.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {

    private static final Event OPENED = Examples.pullRequest(Examples.PROJECT);

    private final Stores stores = Stores.empty();

    private static Decision filtered(EventFilter filter, Event event) {
        Decision decision = Decisions.about(event);
        filter.apply(decision);
        return decision;
    }

    private static void isStopped(
            Decision decision, @Nullable Outcome outcome, @Nullable Reason reason, @Nullable String detail) {
        assertThat(decision.outcome()).isEqualTo(outcome);
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.detail()).isEqualTo(detail);
    }

    @Test
    void letsWhatWasStoppedBeforePassByUnchanged() {
        Decision decision = Decisions.about(OPENED);
        decision.stop(Outcome.IGNORED, Reason.NO_COMMAND, null);

        new AllowlistFilter(stores.allowlist).apply(decision);

        isStopped(decision, Outcome.IGNORED, Reason.NO_COMMAND, null);
    }

    @Test
    void letsPublicRepositoriesAndThoseOfUnknownVisibilityPass() {
        var filter = new PrivateRepositoryFilter(Examples.settings());

        assertThat(filtered(filter, OPENED).isOpen()).isTrue();
        assertThat(filtered(filter, Examples.pullRequest(Examples.project("a", "b", null)))
                        .isOpen())
                .isTrue();
    }

    @Test
    void servesPrivateRepositoriesOnlyWhereThatIsSwitchedOn() {
        var filter = new PrivateRepositoryFilter(
                Examples.settings("decide.enabled-private-namespaces", "github.com/inside"));

        assertThat(filtered(filter, Examples.pullRequest(Examples.project("inside", "b", "private")))
                        .isOpen())
                .isTrue();
        isStopped(
                filtered(filter, Examples.pullRequest(Examples.project("insider", "b", "private"))),
                Outcome.FILTERED,
                Reason.PRIVATE_REPOSITORY,
                "github.com/insider is not enabled");
    }

    @ParameterizedTest
    @CsvSource({
        "approved-automatically, ,                       ",
        "approved-manually,      ,                       ",
        "denied,                 NAMESPACE_DENIED,       github.com/packit-service/hello",
        "waiting,                NAMESPACE_NOT_APPROVED, github.com/packit-service is waiting",
        ",                       NAMESPACE_NOT_APPROVED, github.com/packit-service is unknown"
    })
    void asksTheAllowlist(@Nullable String status, @Nullable Reason reason, @Nullable String detail) {
        if (status != null) {
            stores.allowlist.put("github.com/packit-service", status, null);
        }

        Decision decision = filtered(new AllowlistFilter(stores.allowlist), OPENED);

        isStopped(decision, reason == null ? null : Outcome.FILTERED, reason, detail);
    }

    @Test
    void letsADecisionAboutTheProjectWinOverThatAboutItsNamespace() {
        stores.allowlist.put("github.com/packit-service", "approved-manually", null);
        stores.allowlist.put("github.com/packit-service/hello", "denied", null);

        assertThat(filtered(new AllowlistFilter(stores.allowlist), OPENED).reason())
                .isEqualTo(Reason.NAMESPACE_DENIED);
    }

    @Test
    void ignoresWhatOurOwnAccountsWrote() {
        Event comment = Examples.comment("/packit build");

        isStopped(
                filtered(new OwnCommentFilter(Examples.settings("decide.own-accounts", "ada")), comment),
                Outcome.IGNORED,
                Reason.OWN_COMMENT,
                "ada");
        assertThat(filtered(new OwnCommentFilter(Examples.settings("decide.own-accounts", "forgeway[bot]")), comment)
                        .isOpen())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/packit build,   ,                ,                            ",
        "Nice work!,      IGNORED,  NO_COMMAND,                         ",
        "> /packit build, IGNORED,  NO_COMMAND,                         ",
        "/packit buidl,   FILTERED, UNKNOWN_COMMAND, 'buidl, nearest: build'",
        "/packit zzzzzzz, FILTERED, UNKNOWN_COMMAND, zzzzzzz"
    })
    void letsOnlyCommandsPass(
            String text, @Nullable Outcome outcome, @Nullable Reason reason, @Nullable String detail) {
        var filter = new CommandFilter(new CommandParser("/packit", Set.of("build", "help")));

        isStopped(filtered(filter, Examples.comment(text)), outcome, reason, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "pull-request opened,       github, ",
        "pull-request closed,       github, pull-request closed",
        "pull-request opened,       gitlab, pull-request on gitlab",
        "push refs/heads/main,      github, ",
        "push refs/tags/v1,         github, push of refs/tags/v1",
        "deletion refs/heads/main,  github, push deleted",
        "issue-comment created,     github, issue-comment"
    })
    void recordsAnEventThatNobodyActsOn(String what, String forge, @Nullable String unhandled) {
        var filter = new UnhandledEventFilter(
                new Handlers(List.of(new Described(CoprBuildHandler.SPEC))), List.of(new FakeForge()));

        Decision decision = filtered(filter, event(what.split(" ")[0], what.split(" ")[1], forge));

        if (unhandled == null) {
            isStopped(decision, null, null, null);
        } else {
            isStopped(decision, Outcome.IGNORED, Reason.NO_HANDLER, unhandled);
        }
    }

    private static Event event(String type, String detail, String forge) {
        return switch (type) {
            case "pull-request" ->
                new PullRequestEvent(
                        detail,
                        forge,
                        "ada",
                        Examples.NOON,
                        Examples.PROJECT,
                        new PullRequest(7, "ada", "hello", "fix", "main"),
                        Examples.COMMIT,
                        null,
                        null);
            case "push" -> Examples.push("pushed", detail, Examples.COMMIT);
            case "deletion" -> Examples.push("deleted", detail, null);
            default ->
                new IssueCommentEvent(
                        detail,
                        forge,
                        "ada",
                        Examples.NOON,
                        Examples.PROJECT,
                        new Issue(1),
                        new Comment(1, "/packit build", "u"),
                        null);
        };
    }

    private record Described(HandlerSpec spec) implements JobHandler {

        @Override
        public dev.forgeway.handle.Outcome handle(Job unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
