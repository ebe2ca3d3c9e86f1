package dev.forgeway.event;

/** The kinds of event, with the name that each has on the wire, in the API and in metrics. */
public enum EventType {
    PULL_REQUEST("pull-request"),
    PULL_REQUEST_COMMENT("pull-request-comment"),
    COPR_BUILD("copr-build");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
