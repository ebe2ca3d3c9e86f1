package dev.forgeway.service.copr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wishes of a chroot of a project (https://python-copr.readthedocs.io/en/latest/client_v3/proxies.html#project-chroot).
 *
 * @param packages installed before the build
 * @param repos of which packages are taken for builds
 * @param modules enabled before the build, {@code NAME:STREAM} with commas between them; null for none
 * @param withOpts rpmbuild's {@code --with}
 * @param withoutOpts rpmbuild's {@code --without}
 */
public record CoprChrootSettings(
        List<String> packages,
        List<String> repos,
        @Nullable String modules,
        List<String> withOpts,
        List<String> withoutOpts) {}
