package dev.forgeway.docs;

import dev.forgeway.event.EventType;
import dev.forgeway.handle.HandlerSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/handlers.md from what the handlers say about themselves. */
final class HandlersDocument {

    static final String COMMAND =
            "./mvnw -q test -Dtest=HandlersDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    private static final String HEAD = """
            # Handlers

            What Forgeway can do, one row for each handler. This file is written from their `HandlerSpec`s; do not edit it,
            run

            ```sh
            %s
            ```

            | handler | queue | class | job in the package config | events | commands | checks | what it does |
            |---|---|---|---|---|---|---|---|
            """;

    private static final String FOOT = """

            - The class says how long the jobs take: seconds (short), or minutes and more (long). Each has settings of its own for how
              many run at the same time ([priorities.md](priorities.md)).
            - A handler with a job type runs for every job of that type in the package config whose trigger fits the event. One
              without runs for its events or commands alone.
            - A command is the word behind the prefix (`/packit build`).
            - Checks are named `<prefix>:<target>`, and `<prefix>:<target>:<identifier>` where the job has an identifier.

            How to add one: [CONTRIBUTING.md](../CONTRIBUTING.md).
            """;

    private HandlersDocument() {}

    static String of(List<HandlerSpec> specs) {
        return HEAD.formatted(COMMAND)
                + specs.stream().map(HandlersDocument::row).collect(Collectors.joining())
                + FOOT;
    }

    private static String row(HandlerSpec spec) {
        return "| `%s` | `%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        spec.name(),
                        spec.queue(),
                        spec.queueClass().name().toLowerCase(Locale.ROOT),
                        spec.jobType() == null ? "" : code(spec.jobType()),
                        codes(spec.events().stream().map(EventType::wireName)),
                        codes(spec.commands().stream()),
                        spec.checkPrefix() == null ? "" : code(spec.checkPrefix() + ":<target>"),
                        spec.description());
    }

    private static String codes(Stream<String> words) {
        return words.sorted().map(HandlersDocument::code).collect(Collectors.joining(", "));
    }

    private static String code(String word) {
        return "`" + word + "`";
    }
}
