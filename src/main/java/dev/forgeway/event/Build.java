package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * A build in a build system, for one target.
 *
 * @param system "copr"
 * @param target the chroot, for example {@code fedora-rawhide-x86_64}; {@code srpm-builds} while the source is built
 * @param state "started" or "ended"
 * @param result "succeeded", "failed" or "canceled" once ended, else null
 */
public record Build(
        String system,
        String id,
        String target,
        String state,
        @Nullable String result,
        String owner,
        String project,
        @Nullable String packageName) {}
