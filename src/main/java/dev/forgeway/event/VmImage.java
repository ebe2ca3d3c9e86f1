package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * An image of a virtual machine: the id of its build at the service that builds it, and how that stands.
 *
 * @param state as the service calls it ("building", "success", "failure")
 * @param target the chroot whose packages are in it, for example {@code fedora-rawhide-x86_64}
 * @param message what the service says about the state
 * @param url a page about it, or where it lies
 */
public record VmImage(
        String id,
        String state,
        @Nullable String target,
        @Nullable String message,
        @Nullable String url) {}
