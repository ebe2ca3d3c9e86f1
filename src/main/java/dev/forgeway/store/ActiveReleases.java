package dev.forgeway.store;

import java.time.Instant;
import java.util.List;

/**
 * Which releases were active when Bodhi was asked last, as versions, the oldest first.
 *
 * @param fedoraStable released and supported
 * @param fedoraBranched branched from Rawhide and not yet released
 * @param epel supported releases of EPEL, from 10 on with their minor version
 * @param toldAt when Bodhi was asked
 */
public record ActiveReleases(
        List<String> fedoraStable, List<String> fedoraBranched, List<String> epel, Instant toldAt) {}
