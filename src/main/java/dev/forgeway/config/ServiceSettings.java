package dev.forgeway.config;

import jakarta.validation.Valid;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the build services that are called.
 *
 * @param answerTimeout how long a call of a service or a forge may take; what fetches or sends files takes longer
 */
public record ServiceSettings(
        @DefaultValue("20s") Duration answerTimeout,
        @DefaultValue @Valid Copr copr,
        @DefaultValue @Valid Bodhi bodhi,
        @DefaultValue @Valid TestingFarm testingFarm,
        @DefaultValue @Valid DistGit distGit,
        @DefaultValue @Valid Datagrepper datagrepper,
        @DefaultValue @Valid Koji koji,
        @DefaultValue @Valid Fas fas,
        @DefaultValue @Valid Anitya anitya) {

    /**
     * How long after it was made a call may have its effect. Nobody waits for it longer than for its answer; the service may
     * work on it as long again.
     */
    public Duration effectTimeout() {
        return answerTimeout.multipliedBy(2);
    }

    /**
     * The history of Fedora Messaging.
     *
     * @param url its root; null for none that could be asked
     */
    public record Datagrepper(@Nullable URI url) {}

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
     * Testing Farm (API key: https://docs.testing-farm.io/Testing%20Farm/0.1/onboarding.html).
     *
     * @param composes which compose a distribution is tested on, where its name does not tell
     */
    public record TestingFarm(
            @DefaultValue("https://api.testing-farm.io/v0.1")
            URI url,

            @Nullable Secret apiKey,
            @DefaultValue Map<String, String> composes) {}

    /**
     * Fedora's dist-git, where packages are updated.
     *
     * @param url the root of its site
     * @param token an API token of our account there; without it nothing is updated
     * @param lookasideUrl where sources are uploaded
     * @param packit the command line of packit, which is taken where it is installed: a name or a path
     */
    public record DistGit(
            @DefaultValue("https://src.fedoraproject.org") URI url,
            @Nullable Secret token,

            @DefaultValue("https://src.fedoraproject.org/repo/pkgs/upload.cgi")
            URI lookasideUrl,

            @DefaultValue("packit") String packit) {}

    /**
     * Koji, which knows its users by their TLS certificates.
     *
     * @param url of the hub
     * @param webUrl of the site for people
     * @param certificate our own, in PEM; builds need it
     * @param privateKey its key, in PEM
     * @param caCertificate the authorities whose certificates are trusted, in PEM; without it, those that Java trusts
     */
    public record Koji(
            @DefaultValue("https://koji.fedoraproject.org/kojihub")
            URI url,

            @DefaultValue("https://koji.fedoraproject.org/koji")
            URI webUrl,

            @Nullable Path caCertificate,
            @Nullable Path certificate,
            @Nullable Path privateKey) {}

    /**
     * Bodhi, which is asked for the releases of Fedora and EPEL, and makes updates.
     *
     * @param releasesInterval how long what it told is left alone
     * @param token an access token of an account that may make updates; without it none are made
     */
    public record Bodhi(
            @DefaultValue("https://bodhi.fedoraproject.org") URI url,

            @DefaultValue("1h") Duration releasesInterval,
            @Nullable Secret token) {}

    /**
     * The Fedora Account System, which is asked whose account on GitHub is whose.
     *
     * @param url the root of FASJSON, or of a proxy that shows it a Kerberos ticket; null for nobody is asked
     */
    public record Fas(@Nullable URI url) {}

    /**
     * Anitya, which is asked for the newest version of a package whose config does not name its upstream.
     *
     * @param url the root of its site
     */
    public record Anitya(
            @DefaultValue("https://release-monitoring.org") URI url) {}
}
