package dev.forgeway.handle.forgeapp;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Answers the help command with what the handlers say about themselves and the package config asks them for. */
@Component
public class HelpHandler implements JobHandler {

    /** What the names of the commands of Fedora CI begin with. */
    private static final String CI = "ci-";

    /** Belongs into one kind of issue alone, which says so itself. */
    private static final String ELSEWHERE = "verify-fas";

    public static final HandlerSpec SPEC = new HandlerSpec(
            "help",
            Set.of(),
            Set.of(),
            Set.of(EventType.PULL_REQUEST_COMMENT, EventType.ISSUE_COMMENT, EventType.COMMIT_COMMENT),
            Set.of("help", CI + "help"),
            null,
            QueueClass.SHORT,
            List.of(),
            "show this message");

    private final ObjectProvider<Handlers> handlers;
    private final OutboxStore outbox;

    public HelpHandler(ObjectProvider<Handlers> handlers, OutboxStore outbox) {
        this.handlers = handlers;
        this.outbox = outbox;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /** The answer belongs to the comment that asked; a repeated run wants the same answer once. */
    @Override
    public Outcome handle(Job job) {
        Event event = job.event();
        Comment comment = Objects.requireNonNull(event.comment(), "no comment");
        outbox.want(new Wanted(
                Wanted.Kind.COMMENT,
                Objects.requireNonNull(event.forge()),
                Target.of(event),
                Subject.of(event).orElseThrow().place(),
                "help:" + comment.id(),
                null,
                text(event, job.trigger().startsWith(CI), job.arguments()),
                job.receivedAt(),
                job.deliveryId(),
                job.id()));
        return Outcome.succeeded("answered comment " + comment.id());
    }

    /** @param ci whether the commands of Fedora CI were asked for, which need no package config; else the others */
    private String text(Event event, boolean ci, Map<String, String> arguments) {
        StringBuilder text = new StringBuilder("These commands work in a comment here:\n\n");
        for (HandlerSpec spec : handlers.getObject().specs()) {
            String targets = arguments.get("targets:" + spec.name());
            if (spec.reactsTo(event.type())) {
                String more = targets == null || targets.isEmpty() ? "" : " (" + targets + ")";
                spec.commands().stream()
                        .filter(command -> command.startsWith(CI) == ci && !command.equals(ELSEWHERE))
                        .sorted()
                        .flatMap(command -> Stream.ofNullable(arguments.get("usage:" + command)))
                        .forEach(usage -> text.append("- `%s`: %s%s\n".formatted(usage, spec.description(), more)));
            }
        }
        return ci
                ? text.toString()
                : text.append("\n").append(aboutConfig(arguments)).toString();
    }

    private static String aboutConfig(Map<String, String> arguments) {
        String config = arguments.get("config");
        if (config == null) {
            return "This repository has no package config; with one, more can be asked for.\n";
        }
        String problem = arguments.get("config-problem");
        if (problem != null) {
            return "The package config `" + config + "` cannot be used:\n\n```\n" + problem + "\n```\n";
        }
        String packages = arguments.get("packages");
        return "What they do is in `" + config + "`."
                + (packages == null ? "" : " `--package <name>` limits a command to one package: " + packages + ".")
                + "\n";
    }
}
