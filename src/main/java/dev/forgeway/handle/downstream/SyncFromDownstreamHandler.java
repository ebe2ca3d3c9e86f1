package dev.forgeway.handle.downstream;

import dev.forgeway.config.QueueClass;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.event.PushEvent;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.SyncPlan;
import dev.forgeway.handle.SyncedFiles;
import dev.forgeway.handle.UpstreamPackages;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.git.GitClone;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Carries files that somebody changed in dist-git to the upstream repository, by a pull request there
 * (https://packit.dev/docs/configuration/downstream/sync_from_downstream). Whoever may write in dist-git names repository and
 * paths, so only a repository whose own package config is about this package gets one, with files that it names itself.
 */
@Component
public class SyncFromDownstreamHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "sync-from-downstream",
            Set.of("sync_from_downstream"),
            Set.of("commit"),
            Set.of(EventType.PUSH),
            Set.of(),
            null,
            QueueClass.LONG,
            List.of("NewDistGitCommitHandler"),
            "carry files from dist-git to a pull request of the upstream repository");

    private static final String PACKAGES = "rpms";
    private static final long LONGEST_FILE = 1024L * 1024;
    private static final int MOST_FILES = 200;

    private final DistGit distGit;
    private final Forges forges;
    private final UpstreamPackages packages;
    private final UpstreamChanges changes;
    private final JobStore jobs;
    private final List<String> configNames;
    private final Path dataFolder;

    public SyncFromDownstreamHandler(
            DistGit distGit,
            Forges forges,
            UpstreamPackages packages,
            UpstreamChanges changes,
            JobStore jobs,
            Settings settings) {
        this.distGit = distGit;
        this.forges = forges;
        this.packages = packages;
        this.changes = changes;
        this.jobs = jobs;
        this.configNames = settings.decide().packageConfigNames();
        this.dataFolder = settings.dataDir();
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        PushEvent push = (PushEvent) job.event();
        SyncPlan plan = SyncPlan.of(job);
        String name = packageOf(push.project());
        String branch = Objects.requireNonNull(push.branch(), "no branch");
        Project upstream = upstream(plan);
        Forge forge = home(upstream);
        Target target = new Target(upstream, null);
        PackageConfigFile consent = forge.findPackageConfig(target, Forge.HEAD, configNames)
                .orElseThrow(() ->
                        new UserErrorException(upstream.url() + " has no package config, and so did not ask for this"));
        List<String> asked = askedFor(upstream, consent, name);
        Map<String, String> files = files(wanted(plan, name), name, branch);
        files.keySet().forEach(file -> mustBeAskedFor(upstream, asked, file));
        ProposedChange change = new ProposedChange(
                branch + "-downstream-sync",
                "Update from " + branch + " of Fedora dist-git",
                "Carried from " + distGit.page(name) + ", branch " + branch + ".",
                files,
                job.receivedAt());
        Optional<String> page = changes.propose(job, forge, target, change);
        if (page.isEmpty()) {
            return Outcome.succeeded(upstream.url() + " has the files already");
        }
        jobs.submitted(job.id(), job.id(), List.of(new Link("pull request", page.get())));
        StepLog.note("proposed", page.get());
        return Outcome.succeeded("proposed as " + page.get());
    }

    private String packageOf(Project project) {
        if (!project.namespace().equals(PACKAGES)
                || !project.host().equalsIgnoreCase(distGit.cloneUrl("x").getHost())) {
            throw new UserErrorException(project.url() + " is no package of dist-git");
        }
        return project.name();
    }

    private static Project upstream(SyncPlan plan) {
        String url = plan.upstreamUrl();
        if (url == null) {
            throw new UserErrorException("The package config does not name the repository: upstream_project_url");
        }
        return Project.at(url, null, null)
                .filter(project -> !project.namespace().isEmpty())
                .orElseThrow(() -> new UserErrorException("upstream_project_url is no repository: " + url));
    }

    private Forge home(Project upstream) {
        return forges.homeOf(upstream)
                .orElseThrow(() -> new UserErrorException("No pull requests are opened at " + upstream.host()));
    }

    /** What of its files the upstream repository itself says to belong to the package. */
    private List<String> askedFor(Project upstream, PackageConfigFile consent, String name) {
        List<UpstreamPackages.UpstreamPackage> same = read(upstream, consent).stream()
                .filter(one -> name.equals(one.name() == null ? upstream.name() : one.name()))
                .toList();
        if (same.isEmpty()) {
            throw new UserErrorException("The package config of " + upstream.url() + " is not about package " + name
                    + ": downstream_package_name can name it there");
        }
        return same.stream().flatMap(one -> one.files().stream()).toList();
    }

    private static void mustBeAskedFor(Project upstream, List<String> asked, String file) {
        if (asked.stream().noneMatch(pattern -> FileTree.covers(pattern, file))) {
            throw new UserErrorException("The package config of " + upstream.url() + " does not name " + file
                    + ": it must be its specfile_path, or in its files_to_sync");
        }
    }

    private List<UpstreamPackages.UpstreamPackage> read(Project upstream, PackageConfigFile consent) {
        try {
            return packages.read(consent);
        } catch (UserErrorException e) {
            throw new UserErrorException(
                    "The package config of " + upstream.url() + " cannot be used: " + e.getMessage());
        }
    }

    private Map<String, String> files(List<SyncedFiles> wanted, String name, String branch) {
        try (WorkFolder work = new WorkFolder(dataFolder);
                GitClone clone = Tries.into(
                        work.path().resolve("package"), at -> GitClone.of(distGit.cloneUrl(name), branch, at))) {
            FileTree tree = FileTree.of(clone.folder(), clone.links());
            Map<String, String> places = new TreeMap<>();
            wanted.forEach(one -> places.putAll(FilesBack.of(one, tree)));
            if (places.size() > MOST_FILES) {
                throw new UserErrorException("More than " + MOST_FILES + " files cannot be carried back");
            }
            Map<String, String> files = new TreeMap<>();
            for (Map.Entry<String, String> place : places.entrySet()) {
                files.put(place.getKey(), text(clone.folder().resolve(place.getValue()), place.getValue()));
            }
            return files;
        } catch (IOException e) {
            throw new TransientException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static List<SyncedFiles> wanted(SyncPlan plan, String name) {
        if (!plan.files().isEmpty()) {
            return plan.files();
        }
        String spec = plan.specfilePath() == null ? name + ".spec" : plan.specfilePath();
        return List.of(SyncedFiles.one(spec, spec.substring(spec.lastIndexOf('/') + 1)));
    }

    private static String text(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserErrorException("There is no file " + name + " in dist-git");
        }
        if (Files.size(file) > LONGEST_FILE) {
            throw new UserErrorException(name + " is too large");
        }
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new UserErrorException(name + " is no text in UTF-8");
        }
    }
}
