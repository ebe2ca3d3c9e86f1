package dev.forgeway.admin;

import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.PauseMetrics;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.Pause;
import dev.forgeway.store.PauseStore;
import dev.forgeway.store.Pauses;
import dev.forgeway.store.ProjectStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final String JOBS = "jobs.";

    private static final Pattern PROJECT = Pattern.compile("[\\w.-]+(/[^/\\s']+){1,20}");

    private final PauseStore store;
    private final Pauses pauses;
    private final ProjectStore projects;
    private final Set<String> handlers;
    private final Set<String> sources;
    private final Queues queues;
    private final AdminApi api;
    private final Clock clock;

    public PauseApi(
            PauseStore store,
            Pauses pauses,
            ProjectStore projects,
            Handlers handlers,
            Sources sources,
            PauseMetrics metrics,
            Queues queues,
            AdminApi api,
            Clock clock) {
        this.store = store;
        this.pauses = pauses;
        this.projects = projects;
        this.handlers = handlers.specs().stream().map(HandlerSpec::name).collect(Collectors.toCollection(TreeSet::new));
        this.sources = new TreeSet<>(sources.names());
        this.queues = queues;
        this.api = api;
        this.clock = clock;
        for (Pause.Kind kind : Pause.Kind.values()) {
            metrics.paused(kind.wireName(), () -> pauses.names(kind).size());
        }
        this.handlers.forEach(
                name -> metrics.queuePaused(JOBS + name, () -> pauses.isPaused(Pause.Kind.HANDLER, name)));
    }

    /** @param by who it is; what is ordered is kept with it */
    public record Order(
            @Nullable String kind,
            @Nullable String name,
            @Nullable String by,
            @Nullable String note) {}

    /** What is paused, the longest first. */
    public List<PauseView> pauses(Reader reader) {
        Set<String> hidden = api.hidden(reader);
        return views(store.all().stream()
                .filter(pause -> pause.kind() != Pause.Kind.PROJECT || !hidden.contains(pause.name()))
                .toList());
    }

    /** Begins a pause, in all processes within about a second; says what is paused then. */
    public List<PauseView> pause(@Nullable String authorization, Order order) {
        api.requireToken(authorization);
        Pause pause = checked(order);
        if (store.pause(pause, action("pause", pause))) {
            LOG.warn("{} {} is paused by {}", pause.kind().wireName(), pause.name(), pause.by());
        }
        return look();
    }

    /** Ends a pause, in all processes within about a second; says what is paused still. */
    public List<PauseView> resume(@Nullable String authorization, Order order) {
        api.requireToken(authorization);
        Pause pause = checked(order);
        if (!store.resume(pause.kind(), pause.name(), action("resume", pause))) {
            throw Problem.notFound(pause.kind().of(pause.name()) + " is not paused");
        }
        LOG.warn("{} {} is resumed by {}", pause.kind().wireName(), pause.name(), pause.by());
        return look();
    }

    private List<PauseView> look() {
        pauses.look();
        return views(store.all());
    }

    /** That the broker is away hides nothing of what the database knows. */
    private List<PauseView> views(List<Pause> paused) {
        Map<String, Long> waiting = paused.isEmpty() ? Map.of() : waiting();
        return paused.stream()
                .map(pause -> PauseView.of(
                        pause,
                        waiting == null
                                ? null
                                : waiting.getOrDefault(pause.kind().of(pause.name()), 0L)))
                .toList();
    }

    private @Nullable Map<String, Long> waiting() {
        try {
            Map<String, Long> waiting = new HashMap<>(queues.held());
            for (QueueView queue : queues.all()) {
                if (queue.name().startsWith(JOBS)) {
                    waiting.put(Pause.Kind.HANDLER.of(queue.name().substring(JOBS.length())), queue.messages());
                }
            }
            return waiting;
        } catch (Problem brokerIsAway) {
            return null;
        }
    }

    private static AdminAction action(String what, Pause pause) {
        String subject = pause.kind().of(pause.name());
        return new AdminAction(what, subject, null, pause.by(), pause.note(), pause.since());
    }

    private Pause checked(Order order) {
        Pause.Kind kind = kind(order.kind());
        String name = order.name() == null ? "" : order.name().strip();
        checkName(kind, name);
        return new Pause(
                kind,
                kind == Pause.Kind.PROJECT ? project(name) : name,
                clock.instant(),
                AdminApi.by(order.by()),
                order.note());
    }

    /** As its forge spells it, for nothing comes of another spelling; but what is paused already ends by its own name. */
    private String project(String name) {
        boolean isPaused = store.all().stream().anyMatch(pause -> pause.isOf(Pause.Kind.PROJECT, name));
        return isPaused ? name : projects.spelled(name);
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
