package dev.forgeway.handle.forgeapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
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
            stores.outbox,
            Examples.settings("decide.command-prefix", "/packit-stg"));
    private final Job job =
            stores.dispatched(Examples.job("help", Examples.comment("/packit-stg help"), List.of(), Map.of()));

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
    void tellsEveryCommandWithTheConfiguredPrefix() {
        handler.handle(job);

        assertThat(stores.wanted(job).get(0).comment())
                .contains("- `/packit-stg build`: build the package in Copr\n")
                .contains("- `/packit-stg copr-build`: build the package in Copr\n")
                .contains("- `/packit-stg help`: show this message\n");
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
