package dev.forgeway.forge.github;

import java.net.URI;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * How to reach GitHub: as an App, or else with a plain token.
 *
 * @param apiUrl the REST root: https://api.github.com, or https://HOST/api/v3 of an Enterprise server
 * @param appId the App's id or client id
 * @param privateKey the App's private key
 * @param token a personal or other token, used when there is no App
 */
public record GitHubSettings(
        URI apiUrl,
        @Nullable String appId,
        @Nullable PrivateKey privateKey,
        @Nullable String token) {

    public GitHubSettings {
        appId = unlessBlank(appId);
        token = unlessBlank(token);
    }

    private static @Nullable String unlessBlank(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "GitHubSettings[apiUrl=" + apiUrl + ", appId=" + appId + "]";
    }

    /**
     * Where GraphQL is asked
     * (https://docs.github.com/en/enterprise-server@latest/graphql/guides/managing-enterprise-accounts#3-set-up-insomnia-to-use-the-github-graphql-api-with-enterprise-accounts).
     */
    URI graphQlUrl() {
        String rest = apiUrl.toString().replaceAll("/+$", "");
        String root = rest.endsWith("/api/v3") ? rest.substring(0, rest.length() - "/v3".length()) : rest;
        return URI.create(root + "/graphql");
    }
}
