package dev.forgeway.handle.installation;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.store.AllowlistStore;
import dev.forgeway.store.ApprovalIssue;
import dev.forgeway.store.ApprovalStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How accounts come to be approved: on the allowlist, and before that in one issue for each of them. */
@Component
class Approvals {

    static final String APPROVED = "approved-automatically";

    private static final String GITHUB = "github";

    private final RemoteEffects effects;
    private final AllowlistStore allowlist;
    private final ApprovalStore issues;
    private final Forges forges;
    private final @Nullable String repository;
    private final String command;

    Approvals(RemoteEffects effects, AllowlistStore allowlist, ApprovalStore issues, Forges forges, Settings settings) {
        this.effects = effects;
        this.allowlist = allowlist;
        this.issues = issues;
        this.forges = forges;
        this.repository = settings.handle().installation().approvalRepository();
        this.command = settings.decide().commandPrefix() + " verify-fas";
    }

    /** What somebody decided about an account or what is around it; "waiting" where nobody did. */
    String status(String account) {
        int slash = account.indexOf('/');
        return allowlist
                .status(account.substring(0, slash), account.substring(slash + 1), "*")
                .orElse("waiting");
    }

    void approve(String account, String why) {
        allowlist.put(account, APPROVED, why);
    }

    void await(String account, @Nullable String installedBy) {
        if (allowlist.statusOf(account).isEmpty()) {
            allowlist.put(account, "waiting", "installed by " + (installedBy == null ? "nobody known" : installedBy));
        }
    }

    /**
     * Opens the issue of an account, which is asked who it is.
     *
     * @return where it is, also when it was opened before; empty without a repository for it, and while another delivery
     *     opens it
     */
    Optional<String> ask(String account, @Nullable String installedBy, Job job) {
        if (repository == null) {
            return Optional.empty();
        }
        String host = account.substring(0, account.indexOf('/'));
        Project project = Project.named(host, repository, "https://" + host + "/" + repository);
        if (issues.claim(account, installedBy, project.key(), job.deliveryId())) {
            Forge forge = forges.named(GITHUB);
            Target target = new Target(project, null);
            String key = "approval:" + account;
            String title = name(account) + " needs to be approved";
            int number = effects.unlessThere(
                    job,
                    "issue " + project.key() + " " + key,
                    () -> forge.findIssue(target, key),
                    () -> forge.openIssue(target, key, title, text(account, installedBy)));
            issues.opened(account, number);
        }
        return issues.of(account).flatMap(ApprovalIssue::url);
    }

    /** The matter of an issue; empty for an issue about something else. */
    Optional<ApprovalIssue> at(Project project, int number) {
        return issues.at(project.key(), number);
    }

    void close(Target target, int number) {
        forges.named(GITHUB).closeIssue(target, number);
    }

    /** How the command is written in an issue. */
    String command() {
        return command;
    }

    /** The account without its forge. */
    static String name(String account) {
        return account.substring(account.indexOf('/') + 1);
    }

    private String text(String account, @Nullable String installedBy) {
        String who = installedBy == null ? "Somebody" : "@" + installedBy;
        return """
                %s has installed the App on [%s](https://%s), which may not use this service yet.

                Whoever has a [Fedora account](https://accounts.fedoraproject.org) is approved at once:

                1. Enter your name on GitHub in the profile of your Fedora account, and let others see the profile.
                2. Write a comment here: `%s <your Fedora account>`

                It has to be written by the account that installed the App. Without a Fedora account, say here what you would \
                like to do; an operator can approve `%s` too.
                """.formatted(who, name(account), account, command, account);
    }
}
