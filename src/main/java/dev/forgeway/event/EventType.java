package dev.forgeway.event;

/** The kinds of event, with the name that each has on the wire, in the API and in metrics. */
public enum EventType {
    PULL_REQUEST("pull-request"),
    PULL_REQUEST_COMMENT("pull-request-comment"),
    ISSUE_COMMENT("issue-comment"),
    COMMIT_COMMENT("commit-comment"),
    PUSH("push"),
    RELEASE("release"),
    INSTALLATION("installation"),
    CHECK_RERUN("check-rerun"),
    PIPELINE("pipeline"),
    PULL_REQUEST_FLAG("pull-request-flag"),
    COPR_BUILD("copr-build"),
    KOJI_TASK("koji-task"),
    KOJI_BUILD("koji-build"),
    KOJI_TAG("koji-tag"),
    TESTING_FARM_RESULT("testing-farm-result"),
    NEW_UPSTREAM_VERSION("new-upstream-version"),
    SCAN("scan"),
    LOG_ANALYSIS("log-analysis"),
    VM_IMAGE("vm-image");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
