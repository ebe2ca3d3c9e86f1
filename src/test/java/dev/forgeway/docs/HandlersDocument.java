package dev.forgeway.docs;

import dev.forgeway.config.DispatchSettings;
import dev.forgeway.event.EventType;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.testing.Examples;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/handlers.md from what the handlers say about themselves. */
final class HandlersDocument {

    static final String COMMAND =
            "./mvnw -q test -Dtest=HandlersDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    private static final DispatchSettings.Priority DEFAULTS =
            Examples.settings().dispatch().priority();

    private static final String HEAD = """
            # Handlers

            What Forgeway can do, one row for each handler. This file is written from their `HandlerSpec`s; do not edit it,
            run

            ```sh
            %s
            ```

            | handler | events | jobs | triggers | commands | checks | queue | class | base priority | seed names | what it does |
            |---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static final String FOOT = """

            - A handler with a job type runs for every job of that type in the package config that has one of its triggers and
              that the event asks for. One without runs for its events or commands alone.
            - The class says how long the jobs take: seconds (short), or minutes and more (long). Each has settings of its own for
              how many run at the same time. The base priority is where the priority of a job starts, by its event, as long as
              nothing else is configured ([priorities.md](priorities.md)).
            - The seed names are those of the notes that Forgeway was built from.
            - A command is the word behind the prefix (`/packit build`); `ci-help` is `/packit-ci help`.
            - Checks of pull requests are named `<prefix>:<target>`, those of branches and tags
              `<prefix>:<branch or tag>:<target>`; where the job has an identifier, it follows as `:<identifier>`.

            How to add one: [CONTRIBUTING.md](../CONTRIBUTING.md).
            """;

    private HandlersDocument() {}

    static String of(List<HandlerSpec> specs) {
        return HEAD.formatted(COMMAND)
                + specs.stream().map(HandlersDocument::row).collect(Collectors.joining())
                + FOOT;
    }

    private static String row(HandlerSpec spec) {
        return "| "
                + String.join(
                        " | ",
                        code(spec.name()),
                        codes(spec.events().stream().map(EventType::wireName)),
                        codes(spec.jobTypes().stream()),
                        codes(spec.triggers().stream()),
                        codes(spec.commands().stream()),
                        spec.checkPrefix() == null ? "" : code(spec.checkPrefix() + ":<target>"),
                        code(spec.queue()),
                        spec.queueClass().name().toLowerCase(Locale.ROOT),
                        spec.events().stream()
                                .map(DEFAULTS::base)
                                .distinct()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                        codes(spec.seedNames().stream()),
                        spec.description())
                + " |\n";
    }

    private static String codes(Stream<String> words) {
        return words.sorted().map(HandlersDocument::code).collect(Collectors.joining(", "));
    }

    private static String code(String word) {
        return "`" + word + "`";
    }
}
