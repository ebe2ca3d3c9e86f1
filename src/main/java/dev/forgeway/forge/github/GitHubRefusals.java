package dev.forgeway.forge.github;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.http.ServiceRefusedException;

/** Says to the user what a refusal by GitHub usually means. */
final class GitHubRefusals {

    private GitHubRefusals() {}

    static UserErrorException of(ServiceRefusedException refusal, String permission) {
        return new UserErrorException("GitHub refused with " + refusal.status() + " (" + refusal.serviceMessage()
                + "). The GitHub App needs the permission \"" + permission + "\" on this repository.");
    }
}
