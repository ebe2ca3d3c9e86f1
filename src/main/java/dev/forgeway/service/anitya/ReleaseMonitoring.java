package dev.forgeway.service.anitya;

import java.util.List;

/** Anitya, the release monitoring of Fedora, through its API (https://release-monitoring.org/static/docs/api.html). */
public interface ReleaseMonitoring {

    /**
     * The stable versions of the upstream project of a package of Fedora, in Anitya's order; none where it knows no such package.
     *
     * @throws dev.forgeway.error.TransientException when Anitya does not tell
     */
    List<String> stableVersions(String packageName);
}
