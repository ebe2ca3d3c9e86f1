package dev.forgeway.config;

import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the build services that are called. */
public record ServiceSettings(
        @DefaultValue @Valid Copr copr, @DefaultValue @Valid Bodhi bodhi) {

    /**
     * Fedora Copr (login and token: https://copr.fedorainfracloud.org/api/).
     *
     * @param owner the user or {@code @group} that owns the projects
     */
    public record Copr(
            @DefaultValue("https://copr.fedorainfracloud.org")
            URI url,

            @Nullable String login,
            @Nullable Secret token,
            @Nullable String owner) {}

    /**
     * Bodhi, which is asked for the releases of Fedora and EPEL.
     *
     * @param releasesInterval how long what it told is left alone
     */
    public record Bodhi(
            @DefaultValue("https://bodhi.fedoraproject.org") URI url,

            @DefaultValue("1h") Duration releasesInterval) {}
}
