package dev.forgeway.camel;

/** The headers that Forgeway puts on a message; Java identifiers, because JMS wants that. */
final class Headers {

    static final String DELIVERY_ID = "forgewayDeliveryId";
    static final String SOURCE = "forgewaySource";
    static final String KEY = "forgewayKey";
    static final String EVENT_NAME = "forgewayEventName";
    static final String RECEIVED_AT = "forgewayReceivedAt";
    static final String SENDER_HEADERS = "forgewaySenderHeaders";
    static final String STEPS = "forgewaySteps";

    /** The internal queue that the message goes to. */
    static final String QUEUE = "forgewayQueue";

    /** What is paused, for which the message is held: "source github" or "project host/namespace/name". */
    static final String HELD_FOR = "forgewayHeldFor";

    /** How often the message was put back until a time that a remote service named. */
    static final String POSTPONED = "forgewayPostponed";

    /** When the message was put on its queue, in milliseconds since 1970. */
    static final String QUEUED_AT = "forgewayQueuedAt";

    /** Whether a person asked for a job once more that had been given up. */
    static final String REDRIVEN = "forgewayRedriven";

    /** Which report a message is about, the same as its text: a broker finds messages by what they carry. */
    static final String REPORT = "forgewayReport";

    /** Artemis keeps a message with this header back until then, in milliseconds since 1970. */
    static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    /** Which job a message is about, as in {@link #REPORT}; with what follows, what a route of a user is told of its job. */
    static final String JOB_ID = "forgewayJobId";

    static final String EVENT_ID = "forgewayEventId";
    static final String EVENT_TYPE = "forgewayEventType";
    static final String ACTION = "forgewayAction";
    static final String PROJECT = "forgewayProject";
    static final String ATTEMPT = "forgewayAttempt";

    /** What such a route says about its end. */
    static final String DETAIL = "forgewayDetail";

    /** Whether a delivery comes again, or was missed: it never leaves the process. */
    static final String LATE = "forgewayLate";

    static final String PRIORITY = "JMSPriority";

    /** The same as text: a broker counts messages by what they carry, and the priority is nothing of that. */
    static final String PRIORITY_GIVEN = "forgewayPriority";

    private Headers() {}
}
