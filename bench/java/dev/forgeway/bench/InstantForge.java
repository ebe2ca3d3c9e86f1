package dev.forgeway.bench;

import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.PullRequestHead;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A GitHub that answers without a network: every commit has a package config with three jobs. */
final class InstantForge implements Forge {

    private static final PackageConfigFile CONFIG = new PackageConfigFile(".packit.yaml", """
            specfile_path: hello.spec
            jobs:
              - {job: bench_one, trigger: pull_request, targets: [fedora-rawhide]}
              - {job: bench_two, trigger: pull_request, targets: [fedora-rawhide]}
              - {job: bench_three, trigger: pull_request, targets: [fedora-rawhide]}
            """);

    @Override
    public String name() {
        return "github";
    }

    @Override
    public boolean isHomeOf(Project project) {
        return project.host().equals("github.com");
    }

    @Override
    public Optional<PackageConfigFile> findPackageConfig(Target target, String commit, List<String> names) {
        return Optional.of(CONFIG);
    }

    @Override
    public Optional<PullRequestHead> findPullRequestHead(Target target, int number, List<String> configNames) {
        PullRequest pullRequest =
                new PullRequest(number, target.project().namespace(), "hello", "topic", "main", null, null);
        return Optional.of(new PullRequestHead(pullRequest, Webhook.COMMIT, CONFIG));
    }

    @Override
    public String putCheck(
            Target target, String commit, String key, Check check, @Nullable String externalId, boolean searchFirst) {
        return key;
    }

    @Override
    public String addComment(Target target, Subject subject, String key, String body, boolean searchFirst) {
        return key;
    }

    @Override
    public boolean hasReactions(Subject.Kind kind) {
        return true;
    }

    @Override
    public String addReaction(Target target, Subject subject, long comment, String reaction) {
        return reaction;
    }

    @Override
    public Permission permission(Target target, String account) {
        return Permission.WRITE;
    }

    @Override
    public boolean isPrivate(Target target) {
        return false;
    }
}
