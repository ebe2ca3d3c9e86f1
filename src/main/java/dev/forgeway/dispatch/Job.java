package dev.forgeway.dispatch;

import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for one handler.
 *
 * @param trigger the event type that asked for it, in the package config's words ("pull_request")
 * @param targets what it is done for, for example chroots; each has its check
 * @param arguments the handler's own arguments
 * @param priority 0 to 9, 9 is most urgent
 * @param receivedAt when the delivery that asked for it was received
 * @param attempts how often a handler has started on it
 * @param externalId the id of what runs elsewhere for it, once it is known
 */
public record Job(
        String id,
        String deliveryId,
        Instant receivedAt,
        String handler,
        String trigger,
        @Nullable String packageName,
        List<String> targets,
        Map<String, String> arguments,
        int priority,
        List<String> priorityReasons,
        State state,
        int attempts,
        boolean intended,
        @Nullable String externalId,
        Event event) {

    /** The argument with the id of the job that news from a service are about. */
    public static final String SUBJECT = "subject";

    /** The argument with the ids of the jobs that a newer head has made useless, with commas between them. */
    public static final String SUPERSEDED = "superseded";

    /** The argument that names the job, by id, whose target this one needs. */
    public static final String BUILD = "build";

    /** The argument that names that target. */
    public static final String CHROOT = "chroot";

    /** The argument with its place among the jobs of its package in the package config, counted from 0. */
    public static final String CONFIG_INDEX = "config-index";

    /** The argument with the packages that making its source package needs, with line ends between them. */
    public static final String SOURCE_DEPENDENCIES = "srpm-build-deps";

    /** The argument of a job of somebody who wants the event by configuration: under which name. */
    public static final String SUBSCRIPTION = "subscription";

    /** The argument of such a job with the id of the event for others; copies of a delivery have the same. */
    public static final String EVENT_ID = "event";

    /** How much of the id of a delivery tells the time. */
    private static final int TIME_LENGTH = 18;

    /**
     * The id of a job of a delivery. It follows from the delivery and the name alone, so that a repeated decision makes
     * the same jobs; and it sorts by time, as the delivery's own does.
     */
    public static String idOf(String deliveryId, String name) {
        String id = UUID.nameUUIDFromBytes((deliveryId + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
        return deliveryId.length() == id.length()
                ? deliveryId.substring(0, TIME_LENGTH) + id.substring(TIME_LENGTH)
                : id;
    }

    /** The same job, as urgent as this. */
    public Job prioritised(int howUrgent, List<String> reasons) {
        return copy(arguments, howUrgent, reasons, state);
    }

    /** The same job, held back until what it needs of another job has ended. */
    public Job blocked() {
        return copy(arguments, priority, priorityReasons, State.BLOCKED);
    }

    /** The same job with one more argument, or another value of it. */
    public Job with(String argument, String value) {
        Map<String, String> more = new TreeMap<>(arguments);
        more.put(argument, value);
        return copy(more, priority, priorityReasons, state);
    }

    /** The same job as if another event had asked for it, which tells more. */
    public Job about(Event other) {
        return copy(arguments, priority, priorityReasons, state, other);
    }

    private Job copy(Map<String, String> newArguments, int newPriority, List<String> newReasons, State newState) {
        return copy(newArguments, newPriority, newReasons, newState, event);
    }

    private Job copy(
            Map<String, String> newArguments,
            int newPriority,
            List<String> newReasons,
            State newState,
            Event newEvent) {
        return new Job(
                id,
                deliveryId,
                receivedAt,
                handler,
                trigger,
                packageName,
                targets,
                newArguments,
                newPriority,
                newReasons,
                newState,
                attempts,
                intended,
                externalId,
                newEvent);
    }

    /** The name in the configuration under which somebody wants the event; null for a job that the project asks for. */
    public @Nullable String subscription() {
        return arguments.get(SUBSCRIPTION);
    }

    /**
     * Whether it is work of its project that begins, which a pause of the project holds: what runs elsewhere already is
     * followed to its end, and what others want to know of a project is told.
     */
    public boolean begins() {
        return !arguments.containsKey(SUBJECT) && !arguments.containsKey(SUPERSEDED) && subscription() == null;
    }

    /** The key of the project that it is for ({@code host/namespace/name}), or null where the event names none. */
    public @Nullable String projectKey() {
        Project project = event.project();
        return project == null ? null : project.key();
    }

    /** The number of the pull request that asked for it, or null for one that another event asked for. */
    public @Nullable Integer pullRequest() {
        PullRequest pullRequest = event.pullRequest();
        return pullRequest == null ? null : (Integer) pullRequest.number();
    }

    /** Where a job is; it only moves forward. */
    public enum State {
        /** It needs a target of another job first; no message of it was sent yet. */
        BLOCKED,
        QUEUED,
        /** Something runs elsewhere, and its end will be told to us. */
        WAITING,
        DONE
    }
}
