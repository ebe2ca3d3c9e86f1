package dev.forgeway.decide.packageconfig;

import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.handle.UpstreamPackages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which packages a package config is about: what it says at its top or below {@code packages}, and what its jobs say. */
@Component
public final class UpstreamPackagesReader implements UpstreamPackages {

    private final PackageConfigParser parser;

    public UpstreamPackagesReader(PackageConfigParser parser) {
        this.parser = parser;
    }

    @Override
    public List<UpstreamPackage> read(PackageConfigFile file) {
        List<UpstreamPackage> packages = new ArrayList<>();
        for (Scopes scopes : parser.packageScopes(file.path(), file.text())) {
            packages.add(one(
                    scopes.text("downstream_package_name"),
                    scopes.text("specfile_path"),
                    DistGitSettings.read(scopes)));
        }
        for (JobConfig job : parser.parse(file.path(), file.text()).jobs()) {
            packages.add(one(job.source().downstreamPackageName(), job.source().specfilePath(), job.distGit()));
        }
        return List.copyOf(packages);
    }

    private static UpstreamPackage one(@Nullable String name, @Nullable String specfile, DistGitSettings distGit) {
        Set<String> files = new TreeSet<>();
        if (specfile != null) {
            files.add(specfile);
        }
        distGit.files().forEach(synced -> files.addAll(synced.sources()));
        return new UpstreamPackage(name, files);
    }
}
