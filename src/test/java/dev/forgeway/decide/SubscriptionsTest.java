package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Forges;
import dev.forgeway.store.EventSamples;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final String HOOK = "handle.forward.subscriptions.hook.";

    private final FakeForge forge = new FakeForge();

    private Subscriptions subscriptions(String... keysAndValues) {
        return new Subscriptions(Examples.settings(keysAndValues), new ForgeQuestions(new Forges(List.of(forge))));
    }

    private static Decision opened(Project project) {
        return Decisions.about(Examples.pullRequest(project));
    }

    private static List<String> subscribed(Decision decision) {
        return decision.jobs().stream()
                .map(job -> job.handler() + " " + job.subscription())
                .toList();
    }

    @Test
    void addsAJobForEveryTypeOfEventWhateverWasDecided() {
        Subscriptions all = subscriptions(HOOK + "url", "https://example.org");
        Set<EventType> seen = new HashSet<>();
        for (Event event : EventSamples.all()) {
            Decision decision = Decisions.about(event);
            decision.stop(Outcome.IGNORED, Reason.NO_HANDLER, null);

            all.subscribe(decision);

            assertThat(subscribed(decision)).as(event.type().wireName()).containsExactly("forward hook");
            assertThat(decision.outcome()).isEqualTo(Outcome.IGNORED);
            assertThat(decision.reason()).isEqualTo(Reason.NO_HANDLER);
            seen.add(event.type());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Arrays.asList(EventType.values()));
    }

    @Test
    void addsToTheJobsThatTheProjectAskedFor() {
        Decision decision = opened(Examples.PROJECT);
        Job build = Examples.coprBuild(Examples.RAWHIDE);
        decision.select(List.of(build));

        subscriptions(HOOK + "url", "https://example.org").subscribe(decision);

        assertThat(decision.jobs()).hasSize(2).startsWith(build);
    }

    @Test
    void wantsWhatFitsAPatternOfEachKind() {
        Subscriptions some = subscriptions(
                HOOK + "events", "push,pull-request*",
                HOOK + "projects", "gitlab.com/*,github.com/packit-*/hello",
                HOOK + "actions", "opened");

        assertThat(after(some, opened(Examples.PROJECT))).containsExactly("forward hook");
        assertThat(after(some, opened(Examples.project("other", "hello", "public"))))
                .isEmpty();
        assertThat(after(some, opened(Examples.project("packit-service", "hello2", "public"))))
                .isEmpty();
        assertThat(after(some, Decisions.about(Examples.comment("hi")))).isEmpty();
        assertThat(after(some, Decisions.about(Examples.release("1.0")))).isEmpty();
    }

    @Test
    void wantsEventsOfNoProjectOnlyWithoutALimitToProjects() {
        Event build = Examples.build("7", Examples.RAWHIDE, null);

        assertThat(after(subscriptions(HOOK + "projects", "github.com/*"), Decisions.about(build)))
                .isEmpty();
        assertThat(after(subscriptions(HOOK + "events", "*"), Decisions.about(build)))
                .hasSize(1);
    }

    @Test
    void countsABuildForTheProjectThatAskedForIt() {
        Decision decision = Decisions.about(Examples.build("7", Examples.RAWHIDE, null));
        decision.subject(Examples.coprBuild(Examples.RAWHIDE));

        assertThat(after(subscriptions(HOOK + "projects", "github.com/packit-service/*"), decision))
                .hasSize(1);
    }

    @Test
    void tellsOfPrivateProjectsOnlyWhoIsMeantTo() {
        Project hidden = Examples.project("packit-service", "hello", "private");

        assertThat(after(subscriptions(HOOK + "events", "*"), opened(hidden))).isEmpty();
        assertThat(after(subscriptions(HOOK + "include-private", "true"), opened(hidden)))
                .hasSize(1);
    }

    @Test
    void asksTheForgeWhereTheEventDoesNotTellAndOnlyForASubscriber() {
        Project untold = Examples.project("packit-service", "hello", null);
        Subscriptions some = subscriptions(HOOK + "events", "pull-request");

        assertThat(after(some, opened(untold))).hasSize(1);
        forge.hides(untold.key());
        assertThat(after(some, opened(untold))).isEmpty();
        int asked = forge.lookUps().size();
        assertThat(asked).isEqualTo(2);

        after(subscriptions(HOOK + "events", "push"), opened(untold));
        assertThat(forge.lookUps()).hasSize(asked);
    }

    @Test
    void takesForPrivateWhatCannotBeFoundOut() {
        Project untold = Examples.project("packit-service", "hello", null);
        Subscriptions withoutForge =
                new Subscriptions(Examples.settings(HOOK + "events", "*"), new ForgeQuestions(new Forges(List.of())));
        assertThat(after(withoutForge, opened(untold))).isEmpty();

        forge.refuses(new UserErrorException("not found"));
        assertThat(after(subscriptions(HOOK + "events", "*"), opened(untold))).isEmpty();
    }

    @Test
    void makesTheSameJobsAgainAndKnowsCopiesByTheirEvent() {
        Subscriptions all = subscriptions(HOOK + "events", "*");
        Decision first = new Decision(Examples.delivery("0190-a"));
        Decision repeated = new Decision(Examples.delivery("0190-a"));
        first.event(Examples.pullRequest(Examples.PROJECT));
        repeated.event(Examples.pullRequest(Examples.PROJECT));
        Decision copy = new Decision(first.delivery().again(Examples.NOON));
        copy.event(Examples.pullRequest(Examples.PROJECT));

        all.subscribe(first);
        all.subscribe(repeated);
        all.subscribe(copy);

        assertThat(repeated.jobs()).isEqualTo(first.jobs());
        assertThat(copy.jobs().get(0).id()).isNotEqualTo(first.jobs().get(0).id());
        assertThat(copy.jobs().get(0).arguments()).isEqualTo(first.jobs().get(0).arguments());
    }

    @Test
    void hasNothingToDoForACopy() {
        Decision copy = opened(Examples.PROJECT);
        copy.stop(Outcome.DUPLICATE, Reason.ALREADY_RECEIVED, null);
        copy.stored(List.of());

        assertThat(after(subscriptions(HOOK + "events", "*"), copy)).isEmpty();
    }

    private static List<String> after(Subscriptions subscriptions, Decision decision) {
        subscriptions.subscribe(decision);
        return subscribed(decision);
    }
}
