package dev.forgeway.admin;

import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.DeadLetter;
import dev.forgeway.store.DeadLetterQuery;
import dev.forgeway.store.DeadLetterStore;
import dev.forgeway.store.DeliveryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * What was given up, and what a person does about it. A redriven delivery comes again as a copy with an id of its own,
 * as if its sender had sent it again, so that what another copy achieved meanwhile is not done twice.
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
    private final Redelivery redelivery;
    private final AdminApi api;

    public DeadLetters(DeadLetterStore letters, DeliveryStore deliveries, Redelivery redelivery, AdminApi api) {
        this.letters = letters;
        this.deliveries = deliveries;
        this.redelivery = redelivery;
        this.api = api;
    }

    /**
     * The newest, by {@code id}, {@code source}, {@code project}, {@code handler}, {@code reason}, {@code olderThan} and
     * {@code youngerThan} (since they were given up), and {@code limit}.
     */
    public List<DeadLetter> list(Map<String, String> parameters) {
        return letters.search(query(parameters, AdminApi.limit(parameters)));
    }

    /** What people did last. */
    public List<AdminAction> actions(Map<String, String> parameters) {
        return letters.actions(AdminApi.limit(parameters));
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
        List<DeadLetter> sent = new ArrayList<>();
        for (DeadLetter letter : chosen) {
            // several jobs of one delivery come again with it
            String successor = successors.computeIfAbsent(
                    letter.deliveryId(),
                    id -> deliveries.load(id).map(this::sendAgain).orElse(null));
            if (successor != null) {
                sent.add(letter);
            }
        }
        return done("redrive", sent, successors, order);
    }

    /** Takes all that fit off the list, and says which. */
    public List<AdminAction> discard(@Nullable String authorization, Map<String, String> order) {
        return inRounds(authorization, order, chosen -> done("discard", chosen, Map.of(), order));
    }

    /** What is given up while this goes on is left alone: it may be what was just redriven. */
    private List<AdminAction> inRounds(
            @Nullable String authorization,
            Map<String, String> order,
            Function<List<DeadLetter>, List<AdminAction>> round) {
        DeadLetterQuery query = checked(authorization, order).before(Instant.now());
        List<AdminAction> all = new ArrayList<>();
        for (int i = 0; i < MOST_ROUNDS; i++) {
            List<AdminAction> done = round.apply(letters.search(query));
            all.addAll(done);
            if (order.containsKey("limit") || done.isEmpty()) {
                break;
            }
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
        DeadLetterQuery query = query(order, order.containsKey("limit") ? AdminApi.limit(order) : ROUND);
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
    private List<AdminAction> done(
            String what, List<DeadLetter> subjects, Map<String, String> successors, Map<String, String> order) {
        Set<String> ids = subjects.stream().map(DeadLetter::id).collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            redelivery.removeDead(ids);
        }
        Instant now = Instant.now();
        List<AdminAction> actions = subjects.stream()
                .map(letter -> new AdminAction(
                        what, letter.id(), successors.get(letter.deliveryId()), by(order), order.get("note"), now))
                .toList();
        actions.forEach(letters::record);
        return actions;
    }

    private static String by(Map<String, String> order) {
        String by = order.get("by");
        if (by == null || by.isBlank()) {
            throw Problem.badRequest("by must say who does this; it is kept");
        }
        return by;
    }

    private static DeadLetterQuery query(Map<String, String> parameters, int limit) {
        return new DeadLetterQuery(
                parameters.get("id"),
                parameters.get("source"),
                parameters.get("project"),
                parameters.get("handler"),
                parameters.get("reason"),
                ago(parameters, "olderThan"),
                ago(parameters, "youngerThan"),
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
