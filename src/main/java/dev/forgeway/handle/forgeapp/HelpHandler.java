package dev.forgeway.handle.forgeapp;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Installation;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Answers the help command with what the handlers say about themselves. */
@Component
public class HelpHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "help",
            Set.of(),
            Set.of(),
            Set.of(EventType.PULL_REQUEST_COMMENT),
            Set.of("help"),
            null,
            HandlerSpec.QueueClass.SHORT,
            null,
            List.of(),
            "show this message");

    private final ObjectProvider<Handlers> handlers;
    private final OutboxStore outbox;
    private final String prefix;

    public HelpHandler(ObjectProvider<Handlers> handlers, OutboxStore outbox, Settings settings) {
        this.handlers = handlers;
        this.outbox = outbox;
        this.prefix = settings.decide().commandPrefix();
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /** The answer belongs to the comment that asked; a repeated run wants the same answer once. */
    @Override
    public Outcome handle(Job job) {
        PullRequestCommentEvent event = (PullRequestCommentEvent) job.event();
        Installation installation = event.installation();
        outbox.want(new Wanted(
                Wanted.Kind.COMMENT,
                event.forge(),
                new Target(event.project(), installation == null ? null : installation.id()),
                Integer.toString(event.pullRequest().number()),
                "help:" + event.comment().id(),
                null,
                text(),
                job.receivedAt(),
                job.deliveryId(),
                job.id()));
        return Outcome.succeeded("answered comment " + event.comment().id());
    }

    private String text() {
        StringBuilder text = new StringBuilder("These commands work in a comment of this pull request:\n\n");
        for (HandlerSpec spec : handlers.getObject().specs()) {
            for (String command : new TreeSet<>(spec.commands())) {
                text.append("- `%s %s`: %s\n".formatted(prefix, command, spec.description()));
            }
        }
        return text.toString();
    }
}
