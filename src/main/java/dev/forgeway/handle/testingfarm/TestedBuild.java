package dev.forgeway.handle.testingfarm;

import java.util.List;

/**
 * A build in Copr that the tests are run with.
 *
 * @param id Copr's
 * @param project {@code owner/name}
 * @param packages as in {@link dev.forgeway.service.copr.Copr#packages}
 */
record TestedBuild(String id, String chroot, String project, List<String> packages) {}
