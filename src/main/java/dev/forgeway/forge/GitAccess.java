package dev.forgeway.forge;

import java.net.URI;

/**
 * Where a repository is cloned from and pushed to, and who may push.
 *
 * @param setting the setting that the password comes from, for messages
 */
public record GitAccess(URI url, String user, String password, String setting) {

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
