package dev.forgeway.handle.koji;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.service.copr.Copr;
import dev.forgeway.service.koji.Koji;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.StoredJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Takes the source package of a Copr build to Koji. */
@Component
class SourcePackages {

    private final JobStore jobs;
    private final Copr copr;
    private final Koji koji;

    SourcePackages(JobStore jobs, Copr copr, Koji koji) {
        this.jobs = jobs;
        this.copr = copr;
        this.koji = koji;
    }

    /**
     * Uploads the source package that a job waited for.
     *
     * @return the source to build; empty when there will be none
     * @throws TransientException while it is not made yet
     */
    Optional<String> upload(Job job, String folder) {
        StoredJob build = build(job);
        String id = build.job().externalId();
        Optional<String> source = id == null ? Optional.empty() : carry(id, folder);
        if (source.isEmpty() && !isOver(build, job)) {
            throw new TransientException("Copr build " + id + " has no source package yet");
        }
        return source;
    }

    /** Whether somebody stopped the build in Copr. */
    boolean wasCanceled(Job job) {
        StoredJob build = build(job);
        return "canceled".equals(build.outcome())
                || build.targets().get(job.arguments().get(Job.CHROOT)) == CheckState.CANCELED;
    }

    private StoredJob build(Job job) {
        return Optional.ofNullable(job.arguments().get(Job.BUILD))
                .flatMap(jobs::find)
                .orElseThrow(
                        () -> new UserErrorException("There is no Copr build any more whose source Koji could build."));
    }

    private static boolean isOver(StoredJob build, Job job) {
        CheckState chroot = build.targets().get(job.arguments().get(Job.CHROOT));
        return build.job().state() == Job.State.DONE || (chroot != null && chroot.isFinal());
    }

    private Optional<String> carry(String buildId, String folder) {
        try {
            Path here = Files.createTempDirectory("forgeway-srpm");
            try {
                return copr.sourcePackage(buildId, here).map(file -> koji.upload(file, folder));
            } finally {
                FileSystemUtils.deleteRecursively(here);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
