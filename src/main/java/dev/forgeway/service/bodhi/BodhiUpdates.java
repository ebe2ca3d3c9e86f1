package dev.forgeway.service.bodhi;

import java.util.Optional;

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
     * Makes an update of one build.
     *
     * @param notes what testers are told
     */
    BodhiUpdate create(String nvr, String notes);
}
