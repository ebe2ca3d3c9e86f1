package dev.forgeway.admin;

import dev.forgeway.error.Reason;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.ClusterLock;
import dev.forgeway.store.DeadLetter;
import dev.forgeway.store.DeadLetterQuery;
import dev.forgeway.store.DeadLetterStore;
import dev.forgeway.store.DeliveryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/** What was given up, and what a person, or the schedule, does about it. */
@Component
public class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** Why deliveries are parked, jobs end as errors and statuses are given up. */
    private static final List<String> REASONS = List.of(
            Reason.ATTEMPTS_EXHAUSTED.wireName(),
            Reason.DEFECT.wireName(),
            Reason.INVALID_JSON.wireName(),
            Reason.MISSING_FIELD.wireName(),
            DeadLetter.NO_RESULT,
            DeadLetterQuery.ERROR);

    /** One order goes on in rounds until nothing is left, or this many were done. */
    private static final int ROUND = 200;

    private static final int MOST_ROUNDS = 50;

    private static final String ORDERS = "dead-letters";

    /** How long an order waits for another one. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Nothing is kept for longer. */
    private static final Duration OLDEST = Duration.ofDays(10_000);

    private static final DeadLetterActions.Doer BY_ITSELF =
            new DeadLetterActions.Doer(AdminAction.SCHEDULE, "somebody was away for longer than it was tried");

    private final DeadLetterStore letters;
    private final DeliveryStore deliveries;
    private final DeadLetterActions actions;
    private final ClusterLock lock;
    private final AdminApi api;

    DeadLetters(
            DeadLetterStore letters,
            DeliveryStore deliveries,
            DeadLetterActions actions,
            ClusterLock lock,
            AdminApi api) {
        this.letters = letters;
        this.deliveries = deliveries;
        this.actions = actions;
        this.lock = lock;
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
     * Lets all that fit come again that can, and says what came of each.
     *
     * @param order the conditions of {@link #list}, where {@code limit} is for fewer than all that fit, {@code all} for no
     *     condition, {@code by} and {@code note}
     */
    public List<AdminAction> redrive(@Nullable String authorization, Map<String, String> order) {
        Map<String, String> successors = new HashMap<>();
        return inRounds(authorization, order, chosen -> actions.redrive(chosen, successors, doer(order)));
    }

    /** Takes all that fit off the list, and says which. */
    public List<AdminAction> discard(@Nullable String authorization, Map<String, String> order) {
        return inRounds(authorization, order, chosen -> actions.discard(chosen, doer(order)));
    }

    /**
     * Lets come again by itself what was given up.
     *
     * @param ids of dead letters; what is none any more is left out
     */
    public void comeAgain(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        alone(() -> actions.redrive(
                        ids.stream()
                                .flatMap(id -> letters.search(query(Map.of("id", id), null, 1)).stream())
                                .toList(),
                        new HashMap<>(),
                        BY_ITSELF))
                .forEach(done -> LOG.info(
                        "Dead letter {} comes again by itself{}",
                        done.subject(),
                        done.successor() == null ? "" : " as delivery " + done.successor()));
    }

    /** What is given up while this goes on is left alone: it may be what was just redriven. */
    private List<AdminAction> inRounds(
            @Nullable String authorization,
            Map<String, String> order,
            Function<List<DeadLetter>, List<AdminAction>> round) {
        DeadLetterQuery query = checked(authorization, order).before(Instant.now());
        return alone(() -> inRounds(query, order, round));
    }

    private List<AdminAction> inRounds(
            DeadLetterQuery first, Map<String, String> order, Function<List<DeadLetter>, List<AdminAction>> round) {
        DeadLetterQuery query = first;
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

    /** Two orders at once, in whatever process, would each let the same come again. */
    private List<AdminAction> alone(Supplier<List<AdminAction>> order) {
        Runnable end = await().orElseThrow(
                        () -> Problem.conflict("another order about dead letters takes long; look what it did"));
        try {
            return order.get();
        } finally {
            end.run();
        }
    }

    private Optional<Runnable> await() {
        Instant patience = Instant.now().plus(PATIENCE);
        Optional<Runnable> turn = lock.take(ORDERS, Duration.ZERO);
        while (turn.isEmpty() && Instant.now().isBefore(patience)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            turn = lock.take(ORDERS, Duration.ZERO);
        }
        return turn;
    }

    /** Lets a delivery come again whatever became of it: as a new one, which is no copy of any. */
    public AdminAction replay(@Nullable String authorization, String id, Map<String, String> order) {
        api.requireToken(authorization);
        DeadLetterActions.Doer doer = doer(order);
        return deliveries
                .load(id)
                .map(stored -> actions.replay(stored, doer))
                .orElseThrow(() -> Problem.notFound("no delivery " + id + " whose body is kept"));
    }

    private DeadLetterQuery checked(@Nullable String authorization, Map<String, String> order) {
        api.requireToken(authorization);
        DeadLetterActions.Doer unused = doer(order);
        DeadLetterQuery query = query(order, null, order.containsKey("limit") ? AdminApi.limit(order) : ROUND);
        if (query.isAny() && !"true".equals(order.get("all"))) {
            throw Problem.badRequest("say which: id, source, project, handler, reason, olderThan, youngerThan, or all");
        }
        return query;
    }

    private static DeadLetterActions.Doer doer(Map<String, String> order) {
        return new DeadLetterActions.Doer(AdminApi.by(order.get("by")), order.get("note"));
    }

    private DeadLetterQuery query(Map<String, String> parameters, @Nullable String before, int limit) {
        return new DeadLetterQuery(
                parameters.get("id"),
                parameters.get("source"),
                api.project(parameters),
                parameters.get("handler"),
                reason(parameters),
                ago(parameters, "olderThan"),
                ago(parameters, "youngerThan"),
                before,
                limit);
    }

    /** A word that nothing has would look as if everything had been cured. */
    private static @Nullable String reason(Map<String, String> parameters) {
        String reason = parameters.get("reason");
        if (reason != null && !REASONS.contains(reason)) {
            throw Problem.badRequest("unknown reason " + reason + "; there are " + String.join(", ", REASONS));
        }
        return reason;
    }

    private static @Nullable Instant ago(Map<String, String> parameters, String name) {
        String age = parameters.get(name);
        if (age == null) {
            return null;
        }
        try {
            // a bare number would be milliseconds, which nobody means
            Duration duration = DurationStyle.detectAndParse(age.matches("\\d+") ? "" : age);
            if (!duration.isNegative() && duration.compareTo(OLDEST) <= 0) {
                return Instant.now().minus(duration);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Problem.badRequest(notAnAge(name));
        }
        throw Problem.badRequest(notAnAge(name));
    }

    private static String notAnAge(String name) {
        return name + " must be a duration like 90m, 12h or 7d";
    }
}
