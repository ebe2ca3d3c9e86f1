package dev.forgeway.config;

import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the forges that are called. */
public record ForgeSettings(
        @DefaultValue @Valid GitHub github,
        @DefaultValue @Valid GitLab gitlab,
        @DefaultValue @Valid Forgejo forgejo) {

    /** Whether a forge beside GitHub is called. */
    public boolean anyOtherOn() {
        return gitlab.token() != null || forgejo.token() != null;
    }

    /**
     * GitHub, as an app ({@code appId} and {@code privateKey}) or with a token.
     *
     * @param privateKey PEM text, or {@code file:/path}; read it with {@link PrivateKeyPem}
     */
    public record GitHub(
            @DefaultValue("https://api.github.com") URI apiUrl,
            @Nullable String appId,
            @Nullable Secret privateKey,
            @Nullable Secret token) {}

    /** GitLab; called when there is a token. */
    public record GitLab(
            @DefaultValue("https://gitlab.com/api/v4") URI apiUrl,
            @Nullable Secret token) {}

    /** Forgejo or Gitea; called when there is a token. */
    public record Forgejo(
            @DefaultValue("https://codeberg.org/api/v1") URI apiUrl,
            @Nullable Secret token) {}
}
