package dev.forgeway.config;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the forges that are called. */
public record ForgeSettings(
        @DefaultValue @Valid GitHub github,
        @DefaultValue @Valid GitLab gitlab,
        @DefaultValue @Valid Forgejo forgejo,
        @DefaultValue @Valid Pagure pagure) {

    /** Whether a forge beside GitHub is called. */
    public boolean anyOtherOn() {
        return gitlab.token() != null || forgejo.token() != null || pagure.token() != null;
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

    /**
     * Pagure; called when there is a token.
     *
     * @param packagerGroups groups whose members may ask for work in every project, as packagers may in Fedora's dist-git
     */
    public record Pagure(
            @DefaultValue("https://src.fedoraproject.org/api/0")
            URI apiUrl,

            @Nullable Secret token,
            @DefaultValue List<String> packagerGroups) {}
}
