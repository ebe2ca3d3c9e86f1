package dev.forgeway.service.fas;

import java.util.Optional;

/** The Fedora Account System, through FASJSON (https://fasjson.readthedocs.io). */
public interface FedoraAccounts {

    /**
     * The account of this name; names are lower case.
     *
     * @throws dev.forgeway.error.TransientException when FASJSON does not tell
     */
    Optional<FedoraAccount> find(String username);
}
