package dev.forgeway.service.fas;

import org.jspecify.annotations.Nullable;

/**
 * A Fedora account.
 *
 * @param githubUsername what its owner entered as the name on GitHub; null for nothing, and for a private profile
 */
public record FedoraAccount(String username, @Nullable String githubUsername) {

    /** Whether it names this account of GitHub, where upper and lower case are the same. */
    public boolean isOnGitHub(String login) {
        return login.equalsIgnoreCase(githubUsername);
    }
}
