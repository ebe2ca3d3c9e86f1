package dev.forgeway.forge.github;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckRefusedException;
import dev.forgeway.service.http.ServiceRefusedException;

/** Says to the user what a refusal by GitHub usually means. */
final class GitHubRefusals {

    private GitHubRefusals() {}

    static UserErrorException of(ServiceRefusedException refusal, String permission) {
        return new UserErrorException(words(refusal, permission));
    }

    /**
     * As {@link #of}, for one way of showing checks. GitHub answers 403 to who lacks a permission, and 404 to who should
     * not even know of the repository
     * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource).
     */
    static UserErrorException ofCheck(ServiceRefusedException refusal, String permission) {
        return refusal.status() == 403 || refusal.status() == 404
                ? new CheckRefusedException(words(refusal, permission), true)
                : of(refusal, permission);
    }

    private static String words(ServiceRefusedException refusal, String permission) {
        return "GitHub refused with " + refusal.status() + " (" + refusal.serviceMessage()
                + "). The GitHub App needs the permission \"" + permission + "\" on this repository.";
    }
}
