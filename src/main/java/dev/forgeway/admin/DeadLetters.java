package dev.forgeway.admin;

import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.DeadLetter;
import dev.forgeway.store.DeadLetterQuery;
import dev.forgeway.store.DeadLetterStore;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * What was given up, and what a person does about it. A redriven delivery comes again as a copy with an id of its own,
 * as if its sender had sent it again, so that what another copy achieved meanwhile is not done twice. What somebody was to
 * be told by configuration is no reason for that: its job alone begins once more. A status is shown once more, as it is wanted
 * now.
 */
@Component
public class DeadLetters {

    private static final List<String> CONDITIONS = List.of(
            "id", "source", "project", "handler", "reason", "olderThan", "youngerThan", "limit", "all", "by", "note");

    /** One order goes on in rounds until nothing is left, or this many were done. */
    private static final int ROUND = 200;

    private static final int MOST_ROUNDS = 50;

    private final DeadLetterStore letters;
    private final DeliveryStore deliveries;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final Redelivery redelivery;
    private final AdminApi api;

    public DeadLetters(
            DeadLetterStore letters,
            DeliveryStore deliveries,
            JobStore jobs,
            OutboxStore outbox,
            Redelivery redelivery,
            AdminApi api) {
        this.letters = letters;
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.jobs = jobs;
        this.redelivery = redelivery;
        this.api = api;
    }

    /**
     * The newest, by {@code id}, {@code source}, {@code project}, {@code handler}, {@code reason}, {@code olderThan} and
     * {@code youngerThan} (since they were given up), {@code before} (the id of the last one of the page before), and
     * {@code limit}.
     */
    public List<DeadLetter> list(Reader reader, Map<String, String> parameters) {
        DeadLetterQuery query = query(parameters, parameters.get("before"), AdminApi.limit(parameters));
        return reader == Reader.OPERATOR
                ? letters.search(query)
                : letters.searchPublic(query).stream()
                        .map(DeadLetters::forEveryone)
                        .toList();
    }

    /** One of which nobody knows the project may be of a private one. */
    private static DeadLetter forEveryone(DeadLetter letter) {
        return letter.project() != null
                ? letter
                : new DeadLetter(
                        letter.kind(),
                        letter.id(),
                        letter.deliveryId(),
                        letter.source(),
                        null,
                        letter.handler(),
                        letter.reason(),
                        null,
                        letter.since());
    }

    /** One of them with the body of its delivery and the stack of its last failure. */
    public DeadLetterView inspect(@Nullable String authorization, String id) {
        api.requireToken(authorization);
        DeadLetter letter = letters.search(query(Map.of("id", id), null, 1)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                        "no dead letter " + id + ": it did not fail, or somebody did something about it"));
        @Nullable Delivery delivery = deliveries.load(letter.deliveryId()).orElse(null);
        return new DeadLetterView(
                letter,
                letters.stack(letter).orElse(null),
                delivery == null ? null : delivery.eventName(),
                delivery == null ? null : delivery.headers(),
                delivery == null ? null : new String(delivery.body(), StandardCharsets.UTF_8));
    }

    /** What people did last, by {@code before} (the time of the last one of the page before) and {@code limit}. */
    public List<AdminAction> actions(Reader reader, Map<String, String> parameters) {
        return letters.actions(
                AdminApi.limit(parameters), AdminApi.time(parameters, "before"), reader == Reader.OPERATOR);
    }

    /**
     * Lets all that fit come again, and says what came of each; those whose body is not kept any more stay.
     *
     * @param order the conditions of {@link #list}, where {@code limit} is for fewer than all that fit, {@code all} for no
     *     condition, {@code by} and {@code note}
     */
    public List<AdminAction> redrive(@Nullable String authorization, Map<String, String> order) {
        Map<String, String> successors = new HashMap<>();
        return inRounds(authorization, order, chosen -> redrive(chosen, successors, order));
    }

    private List<AdminAction> redrive(
            List<DeadLetter> chosen, Map<String, String> successors, Map<String, String> order) {
        Instant now = Instant.now();
        Set<String> sent = new HashSet<>();
        List<AdminAction> actions = new ArrayList<>();
        for (DeadLetter letter : chosen) {
            if (letter.kind().equals(DeadLetter.STATUS)) {
                showAgain(letter).ifPresent(report -> {
                    sent.add(report);
                    actions.add(action("redrive", letter, null, order, now));
                });
                continue;
            }
            Optional<Job> alone = jobs.load(letter.id()).filter(job -> job.subscription() != null);
            alone.ifPresent(redelivery::send);
            // several jobs of one delivery come again with it
            String successor = alone.isPresent()
                    ? null
                    : successors.computeIfAbsent(
                            letter.deliveryId(),
                            id -> deliveries.load(id).map(this::sendAgain).orElse(null));
            if (alone.isPresent() || successor != null) {
                sent.add(letter.id());
                actions.add(action("redrive", letter, successor, order, now));
            }
        }
        return done(sent, actions);
    }

    /** The report that is woken; empty where something newer is on its way. */
    private Optional<String> showAgain(DeadLetter letter) {
        Optional<String> report = outbox.wantAgain(letter.id()) ? outbox.ofDeadLetter(letter.id()) : Optional.empty();
        report.ifPresent(redelivery::wakeReport);
        return report;
    }

    /** Takes all that fit off the list, and says which. */
    public List<AdminAction> discard(@Nullable String authorization, Map<String, String> order) {
        return inRounds(authorization, order, chosen -> discard(chosen, order));
    }

    private List<AdminAction> discard(List<DeadLetter> chosen, Map<String, String> order) {
        Instant now = Instant.now();
        return done(
                chosen.stream().map(this::message).collect(Collectors.toSet()),
                chosen.stream()
                        .map(letter -> action("discard", letter, null, order, now))
                        .toList());
    }

    /** What the message says that the broker kept of it. */
    private String message(DeadLetter letter) {
        return letter.kind().equals(DeadLetter.STATUS)
                ? outbox.ofDeadLetter(letter.id()).orElse(letter.id())
                : letter.id();
    }

    /** What is given up while this goes on is left alone: it may be what was just redriven. */
    private List<AdminAction> inRounds(
            @Nullable String authorization,
            Map<String, String> order,
            Function<List<DeadLetter>, List<AdminAction>> round) {
        DeadLetterQuery query = checked(authorization, order).before(Instant.now());
        List<AdminAction> all = new ArrayList<>();
        for (int i = 0; i < MOST_ROUNDS; i++) {
            List<DeadLetter> chosen = letters.search(query);
            all.addAll(round.apply(chosen));
            if (order.containsKey("limit") || chosen.isEmpty()) {
                break;
            }
            query = query.after(chosen.get(chosen.size() - 1));
        }
        return all;
    }

    /** Lets a delivery come again whatever became of it: as a new one, which is no copy of any. */
    public AdminAction replay(@Nullable String authorization, String id, Map<String, String> order) {
        api.requireToken(authorization);
        String by = by(order);
        Delivery stored =
                deliveries.load(id).orElseThrow(() -> Problem.notFound("no delivery " + id + " whose body is kept"));
        Delivery again = stored.anew(Instant.now());
        redelivery.send(again);
        redelivery.removeDead(Set.of(id));
        AdminAction action = new AdminAction("replay", id, again.id(), by, order.get("note"), Instant.now());
        letters.record(action);
        return action;
    }

    private DeadLetterQuery checked(@Nullable String authorization, Map<String, String> order) {
        api.requireToken(authorization);
        by(order);
        for (String name : order.keySet()) {
            if (!CONDITIONS.contains(name)) {
                throw Problem.badRequest("unknown condition " + name + "; there are " + String.join(", ", CONDITIONS));
            }
        }
        DeadLetterQuery query = query(order, null, order.containsKey("limit") ? AdminApi.limit(order) : ROUND);
        if (query.isAny() && !"true".equals(order.get("all"))) {
            throw Problem.badRequest("say which: id, source, project, handler, reason, olderThan, youngerThan, or all");
        }
        return query;
    }

    private String sendAgain(Delivery stored) {
        Delivery again = stored.again(Instant.now());
        redelivery.send(again);
        return again.id();
    }

    /** Sent before it is recorded: what a crash leaves unrecorded is still on the list, and a second copy is a copy. */
    private List<AdminAction> done(Set<String> ids, List<AdminAction> actions) {
        if (!ids.isEmpty()) {
            redelivery.removeDead(ids);
        }
        actions.forEach(letters::record);
        return actions;
    }

    /** @param now before it was done, so that what is given up again is newer */
    private static AdminAction action(
            String what, DeadLetter letter, @Nullable String successor, Map<String, String> order, Instant now) {
        return new AdminAction(what, letter.id(), successor, by(order), order.get("note"), now);
    }

    private static String by(Map<String, String> order) {
        String by = order.get("by");
        if (by == null || by.isBlank()) {
            throw Problem.badRequest("by must say who does this; it is kept");
        }
        return by;
    }

    private static DeadLetterQuery query(Map<String, String> parameters, @Nullable String before, int limit) {
        return new DeadLetterQuery(
                parameters.get("id"),
                parameters.get("source"),
                parameters.get("project"),
                parameters.get("handler"),
                parameters.get("reason"),
                ago(parameters, "olderThan"),
                ago(parameters, "youngerThan"),
                before,
                limit);
    }

    private static @Nullable Instant ago(Map<String, String> parameters, String name) {
        String duration = parameters.get(name);
        try {
            return duration == null ? null : Instant.now().minus(DurationStyle.detectAndParse(duration));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(name + " must be a duration like 90m, 12h or 7d");
        }
    }
}
