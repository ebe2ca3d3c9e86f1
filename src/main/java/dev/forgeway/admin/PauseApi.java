package dev.forgeway.admin;

import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.PauseMetrics;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.Pause;
import dev.forgeway.store.PauseStore;
import dev.forgeway.store.Pauses;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What people pause and resume. Everything throws {@link Problem}. */
@Component
public class PauseApi {

    private static final Logger LOG = LoggerFactory.getLogger(PauseApi.class);

    private static final Pattern PROJECT = Pattern.compile("[\\w.-]+(/[^/\\s']+){1,20}");

    private final PauseStore store;
    private final Pauses pauses;
    private final Set<String> handlers;
    private final Set<String> sources;
    private final AdminApi api;
    private final Clock clock;

    public PauseApi(
            PauseStore store,
            Pauses pauses,
            Handlers handlers,
            Sources sources,
            PauseMetrics metrics,
            AdminApi api,
            Clock clock) {
        this.store = store;
        this.pauses = pauses;
        this.handlers = handlers.specs().stream().map(HandlerSpec::name).collect(Collectors.toCollection(TreeSet::new));
        this.sources = new TreeSet<>(sources.names());
        this.api = api;
        this.clock = clock;
        for (Pause.Kind kind : Pause.Kind.values()) {
            metrics.paused(kind.wireName(), () -> pauses.names(kind).size());
        }
    }

    /** @param by who it is; what is ordered is kept with it */
    public record Order(
            @Nullable String kind,
            @Nullable String name,
            @Nullable String by,
            @Nullable String note) {}

    /** What is paused, the longest first. */
    public List<Pause> pauses(Reader reader) {
        Set<String> hidden = api.hidden(reader);
        return store.all().stream()
                .filter(pause -> pause.kind() != Pause.Kind.PROJECT || !hidden.contains(pause.name()))
                .toList();
    }

    /** Begins a pause, in all processes within about a second; says what is paused then. */
    public List<Pause> pause(@Nullable String authorization, Order order) {
        api.requireToken(authorization);
        Pause pause = checked(order);
        if (store.pause(pause, action("pause", pause))) {
            LOG.warn("{} {} is paused by {}", pause.kind().wireName(), pause.name(), pause.by());
        }
        return look();
    }

    /** Ends a pause, in all processes within about a second; says what is paused still. */
    public List<Pause> resume(@Nullable String authorization, Order order) {
        api.requireToken(authorization);
        Pause pause = checked(order);
        if (!store.resume(pause.kind(), pause.name(), action("resume", pause))) {
            throw Problem.notFound(pause.kind().of(pause.name()) + " is not paused");
        }
        LOG.warn("{} {} is resumed by {}", pause.kind().wireName(), pause.name(), pause.by());
        return look();
    }

    private List<Pause> look() {
        pauses.look();
        return store.all();
    }

    private static AdminAction action(String what, Pause pause) {
        String subject = pause.kind().of(pause.name());
        return new AdminAction(what, subject, null, pause.by(), pause.note(), pause.since());
    }

    private Pause checked(Order order) {
        Pause.Kind kind = kind(order.kind());
        String name = order.name() == null ? "" : order.name().strip();
        checkName(kind, name);
        String by = order.by();
        if (by == null || by.isBlank()) {
            throw Problem.badRequest("by must say who does this; it is kept");
        }
        return new Pause(kind, name, clock.instant(), by, order.note());
    }

    private static Pause.Kind kind(@Nullable String name) {
        return Stream.of(Pause.Kind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("kind must be handler, source or project"));
    }

    /** A project may be one that nobody has heard of yet. */
    private void checkName(Pause.Kind kind, String name) {
        switch (kind) {
            case HANDLER -> checkKnown("handler", name, handlers);
            case SOURCE -> checkKnown("source", name, sources);
            case PROJECT -> {
                if (!PROJECT.matcher(name).matches()) {
                    throw Problem.badRequest("the name of a project is host/namespace/name");
                }
            }
        }
    }

    private static void checkKnown(String kind, String name, Set<String> known) {
        if (!known.contains(name)) {
            throw Problem.badRequest(
                    "no " + kind + " is called \"" + name + "\"; there are " + String.join(", ", known));
        }
    }
}
