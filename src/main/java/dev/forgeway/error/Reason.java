package dev.forgeway.error;

import java.util.Locale;

/**
 * Why a delivery went no further; the closed list behind {@code reason} in the API, in metrics and in
 * docs/architecture.md.
 */
public enum Reason {
    // ignored: authentic, but nothing that anybody asked for
    EVENT_NOT_WANTED,
    NO_HANDLER,
    OWN_COMMENT,
    OWN_ACTION,
    REF_DELETED,
    NO_COMMAND,
    COMMAND_UNCHANGED,
    SUPERSEDED,
    UNKNOWN_BUILD,
    UNKNOWN_TEST,
    UNKNOWN_CHECK,
    UNKNOWN_SIDE_TAG,
    // duplicate
    ALREADY_RECEIVED,
    // filtered: an event, but it may not act or asks for nothing
    PRIVATE_REPOSITORY,
    NAMESPACE_NOT_APPROVED,
    NAMESPACE_DENIED,
    ACTOR_NOT_ALLOWED,
    NO_PACKAGE_CONFIG,
    INVALID_PACKAGE_CONFIG,
    UNKNOWN_COMMAND,
    INVALID_COMMAND,
    REF_MISMATCH,
    LABEL_MISMATCH,
    OTHER_INSTANCE,
    NO_MATCHING_JOB,
    REPOSITORY_NOT_FOUND,
    // parked: needs a person, or a fix
    INVALID_JSON,
    MISSING_FIELD,
    ATTEMPTS_EXHAUSTED,
    DEFECT;

    /** The name in the API and in metrics ("no-package-config"). */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
