package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.metrics.StepLog;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings a clone of a package to another version of upstream, always in a process of its own: by packit's command line
 * where one is installed that can leave everything else alone (https://packit.dev/docs/cli/propose-downstream), else by
 * {@link SpecProcess}.
 */
@Component
public class SpecTool {

    /** Who changes packages. */
    static final String NAME = "Forgeway";

    /** An address that nobody can have (RFC 2606). */
    static final String EMAIL = "forgeway@localhost.invalid";

    private static final String DRY_RUN = "--dry-run";

    private static final Duration PACKIT_LIMIT = Duration.ofMinutes(10);
    private static final Duration OWN_LIMIT = Duration.ofSeconds(60);

    private final String packit;
    private volatile @Nullable Found found;

    public SpecTool(Settings settings) {
        this.packit = settings.service().distGit().packit();
    }

    /**
     * What is to be done.
     *
     * @param configured which package of the package config it is, or null where that names none
     * @param upstreamUrl the repository whose package config asks for it, or null for the one in the folder itself
     * @param bugs which the update resolves ("rhbz#1")
     */
    record Update(
            Path folder,
            Path spec,
            String branch,
            String version,
            @Nullable String configured,
            @Nullable String upstreamUrl,
            List<String> bugs,
            Instant at) {}

    /** What was found out of a command line in a file that has not changed since. */
    private record Found(Path file, FileTime changed, boolean canRunDry) {}

    /**
     * Changes the spec file, and whatever else packit finds to change.
     *
     * @return whether packit did, which then has carried the files of upstream that belong to the package, too
     */
    boolean update(Update update, Path home) {
        Optional<Path> installed = find();
        boolean byPackit = installed.isPresent() && canRunDry(installed.get(), home);
        if (byPackit) {
            packit(installed.get(), update, home);
        } else {
            own(update, home);
        }
        String minimal = installed.isPresent() ? "minimal, packit has no " + DRY_RUN : "minimal";
        StepLog.note(byPackit ? "packit" : minimal, update.branch());
        return byPackit;
    }

    /** Asked once for each file: it takes packit a second to say. */
    private boolean canRunDry(Path installed, Path home) {
        try {
            FileTime changed = Files.getLastModifiedTime(installed);
            Found before = found;
            if (before != null
                    && before.file().equals(installed)
                    && before.changed().equals(changed)) {
                return before.canRunDry();
            }
            List<String> command = List.of(installed.toString(), "propose-downstream", "--help");
            boolean can = LimitedProcess.run("packit", command, home, Map.of(), OWN_LIMIT)
                    .contains(DRY_RUN);
            found = new Found(installed, changed, can);
            return can;
        } catch (IOException e) {
            throw new TransientException("cannot look at " + installed, e);
        }
    }

    /**
     * With {@code --dry-run} it changes the clone alone: nothing is pushed or uploaded, and it needs no credentials. It ends
     * with 2 where there is nothing to change, and with 0 where it knows no such package.
     */
    private void packit(Path installed, Update update, Path home) {
        if (version(update.spec(), home).equals(Optional.of(update.version()))) {
            return;
        }
        String upstream = update.upstreamUrl();
        List<String> command = new ArrayList<>(List.of(
                installed.toString(),
                upstream == null ? "pull-from-upstream" : "propose-downstream",
                DRY_RUN,
                "--pr",
                "--dist-git-branch",
                update.branch(),
                "--dist-git-path",
                update.folder().toString()));
        if (update.configured() != null) {
            command.add("--package=" + update.configured());
        }
        update.bugs().forEach(bug -> command.add("--resolve-bug=" + bug));
        command.add(upstream == null ? update.folder().toString() : upstream);
        command.add(update.version());
        Map<String, String> who = Map.of(
                "GIT_AUTHOR_NAME", NAME,
                "GIT_AUTHOR_EMAIL", EMAIL,
                "GIT_COMMITTER_NAME", NAME,
                "GIT_COMMITTER_EMAIL", EMAIL);
        String written = LimitedProcess.run("packit", command, home, who, PACKIT_LIMIT);
        version(update.spec(), home)
                .filter(now -> !now.equals(update.version()))
                .ifPresent(now -> {
                    throw new UserErrorException("packit left the spec file at version " + now + ": "
                            + LimitedProcess.tail(written.replace(home.getParent() + "/", "")));
                });
    }

    private static void own(Update update, Path home) {
        java(
                "Updating the spec file",
                home,
                List.of(
                        "update",
                        update.spec().toString(),
                        update.version(),
                        LocalDate.ofInstant(update.at(), ZoneOffset.UTC).toString(),
                        NAME + " <" + EMAIL + ">",
                        "Update to version " + update.version()));
    }

    /** The version of a spec file, as {@link SpecFile#version} has it; empty where it is made of macros of RPM. */
    Optional<String> version(Path spec, Path home) {
        String version = java("Reading the spec file", home, List.of("version", spec.toString()))
                .strip();
        return Optional.of(version).filter(plain -> !plain.isEmpty() && !plain.contains("%"));
    }

    /** The sources that a spec file names, as {@link SpecFile#sources} has them. */
    List<String> sources(Path spec, Path home) {
        return java("Reading the spec file", home, List.of("sources", spec.toString()))
                .lines()
                .toList();
    }

    private static String java(String name, Path home, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(entry());
        command.addAll(arguments);
        return LimitedProcess.run(name, command, home, Map.of(), OWN_LIMIT);
    }

    /** How the class is started from the folder or from the jar that this one is in. */
    private static List<String> entry() {
        URL here = SpecTool.class.getProtectionDomain().getCodeSource().getLocation();
        String main = SpecProcess.class.getName();
        if (here.getProtocol().equals("file")) {
            return List.of("-cp", Path.of(URI.create(here.toString())).toString(), main);
        }
        String jar = here.getPath().replaceFirst("^nested:", "").replaceFirst("/!.*$", "");
        return List.of(
                "-Dloader.main=" + main, "-cp", jar, "org.springframework.boot.loader.launch.PropertiesLauncher");
    }

    private Optional<Path> find() {
        Path named = Path.of(packit);
        if (named.isAbsolute()) {
            return Optional.of(named).filter(Files::isExecutable);
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, packit);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
