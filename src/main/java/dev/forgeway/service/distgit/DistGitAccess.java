package dev.forgeway.service.distgit;

import java.net.URI;

/**
 * How dist-git is reached.
 *
 * @param url the root of the site
 * @param token an API token that may fork, open pull requests and push ({@code fork_project}, {@code pull_request_create},
 *     {@code commit}); blank for none
 * @param lookasideUrl where sources are uploaded
 */
public record DistGitAccess(URI url, String token, URI lookasideUrl) {

    /** Without the token. */
    @Override
    public String toString() {
        return "dist-git at " + url;
    }
}
