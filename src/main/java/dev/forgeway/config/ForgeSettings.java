package dev.forgeway.config;

import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the forges that are called. */
public record ForgeSettings(@DefaultValue @Valid GitHub github) {

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
}
