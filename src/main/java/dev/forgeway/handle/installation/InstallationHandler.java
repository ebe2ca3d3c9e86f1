package dev.forgeway.handle.installation;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.event.InstallationEvent;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.service.fas.FedoraAccounts;
import dev.forgeway.store.InstallationStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps what is told about installations of the GitHub App. The account of a new one is approved when the Fedora account
 * of the same name names whoever installed it as its own on GitHub, as packit does
 * (https://packit.dev/docs/guide#2-approval); else it is asked who it is, once.
 */
@Component
public class InstallationHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "installation",
            Set.of(),
            Set.of(),
            Set.of(EventType.INSTALLATION),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of("GithubAppInstallationHandler"),
            "keep the installations of the GitHub App, and approve their accounts or ask who they are");

    private final InstallationStore installations;
    private final Approvals approvals;
    private final Optional<FedoraAccounts> fedora;

    InstallationHandler(InstallationStore installations, Approvals approvals, Optional<FedoraAccounts> fedora) {
        this.installations = installations;
        this.approvals = approvals;
        this.fedora = fedora;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        InstallationEvent event = (InstallationEvent) job.event();
        String account = event.accountKey();
        if (account == null) {
            return Outcome.skipped("GitHub names no account");
        }
        installations.saw(event, account, job.deliveryId());
        return Outcome.succeeded(
                event.action().equals("created")
                        ? approved(account, event.actor(), job)
                        : account + ": " + event.action());
    }

    private String approved(String account, @Nullable String installedBy, Job job) {
        String status = approvals.status(account);
        if (!status.equals("waiting")) {
            return account + " is " + status;
        }
        String name = Approvals.name(account);
        if (installedBy != null && isFedorasOwn(name, installedBy)) {
            approvals.approve(account, "Fedora account " + name + ", installed by " + installedBy);
            return account + " is " + Approvals.APPROVED;
        }
        approvals.await(account, installedBy);
        return account + " waits for approval"
                + approvals.ask(account, installedBy, job).map(" in "::concat).orElse("");
    }

    private boolean isFedorasOwn(String name, String installedBy) {
        return fedora.flatMap(accounts -> accounts.find(name))
                .filter(found -> found.isOnGitHub(installedBy))
                .isPresent();
    }
}
