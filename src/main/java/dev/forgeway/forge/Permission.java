package dev.forgeway.forge;

/** What an account may do in a project, from nothing to everything. */
public enum Permission {
    NONE,
    READ,
    WRITE,
    ADMIN;

    /** Whether the account may change what is in the project, and so may merge. */
    public boolean mayWrite() {
        return ordinal() >= WRITE.ordinal();
    }
}
