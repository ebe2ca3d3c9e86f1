package dev.forgeway.decide.packageconfig;

/** Where the releases come from that the aliases of targets stand for. */
@FunctionalInterface
public interface KnownReleases {

    /** The releases as they are known now; never asks anybody outside. */
    Releases now();
}
