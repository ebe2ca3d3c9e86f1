package dev.forgeway.service.bodhi;

/**
 * A release as Bodhi describes it.
 *
 * @param name Bodhi's short name ("F45", "ELN", "EPEL-10.2"); Rawhide goes by its number too
 * @param idPrefix the kind of release: FEDORA, FEDORA-EPEL, FEDORA-CONTAINER, FEDORA-FLATPAK, …
 * @param state Bodhi's word: disabled, pending, frozen, current, archived
 */
public record BodhiRelease(String name, String idPrefix, String state) {}
