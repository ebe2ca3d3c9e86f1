package dev.forgeway.admin;

import dev.forgeway.ingest.Delivery;

/** The way of a delivery up to its jobs, on which nothing is stored, sent or shown. */
public interface Trials {

    /**
     * Decides a delivery as it would be decided now. Forges may be asked.
     *
     * @throws Problem (503) when somebody who has to be asked does not answer now
     */
    Trial decide(Delivery delivery);
}
