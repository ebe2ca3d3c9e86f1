package dev.forgeway.schedule;

import dev.forgeway.config.Settings;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.KnownInstallation;
import dev.forgeway.store.ProjectStore;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Looks for package configs in the repositories of an installation: where nothing happened, or where it was denied, nobody ever
 * looked, and a repository that was quiet for a while is no reason to end anything.
 */
@Component
class InstalledConfigs {

    /** So many repositories of an installation are looked into, for each costs a request. */
    private static final int MOST = 200;

    private final Forges forges;
    private final ProjectStore projects;
    private final List<String> names;

    InstalledConfigs(Forges forges, ProjectStore projects, Settings settings) {
        this.forges = forges;
        this.projects = projects;
        this.names = settings.decide().packageConfigNames();
    }

    /**
     * Whether one of them has a package config now, which is remembered; or may have, because there are more than are looked into.
     *
     * @throws dev.forgeway.error.TransientException when the forge cannot say now
     */
    boolean mayHave(KnownInstallation installation) {
        if (installation.repositories().size() > MOST) {
            return true;
        }
        StepLog.open();
        for (String key : installation.repositories()) {
            Optional<PackageConfigFile> file = find(installation.id(), key);
            if (file.isPresent()) {
                projects.saw(new ConfigSighting(
                        key,
                        ConfigSighting.State.PRESENT,
                        file.get().path(),
                        null,
                        Forge.HEAD,
                        false,
                        String.join(", ", names)));
                return true;
            }
        }
        return false;
    }

    /** What we are not let into is of no use to anybody either. */
    private Optional<PackageConfigFile> find(long installation, String key) {
        String name = key.substring(key.indexOf('/') + 1);
        Project project = Project.at("https://" + key, name, null).orElseThrow();
        try {
            return forges.named("github").findPackageConfig(new Target(project, installation), Forge.HEAD, names);
        } catch (UserErrorException e) {
            return Optional.empty();
        }
    }
}
