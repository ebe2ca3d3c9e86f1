package dev.forgeway.config;

/** What one process does; a deployment is split by giving each process some of the roles. */
public enum Role {
    INGEST,
    DECIDE,
    HANDLE,
    REPORT,
    SCHEDULE,
    ADMIN
}
