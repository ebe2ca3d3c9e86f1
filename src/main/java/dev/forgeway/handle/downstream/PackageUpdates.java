package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.distgit.DistGitPullRequest;
import dev.forgeway.service.git.GitClone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings one branch of a package in dist-git to a version of upstream, by a pull request from our fork. The branch of the fork
 * follows from version and branch, and the commit from what it is made of, so that doing it again after a crash finds both.
 */
@Component
public class PackageUpdates {

    private final DistGit distGit;
    private final SpecTool tool;
    private final PackageSources sources;
    private final Path dataFolder;

    public PackageUpdates(DistGit distGit, SpecTool tool, PackageSources sources, Settings settings) {
        this.distGit = distGit;
        this.tool = tool;
        this.sources = sources;
        this.dataFolder = settings.dataDir();
    }

    /**
     * What a package is to become.
     *
     * @param specfile the name of its spec file, or null for the only one
     * @param upstreamUrl the repository whose package config asks for it, or null for the package itself
     * @param suffix the last part of the branches of our fork
     * @param text the text of the pull request
     * @param at when it was asked for
     */
    record Wanted(
            String packageName,
            @Nullable String specfile,
            String version,
            @Nullable String upstreamUrl,
            String suffix,
            String message,
            String text,
            Instant at) {}

    /**
     * Opens or updates the pull request.
     *
     * @return empty when the branch has the version already
     * @throws UserErrorException when only people can help
     * @throws TransientException when it is to be tried again
     */
    Optional<DistGitPullRequest> update(Wanted wanted, String branch) {
        if (!Repository.isValidRefName("refs/heads/" + branch)) {
            throw new UserErrorException("'" + branch + "' cannot be the name of a branch");
        }
        try (WorkFolder work = new WorkFolder(dataFolder);
                GitClone clone = GitClone.of(
                        distGit.cloneUrl(wanted.packageName()),
                        branch,
                        work.path().resolve("package"))) {
            Path home = Files.createDirectory(work.path().resolve("home"));
            Path spec = spec(clone.folder(), wanted);
            List<String> before = tool.sources(spec, home);
            tool.update(
                    new SpecTool.Update(
                            clone.folder(), spec, branch, wanted.version(), wanted.upstreamUrl(), wanted.at()),
                    home);
            sources.update(wanted.packageName(), clone.folder(), before, tool.sources(spec, home), work.path());
            if (!clone.commit(wanted.message(), SpecTool.NAME, SpecTool.EMAIL, wanted.at())) {
                return Optional.empty();
            }
            return Optional.of(propose(wanted, branch, clone));
        } catch (IOException e) {
            throw new TransientException("cannot work on " + wanted.packageName() + ": " + e.getMessage(), e);
        }
    }

    private DistGitPullRequest propose(Wanted wanted, String branch, GitClone clone) {
        String from = wanted.version().replaceAll("[~^]", "-") + "-" + branch + "-" + wanted.suffix();
        distGit.fork(wanted.packageName());
        clone.push(
                distGit.forkUrl(wanted.packageName()),
                from,
                new GitClone.Login(distGit.account(), distGit.password(), "forgeway.service.dist-git.token"));
        return distGit.findOpen(wanted.packageName(), from, branch)
                .orElseGet(() -> distGit.open(
                        wanted.packageName(),
                        from,
                        branch,
                        "Update " + branch + " to upstream release " + wanted.version(),
                        wanted.text()));
    }

    private static Path spec(Path folder, Wanted wanted) throws IOException {
        String named = wanted.specfile();
        if (named != null) {
            Path name = Path.of(named).getFileName();
            if (name == null) {
                throw new UserErrorException("specfile_path names no file: " + named);
            }
            Path spec = folder.resolve(name);
            if (Files.isRegularFile(spec)) {
                return spec;
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> specs = files.filter(file -> file.toString().endsWith(".spec"))
                    .filter(Files::isRegularFile)
                    .toList();
            if (specs.size() != 1) {
                throw new UserErrorException("There " + (specs.isEmpty() ? "is no" : "is more than one")
                        + " spec file in dist-git; specfile_path can name it");
            }
            return specs.get(0);
        }
    }
}
