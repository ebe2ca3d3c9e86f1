package dev.forgeway.service.copr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build by the "custom" source method: Copr runs the script, which leaves an SRPM in its result folder
 * (https://docs.pagure.org/copr.copr/custom_source_method.html).
 *
 * @param marker ours, a word by which the build is found again; it stands in the script as a comment
 * @param script what produces the SRPM
 * @param scriptDependencies packages that the script needs
 * @param timeoutSeconds how long the build may take
 * @param enableNet whether it may use the network
 * @param settings what the project has to have
 * @param chrootSettings what chroots of the project have to have, by their names
 * @param forgeProject for whom it is, as {@code host/namespace/name}, where the project is not made for that alone: then Copr
 *     asks its owner's list of those who may (https://packit.dev/docs/configuration/upstream/copr_build); else null
 */
public record CoprBuildRequest(
        String owner,
        String project,
        List<String> chroots,
        String marker,
        String script,
        List<String> scriptDependencies,
        int timeoutSeconds,
        boolean enableNet,
        CoprProjectSettings settings,
        Map<String, CoprChrootSettings> chrootSettings,
        @Nullable String forgeProject) {

    /** Whether the project and its chroots need to have something that they may not have. */
    boolean hasSettings() {
        return !settings.equals(CoprProjectSettings.USUAL) || !chrootSettings.isEmpty();
    }
}
