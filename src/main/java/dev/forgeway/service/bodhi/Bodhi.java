package dev.forgeway.service.bodhi;

import java.util.List;

/**
 * Bodhi, the update system of Fedora, through its REST API
 * (https://bodhi.fedoraproject.org/docs/server_api/rest/releases.html).
 */
public interface Bodhi {

    /**
     * All releases that are not archived, of every kind, in Bodhi's order.
     *
     * @throws dev.forgeway.error.TransientException when Bodhi does not tell them
     */
    List<BodhiRelease> releases();
}
