package dev.forgeway.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forgeway.config.InvalidSettingsException;
import dev.forgeway.config.QueueClass;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlersTest {

    private static JobHandler handler(String name) {
        return new DescribedHandler(new HandlerSpec(
                name, Set.of(), Set.of(), Set.of(), Set.of(), null, QueueClass.SHORT, List.of(), "do something"));
    }

    /** The handlers copr-build and help, and announce, of which only the settings tell. */
    private static Handlers handlers(String... settings) {
        return new Handlers(
                List.of(handler("copr-build"), handler("help")),
                List.of(() -> List.of(handler("announce"))),
                Examples.settings(settings));
    }

    @Test
    void takesWhatIsSaidAboutThem() {
        Handlers handlers = handlers(
                "handle.own.handlers.announce.events", "push",
                "handle.concurrency.[announce]", "3",
                "dispatch.priority.handlers.[copr-build]", "8");

        assertThat(handlers.specs()).extracting(HandlerSpec::name).containsExactly("announce", "copr-build", "help");
    }

    @Test
    void refusesAllNamesAtOnceThatAreNone() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> handlers(
                        "handle.own.handlers.help.events", "push",
                        "handle.concurrency.[copr.build]", "4",
                        "dispatch.priority.handlers.[nobody]", "8"))
                .satisfies(
                        refused -> assertThat(refused.mistakes())
                                .extracting(mistake -> mistake.key() + " " + mistake.problem())
                                .containsExactly(
                                        "forgeway.handle.own.handlers.help has the name of a handler of Forgeway's own",
                                        "forgeway.handle.concurrency[copr.build] names no handler; known are copr-build, help",
                                        "forgeway.dispatch.priority.handlers[nobody] names no handler; known are copr-build, help"));
    }
}
