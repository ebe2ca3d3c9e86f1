package dev.forgeway.handle;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.PackageConfigFile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from the package config of an upstream repository which packages in dist-git it is the upstream of. */
public interface UpstreamPackages {

    /**
     * A package, and what of the upstream repository belongs to it.
     *
     * @param name its name in dist-git ({@code downstream_package_name}), or null when it is called like the repository
     * @param files paths in the upstream repository, as written: the spec file ({@code specfile_path}) and the upstream side
     *     of {@code files_to_sync} (https://packit.dev/docs/configuration/files_to_sync)
     */
    record UpstreamPackage(@Nullable String name, Set<String> files) {}

    /**
     * The packages of a file.
     *
     * @throws UserErrorException when the file cannot be used
     */
    List<UpstreamPackage> read(PackageConfigFile file);
}
