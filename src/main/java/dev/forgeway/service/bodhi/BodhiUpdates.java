package dev.forgeway.service.bodhi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The updates of Bodhi (https://bodhi.fedoraproject.org/docs/server_api/rest/updates.html). All methods throw {@link
 * dev.forgeway.error.TransientException} when trying again can help and {@link dev.forgeway.error.UserErrorException} when
 * Bodhi refuses what the user asked for.
 */
public interface BodhiUpdates {

    /** Whether there is an account for making updates. */
    boolean isOn();

    /** The update that a build is in, by its name, version and release. */
    Optional<BodhiUpdate> find(String nvr);

    /**
     * Makes an update.
     *
     * @param builds what it is of, by name, version and release
     * @param fromTag the side tag that they are in; null for builds that went where updates are made of
     * @param notes what testers are told
     * @param more what else it is to have, by Bodhi's names; what it is made of is not said there
     */
    BodhiUpdate create(List<String> builds, @Nullable String fromTag, String notes, Map<String, @Nullable Object> more);
}
