package dev.forgeway.decide.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
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

    @Test
    void recordsAnEventThatNobodyActsOn() {
        isStopped(filtered(new UnhandledEventFilter(), OPENED), Outcome.IGNORED, Reason.NO_HANDLER, "pull-request");
    }
}
