package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.handle.SyncedFiles;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.distgit.DistGitPullRequest;
import dev.forgeway.service.git.GitClone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final RemoteEffects effects;
    private final SpecTool tool;
    private final PackageSources sources;
    private final Path dataFolder;

    public PackageUpdates(
            DistGit distGit, RemoteEffects effects, SpecTool tool, PackageSources sources, Settings settings) {
        this.distGit = distGit;
        this.effects = effects;
        this.tool = tool;
        this.sources = sources;
        this.dataFolder = settings.dataDir();
    }

    /**
     * What a package is to become.
     *
     * @param configured which package of the package config it is, or null where that names none
     * @param specfile the name of its spec file, or null for the only one
     * @param tag the tag of the release in that repository, or null
     * @param upstreamUrl the repository whose package config asks for it, or null for the package itself
     * @param plan which versions may follow which, and which branches get the same commit
     * @param bugs which it resolves ("rhbz#1")
     * @param suffix the last part of the branches of our fork
     * @param text the text of the pull request
     * @param at when it was asked for
     */
    record Wanted(
            String packageName,
            @Nullable String configured,
            @Nullable String specfile,
            String version,
            @Nullable String tag,
            @Nullable String upstreamUrl,
            DownstreamPlan plan,
            List<String> bugs,
            String suffix,
            String message,
            String text,
            Instant at) {}

    /**
     * What a branch came to.
     *
     * @param made the pull requests, by their branches: its own, and those to which the same commit is proposed
     * @param leftOut why the version is not for the branch, or null when it has it or gets it
     */
    record Update(
            Map<String, DistGitPullRequest> made, @Nullable String leftOut) {}

    /**
     * Opens or updates the pull request.
     *
     * @param job which has it made
     * @return without any pull request when the branch has the version already
     * @throws UserErrorException when only people can help
     * @throws TransientException when it is to be tried again
     */
    Update update(Job job, Wanted wanted, String branch) {
        mustBeName(branch);
        try (WorkFolder work = new WorkFolder(dataFolder);
                GitClone clone = clone(wanted, branch, work.path().resolve("package"))) {
            Path home = Files.createDirectory(work.path().resolve("home"));
            Path spec = spec(clone.folder(), wanted);
            Optional<String> against = against(wanted, branch, spec, home);
            if (against.isPresent()) {
                return new Update(Map.of(), against.get());
            }
            List<String> before = tool.sources(spec, home);
            boolean isCarried = tool.update(
                    new SpecTool.Update(
                            clone.folder(),
                            spec,
                            branch,
                            wanted.version(),
                            wanted.configured(),
                            wanted.upstreamUrl(),
                            wanted.bugs(),
                            wanted.at()),
                    home);
            if (!isCarried) {
                carry(wanted, clone.folder(), spec, work);
            }
            PackageSources.Place place = new PackageSources.Place(
                    wanted.packageName(), clone.folder(), !wanted.plan().withoutUpload());
            sources.update(place, before, tool.sources(spec, home), work.path());
            if (!clone.commit(wanted.message(), SpecTool.NAME, SpecTool.EMAIL, wanted.at())) {
                return new Update(Map.of(), null);
            }
            return new Update(propose(job, wanted, branch, clone, work), null);
        } catch (IOException e) {
            throw new TransientException("cannot work on " + wanted.packageName() + ": " + e.getMessage(), e);
        }
    }

    /** The spec file has been brought to the version, and the file {@code sources} follows from it. */
    private void carry(Wanted wanted, Path folder, Path spec, WorkFolder work) throws IOException {
        String url = wanted.upstreamUrl();
        String tag = wanted.tag();
        if (url == null || tag == null || wanted.plan().files().isEmpty()) {
            return;
        }
        if (!url.matches("https?://.*")) {
            throw new UserErrorException(url + " is no repository of the web");
        }
        try (GitClone upstream =
                Tries.into(work.path().resolve("upstream"), at -> GitClone.ofTag(URI.create(url), tag, at))) {
            String name = folder.relativize(spec).toString();
            List<SyncedFiles> files =
                    wanted.plan().files().stream().map(one -> one.without(name)).toList();
            FileSync.carry(upstream.folder(), upstream.links(), folder, files, Set.of(name, "sources"));
        }
    }

    private static void mustBeName(String branch) {
        if (!Repository.isValidRefName("refs/heads/" + branch)) {
            throw new UserErrorException("'" + branch + "' cannot be the name of a branch");
        }
    }

    private Optional<String> against(Wanted wanted, String branch, Path spec, Path home) {
        return wanted.plan().versionMask() == null
                ? Optional.empty()
                : tool.version(spec, home).flatMap(before -> wanted.plan().against(branch, before, wanted.version()));
    }

    private Map<String, DistGitPullRequest> propose(
            Job job, Wanted wanted, String branch, GitClone clone, WorkFolder work) throws IOException {
        String from = wanted.version().replaceAll("[~^]", "-") + "-" + branch + "-" + wanted.suffix();
        Tries.run(() -> fork(wanted, from, clone));
        Map<String, DistGitPullRequest> made = new LinkedHashMap<>();
        made.put(branch, propose(job, wanted, from, branch));
        for (String other : wanted.plan().fastForward().getOrDefault(branch, List.of())) {
            if (wants(wanted, other, work)) {
                made.put(other, propose(job, wanted, from, other));
            }
        }
        return made;
    }

    /** What is there already is left as it is. */
    private void fork(Wanted wanted, String from, GitClone clone) {
        distGit.fork(wanted.packageName());
        clone.push(
                distGit.forkUrl(wanted.packageName()),
                from,
                new GitClone.Login(distGit.account(), distGit.password(), "forgeway.service.dist-git.token"));
    }

    private DistGitPullRequest propose(Job job, Wanted wanted, String from, String branch) {
        return Tries.of(() -> effects.unlessThere(
                job,
                "pull request " + wanted.packageName() + " " + from + " " + branch,
                () -> distGit.findOpen(wanted.packageName(), from, branch),
                () -> distGit.open(
                        wanted.packageName(),
                        from,
                        branch,
                        "Update " + branch + " to upstream release " + wanted.version(),
                        wanted.text())));
    }

    private GitClone clone(Wanted wanted, String branch, Path folder) {
        return Tries.into(folder, at -> GitClone.of(distGit.cloneUrl(wanted.packageName()), branch, at));
    }

    /** Whether a branch that is only merged into does not have the version, and may have it. */
    private boolean wants(Wanted wanted, String branch, WorkFolder work) throws IOException {
        mustBeName(branch);
        try (GitClone clone = clone(wanted, branch, work.path().resolve("into-" + branch.replace('/', '-')))) {
            Path home = work.path().resolve("home");
            Path spec = spec(clone.folder(), wanted);
            return !tool.version(spec, home).equals(Optional.of(wanted.version()))
                    && against(wanted, branch, spec, home).isEmpty();
        }
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
