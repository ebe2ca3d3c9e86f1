package dev.forgeway.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the decisions about deliveries.
 *
 * @param packageConfigNames the file names of a package config, the first that exists wins
 * @param commandPrefix the first word of a comment line that is a command
 * @param ciCommandPrefix the first word of a comment line that is a command to Fedora CI
 * @param fedoraCiProjects namespaces or projects of dist-git ({@code host/namespace}, {@code host/namespace/name}) whose pull
 *     requests are built for Fedora CI
 * @param enabledPrivateNamespaces namespaces ({@code host/namespace}) whose private repositories are served
 * @param ownAccounts accounts of this service, whose comments are no commands and whose pull requests ask for nothing
 * @param admins accounts ({@code host/account}) that may ask for everything
 * @param instance which of the instances that a package config can name this is
 * @param duplicateWindow how long the key of a delivery is remembered
 * @param concurrency how many deliveries are decided at the same time
 * @param burstConcurrency how many when more are waiting; those that wait for a forge then share its requests
 */
public record DecideSettings(
        @DefaultValue({".packit.yaml", ".packit.yml", "packit.yaml", "packit.yml"}) @NotEmpty
        List<String> packageConfigNames,

        @DefaultValue("/packit") @Pattern(regexp = "\\S+", message = "must be one word")
        String commandPrefix,

        @DefaultValue("/packit-ci") @Pattern(regexp = "\\S+", message = "must be one word")
        String ciCommandPrefix,

        @DefaultValue
        Set<
                        @Pattern(
                                regexp = "[^/\\s]+/\\S+",
                                message = "must have the form host/namespace or host/namespace/name")
                        String>
                fedoraCiProjects,

        @DefaultValue
        Set<@Pattern(regexp = "[^/\\s]+/\\S+", message = "must have the form host/namespace") String>
                enabledPrivateNamespaces,

        @DefaultValue Set<String> ownAccounts,

        @DefaultValue
        Set<@Pattern(regexp = "[^/\\s]+/\\S+", message = "must have the form host/account") String> admins,

        @DefaultValue("prod") @Pattern(regexp = "prod|stg", message = "must be prod or stg")
        String instance,

        @DefaultValue("3d") Duration duplicateWindow,
        @DefaultValue("8") @Min(1) @Max(1000) int concurrency,
        @DefaultValue("24") @Min(1) @Max(1000) int burstConcurrency) {}
