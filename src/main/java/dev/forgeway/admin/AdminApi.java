package dev.forgeway.admin;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.DeliveryQuery;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.JobQuery;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.Pause;
import dev.forgeway.store.PauseStore;
import dev.forgeway.store.PrivateProjects;
import dev.forgeway.store.ProjectStore;
import dev.forgeway.store.StoredDelivery;
import dev.forgeway.store.StoredJob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people and operators may ask for, without HTTP. Everything throws {@link Problem} with the status to answer. */
@Component
public class AdminApi {

    private static final int PAGE = 50;

    /** Those with which a handler ends a job; this room does not know it. */
    private static final Set<String> JOB_OUTCOMES = Set.of("succeeded", "failed", "error", "skipped", "canceled");

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final DeliveryStore deliveries;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final PrivateProjects privates;
    private final ProjectStore projects;
    private final PauseStore pauses;
    private final Settings settings;

    public AdminApi(
            DeliveryStore deliveries,
            JobStore jobs,
            OutboxStore outbox,
            PrivateProjects privates,
            ProjectStore projects,
            PauseStore pauses,
            Settings settings) {
        this.deliveries = deliveries;
        this.jobs = jobs;
        this.outbox = outbox;
        this.privates = privates;
        this.projects = projects;
        this.pauses = pauses;
        this.settings = settings;
    }

    /**
     * The newest deliveries, by {@code source}, {@code key}, {@code outcome}, {@code project}, {@code pullRequest},
     * {@code commit}, {@code before} and {@code limit}.
     */
    public List<DeliveryView> deliveries(Reader reader, Map<String, String> parameters) {
        String outcome = parameters.get("outcome");
        DeliveryQuery query = new DeliveryQuery(
                parameters.get("source"),
                parameters.get("key"),
                outcome == null ? null : oneOf(Outcome.class, outcome),
                project(parameters),
                pullRequest(parameters),
                commit(parameters),
                parameters.get("before"),
                limit(parameters));
        List<StoredDelivery> found =
                reader == Reader.OPERATOR ? deliveries.search(query) : deliveries.searchPublic(query);
        return found.stream()
                .map(delivery -> DeliveryView.brief(delivery, reader))
                .toList();
    }

    /** The whole story of a delivery. */
    public DeliveryView delivery(Reader reader, String id) {
        return deliveries
                .find(id)
                .filter(found -> reader == Reader.OPERATOR || !privates.ofDelivery(id))
                .map(found -> whole(found, reader))
                .orElseThrow(() -> Problem.notFound(
                        "no delivery " + id + ": it was ignored at the door, is still on its queue, or was cleaned up"
                                + orPrivate(reader)));
    }

    private DeliveryView whole(StoredDelivery delivery, Reader reader) {
        List<StoredJob> asked = jobs.ofDelivery(delivery.id());
        return DeliveryView.whole(delivery, asked, pauses.all(), outbox.ofDelivery(delivery.id()), reader);
    }

    /**
     * The newest jobs, by {@code handler}, {@code state}, {@code outcome}, {@code project}, {@code before} and {@code limit}.
     */
    public List<JobView> jobs(Reader reader, Map<String, String> parameters) {
        String state = parameters.get("state");
        String outcome = parameters.get("outcome");
        if (outcome != null && !JOB_OUTCOMES.contains(outcome)) {
            throw Problem.badRequest("unknown value " + outcome);
        }
        JobQuery query = new JobQuery(
                parameters.get("handler"),
                state == null ? null : oneOf(Job.State.class, state),
                outcome,
                project(parameters),
                null,
                parameters.get("before"),
                limit(parameters));
        List<StoredJob> found = jobs.search(query, reader == Reader.OPERATOR);
        List<Pause> paused = pauses.all();
        return found.stream().map(job -> JobView.of(job, paused)).toList();
    }

    public JobView job(Reader reader, String id) {
        return jobs.find(id)
                .filter(found -> reader == Reader.OPERATOR || !privates.ofJob(id))
                .map(found -> JobView.of(found, pauses.all()))
                .orElseThrow(() -> Problem.notFound("no job " + id + orPrivate(reader)));
    }

    /** The project that is asked for, as {@link ProjectStore#spelled}; null for any. */
    @Nullable
    String project(Map<String, String> parameters) {
        String key = parameters.get("project");
        return key == null ? null : projects.spelled(key);
    }

    boolean isHidden(Reader reader, String projectKey) {
        return reader != Reader.OPERATOR && privates.contains(projectKey);
    }

    /** The keys of the projects of which the reader is told nothing. */
    Set<String> hidden(Reader reader) {
        return reader == Reader.OPERATOR ? Set.of() : privates.all();
    }

    /** The same words, whether there is something to hide or not. */
    static String orPrivate(Reader reader) {
        return reader == Reader.OPERATOR ? "" : "; about a private repository, only who has the admin token is told";
    }

    /**
     * Who asks, by the value of the Authorization header; null for none.
     *
     * @throws Problem when there is one and it is wrong
     */
    public Reader reader(@Nullable String authorization) {
        if (authorization == null) {
            return Reader.EVERYONE;
        }
        requireToken(authorization);
        return Reader.OPERATOR;
    }

    void requireToken(@Nullable String authorization) {
        if (settings.admin().token() == null) {
            throw Problem.unauthorized("no token is right: forgeway.admin.token is not set");
        }
        byte[] expected = ("Bearer " + settings.admin().token().value()).getBytes(StandardCharsets.UTF_8);
        byte[] given = (authorization == null ? "" : authorization).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given)) {
            throw Problem.unauthorized("this needs Authorization: Bearer and the admin token");
        }
    }

    private static @Nullable Integer pullRequest(Map<String, String> parameters) {
        if (!parameters.containsKey("pullRequest")) {
            return null;
        }
        if (!parameters.containsKey("project")) {
            throw Problem.badRequest("pullRequest needs its project");
        }
        return number(parameters, "pullRequest");
    }

    private static @Nullable String commit(Map<String, String> parameters) {
        String commit = parameters.get("commit");
        if (commit != null && !commit.matches("[0-9a-fA-F]{7,64}")) {
            throw Problem.badRequest("commit must be at least 7 hexadecimal digits");
        }
        return commit == null ? null : commit.toLowerCase(Locale.ROOT);
    }

    /** Who gives an order; nobody does without a name. */
    static String by(@Nullable String person) {
        if (person == null || person.isBlank()) {
            throw Problem.badRequest("by must say who does this; it is kept");
        }
        if (person.strip().equals(AdminAction.SCHEDULE)) {
            throw Problem.badRequest("by must say who does this; so is called what comes again by itself");
        }
        return person;
    }

    /** How many at most, where {@code limit} says nothing else; the search cuts what is too many. */
    static int limit(Map<String, String> parameters) {
        int limit = parameters.containsKey("limit") ? number(parameters, "limit") : PAGE;
        if (limit < 1) {
            throw Problem.badRequest("limit must be at least 1");
        }
        return limit;
    }

    private static int number(Map<String, String> parameters, String name) {
        try {
            return Integer.parseInt(parameters.get(name));
        } catch (NumberFormatException e) {
            throw Problem.badRequest(name + " must be a number");
        }
    }

    /**
     * Whether a parameter is true; false where it is not given.
     *
     * @throws Problem when it is neither
     */
    public static boolean flag(Map<String, String> parameters, String name) {
        return switch (parameters.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badRequest(name + " must be true or false");
        };
    }

    /** A time between 1970 and 9999, which every database knows; null where it is not given. */
    static @Nullable Instant time(Map<String, String> parameters, String name) {
        String time = parameters.get(name);
        try {
            return time == null ? null : inRange(Instant.parse(time));
        } catch (DateTimeException e) {
            throw Problem.badRequest(name + " must be a time like 2026-11-24T12:00:00Z");
        }
    }

    private static Instant inRange(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException(time + " is out of range");
        }
        return time;
    }

    static <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("unknown value " + name);
        }
    }
}
