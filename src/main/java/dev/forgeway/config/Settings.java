package dev.forgeway.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings, one component per room. Every key is described in docs/configuration.md. The bean is made by {@link
 * SettingsConfiguration}, so that all mistakes are listed at once.
 *
 * @param dataDir where the embedded broker and database keep their files
 * @param roles what this process does
 * @param publicUrl where people reach this service, for the links in checks and comments; null for no links
 */
@ConfigurationProperties("forgeway")
public record Settings(
        @DefaultValue("./data") Path dataDir,

        @DefaultValue({"INGEST", "DECIDE", "HANDLE", "REPORT", "SCHEDULE", "ADMIN"}) @NotEmpty
        Set<Role> roles,

        @Nullable URI publicUrl,
        @DefaultValue @Valid AdminSettings admin,
        @DefaultValue @Valid IngestSettings ingest,
        @DefaultValue @Valid DecideSettings decide,
        @DefaultValue @Valid DispatchSettings dispatch,
        @DefaultValue @Valid HandleSettings handle,
        @DefaultValue @Valid ReportSettings report,
        @DefaultValue @Valid ScheduleSettings schedule,
        @DefaultValue @Valid ForgeSettings forge,
        @DefaultValue @Valid ServiceSettings service,
        @DefaultValue @Valid BrokerSettings broker) {

    /** Whether this process has the role. */
    public boolean hasRole(Role role) {
        return roles.contains(role);
    }
}
