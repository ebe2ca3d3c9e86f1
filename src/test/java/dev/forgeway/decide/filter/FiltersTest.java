package dev.forgeway.decide.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {

    private static final Event OPENED = Examples.pullRequest(Examples.PROJECT);

    private static final CommandParser COMMANDS = Decisions.COMMANDS;

    private final Stores stores = Stores.empty();
    private final FakeForge forge = new FakeForge();

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

        allowlistFilter().apply(decision);

        isStopped(decision, Outcome.IGNORED, Reason.NO_COMMAND, null);
    }

    @Test
    void letsPublicRepositoriesPassWithoutAsking() {
        var filter = new PrivateRepositoryFilter(Examples.settings(), new ForgeQuestions(new Forges(List.of(forge))));

        assertThat(filtered(filter, OPENED).isOpen()).isTrue();
        assertThat(forge.lookUps()).isEmpty();
    }

    @Test
    void asksTheForgeOnceWhetherARepositoryOfUnknownVisibilityIsPrivate() {
        var filter = new PrivateRepositoryFilter(Examples.settings(), new ForgeQuestions(new Forges(List.of(forge))));
        forge.hides("github.com/a/hidden");
        Decision open = Decisions.about(Examples.pullRequest(Examples.project("a", "b", null)));

        filter.apply(open);
        filter.apply(open);

        assertThat(open.isOpen()).isTrue();
        assertThat(forge.lookUps()).containsExactly("privacy of github.com/a/b");
        assertThat(filtered(filter, Examples.pullRequest(Examples.project("a", "hidden", null)))
                        .reason())
                .isEqualTo(Reason.PRIVATE_REPOSITORY);
    }

    @Test
    void stopsWhereTheForgeDoesNotLetUsAsk() {
        var filter = new PrivateRepositoryFilter(Examples.settings(), new ForgeQuestions(new Forges(List.of(forge))));
        forge.refuses(new UserErrorException("no access"));

        isStopped(
                filtered(filter, Examples.pullRequest(Examples.project("a", "b", null))),
                Outcome.FILTERED,
                Reason.REPOSITORY_NOT_FOUND,
                "no access");
    }

    @Test
    void servesPrivateRepositoriesOnlyWhereThatIsSwitchedOn() {
        var filter = new PrivateRepositoryFilter(
                Examples.settings("decide.enabled-private-namespaces", "github.com/inside"),
                new ForgeQuestions(new Forges(List.of(forge))));

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

        Decision decision = filtered(allowlistFilter(), OPENED);

        isStopped(decision, reason == null ? null : Outcome.FILTERED, reason, detail);
    }

    @Test
    void letsADecisionAboutTheProjectWinOverThatAboutItsNamespace() {
        stores.allowlist.put("github.com/packit-service", "approved-manually", null);
        stores.allowlist.put("github.com/packit-service/hello", "denied", null);

        assertThat(filtered(allowlistFilter(), OPENED).reason()).isEqualTo(Reason.NAMESPACE_DENIED);
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
    @CsvSource({"/packit build, true", "/packit buidl, true", "Nice work!, false", "> /packit build, false"})
    void letsOnlyThosePassWhoSpeakToUs(String text, boolean passes) {
        Decision decision = filtered(new CommandFilter(COMMANDS), Examples.comment(text));

        assertThat(decision.isOpen()).isEqualTo(passes);
        assertThat(decision.reason()).isEqualTo(passes ? null : Reason.NO_COMMAND);
    }

    @ParameterizedTest
    @CsvSource({
        "/packit build,     ,                ",
        "/packit buidl,     UNKNOWN_COMMAND, 'buidl, nearest: build'",
        "/packit zzzzzzz,   UNKNOWN_COMMAND, zzzzzzz",
        "/packit build now, INVALID_COMMAND, `build` cannot do anything with `now`"
    })
    void followsNoMisspeltCommand(String text, @Nullable Reason reason, @Nullable String detail) {
        Decision decision = filtered(new CommandFilter(COMMANDS), Examples.comment(text));

        new MisspeltCommandFilter().apply(decision);

        isStopped(decision, reason == null ? null : Outcome.FILTERED, reason, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "/packit build, /packit biuld,          true",
        "/packit build, Please.,                true",
        "/packit build, /packit build --package one, true",
        "/packit build, '/packit   build',      false",
        "/packit build, '/packit build\nThanks!', false",
        "/packit build, ,                       false"
    })
    void repeatsACommandOfAnEditedCommentOnlyWhenItChanged(String text, @Nullable String before, boolean passes) {
        Decision decision = filtered(
                new CommandFilter(COMMANDS), edited(text, before == null ? null : before.replace("\\n", "\n")));

        unchangedCommandFilter().apply(decision);

        assertThat(decision.reason()).isEqualTo(passes ? null : Reason.COMMAND_UNCHANGED);
    }

    private UnchangedCommandFilter unchangedCommandFilter() {
        return new UnchangedCommandFilter(COMMANDS, new Forges(List.of(forge)), stores.commands);
    }

    @ParameterizedTest
    @CsvSource({
        "/packit build, /packit test,    true",
        "/packit build, '/packit  build\nThanks!', false",
        "Thanks!,       /packit build,   true"
    })
    void comparesWithWhatItSawWhereTheForgeDoesNotTellWhatACommentWas(String first, String then, boolean passes) {
        forge.hidesWhatWasEdited();
        Decision before = new Decision(Examples.delivery("1"));
        before.event(Examples.comment(first));
        Decision decision = new Decision(Examples.delivery("2"));
        decision.event(edited(then.replace("\\n", "\n"), null));

        for (Decision each : List.of(before, decision)) {
            new CommandFilter(COMMANDS).apply(each);
            unchangedCommandFilter().apply(each);
        }

        assertThat(before.reason()).isEqualTo(first.equals("Thanks!") ? Reason.NO_COMMAND : null);
        assertThat(decision.reason()).isEqualTo(passes ? null : Reason.COMMAND_UNCHANGED);
    }

    private static Event edited(String text, @Nullable String before) {
        var comment = Examples.comment(text);
        return new PullRequestCommentEvent(
                "edited",
                "github",
                "ada",
                Examples.NOON,
                Examples.PROJECT,
                comment.pullRequest(),
                new Comment(99, text, "https://github.com/packit-service/hello/pull/7#99", null, before),
                null,
                null);
    }

    @Test
    void asksForNothingWhereABranchEnded() {
        Event ended = push("deleted", null);

        isStopped(filtered(new DeletedRefFilter(), ended), Outcome.IGNORED, Reason.REF_DELETED, "refs/heads/old");
        assertThat(filtered(new DeletedRefFilter(), push("pushed", Examples.COMMIT))
                        .isOpen())
                .isTrue();
    }

    private static Event push(String action, @Nullable String commit) {
        return new PushEvent(
                action, "github", "ada", Examples.NOON, Examples.PROJECT, "refs/heads/old", commit, null, null);
    }

    @Test
    void ignoresWhatOurOwnAccountsDid() {
        var filter = new OwnActionFilter(Examples.settings("decide.own-accounts", "ada"));

        isStopped(filtered(filter, OPENED), Outcome.IGNORED, Reason.OWN_ACTION, "ada");
        assertThat(filtered(new OwnActionFilter(Examples.settings()), OPENED).isOpen())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "github.com/packit-service,       github.com/packit-service/hello",
        "github.com/packit-service/hello, github.com/packit-service/hello",
        "github.com/ada,                  github.com/ada"
    })
    void neverLooksAtWhatWasDenied(String key, String detail) {
        stores.allowlist.put(key, "denied", null);
        var denied = new DeniedFilter(standing());

        isStopped(filtered(denied, OPENED), Outcome.FILTERED, Reason.NAMESPACE_DENIED, detail);
        assertThat(filtered(new DeniedFilter(standing("decide.admins", "github.com/ada")), OPENED)
                        .isOpen())
                .as("an admin")
                .isTrue();
    }

    @Test
    void looksForADecisionAboutEachNamespaceAround() {
        stores.allowlist.put("github.com/group", "denied", null);
        var nested = Examples.pullRequest(Examples.project("group/sub/deep", "hello", "public"));

        assertThat(filtered(new DeniedFilter(standing()), nested).reason()).isEqualTo(Reason.NAMESPACE_DENIED);

        stores.allowlist.put("github.com/group/sub", "approved-manually", null);
        assertThat(filtered(new DeniedFilter(standing()), nested).isOpen()).isTrue();
        assertThat(filtered(allowlistFilter(), nested).isOpen()).isTrue();
    }

    @Test
    void deniesNoAccountForItsHost() {
        stores.allowlist.put("github.com", "denied", null);
        stores.allowlist.put("github.com/packit-service", "approved-manually", null);

        assertThat(filtered(new DeniedFilter(standing()), OPENED).isOpen()).isTrue();
    }

    @Test
    void letsAdminsAskEverywhere() {
        assertThat(filtered(new AllowlistFilter(standing("decide.admins", "github.com/ada")), OPENED)
                        .isOpen())
                .isTrue();
        assertThat(filtered(new AllowlistFilter(standing("decide.admins", "gitlab.com/ada")), OPENED)
                        .reason())
                .as("a namesake on another forge")
                .isEqualTo(Reason.NAMESPACE_NOT_APPROVED);
    }

    @Test
    void leavesAPullRequestThatMovedOnToTheNewerDelivery() {
        var filter = new SupersededFilter(stores.heads);
        assertThat(filtered(filter, pushed("one", 0)).isOpen()).isTrue();
        assertThat(filtered(filter, pushed("two", 1)).isOpen()).isTrue();

        isStopped(filtered(filter, pushed("one", 0)), Outcome.IGNORED, Reason.SUPERSEDED, "the head is two by now");
        assertThat(filtered(filter, pushed("two", 1)).isOpen()).isTrue();
    }

    private static Event pushed(String head, int seconds) {
        return new PullRequestEvent(
                "synchronized",
                "github",
                "ada",
                Examples.NOON.plusSeconds(seconds),
                Examples.PROJECT,
                new PullRequest(7, "ada", "hello", "fix", "main", null, null),
                head,
                null,
                null);
    }

    private AllowlistFilter allowlistFilter() {
        return new AllowlistFilter(standing());
    }

    private Standing standing(String... settings) {
        return new Standing(stores.allowlist, Examples.settings(settings));
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
                DescribedHandler.handlers(CoprBuildHandler.SPEC), new Forges(List.of(new FakeForge())));

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
                        new PullRequest(7, "ada", "hello", "fix", "main", null, null),
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
}
