package dev.forgeway.admin;

/** Who asks. */
public enum Reader {

    /** Anybody: is told nothing about a private project, nor whether there is one. */
    EVERYONE,

    /** Somebody with the admin token: is told everything. */
    OPERATOR
}
