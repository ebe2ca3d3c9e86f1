package dev.forgeway.schedule;

import dev.forgeway.config.HandleSettings;
import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.ScheduleSettings.Retirement.Action;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.AppInstallations;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.RetirementMetrics;
import dev.forgeway.store.InstallationStore;
import dev.forgeway.store.KnownInstallation;
import dev.forgeway.store.Retirement;
import dev.forgeway.store.RetirementStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Retires installations of the GitHub App that led to nothing: none of their repositories had a package config for a
 * while, and no job came of one. They are listed, then warned, and ended a while after that.
 */
@Component
public class InstallationRetirement {

    private static final Logger LOG = LoggerFactory.getLogger(InstallationRetirement.class);

    /** So many are warned, and so many ended, in a turn: each costs a token of the App, which has 5000 requests an hour for all. */
    private static final int MOST = 20;

    private final RetirementStore store;
    private final InstallationStore installations;
    private final AppInstallations app;
    private final InstalledConfigs configs;
    private final Forges forges;
    private final RetirementMetrics metrics;
    private final ScheduleSettings.Retirement settings;
    private final HandleSettings.Installation approval;
    private final Clock clock;
    private final Set<Long> triedInVain = ConcurrentHashMap.newKeySet();

    InstallationRetirement(
            RetirementStore store,
            InstallationStore installations,
            AppInstallations app,
            InstalledConfigs configs,
            Forges forges,
            RetirementMetrics metrics,
            Settings settings,
            Clock clock) {
        this.store = store;
        this.installations = installations;
        this.app = app;
        this.configs = configs;
        this.forges = forges;
        this.metrics = metrics;
        this.settings = settings.schedule().retirement();
        this.approval = settings.handle().installation();
        this.clock = clock;
    }

    /** Finds those that led to nothing, and forgets those that lead to something now. */
    public void list() {
        long events = store.list(idleSince(), clock.instant());
        metrics.listed(store.open().size(), events);
    }

    /**
     * Warns the accounts that were not warned of this end yet, unless one of their repositories has a package config after all;
     * one that cannot be is tried again the next time.
     */
    public void warn() {
        String action = settings.action().wireName();
        List<Retirement> unwarned = store.open().stream()
                .filter(found -> !action.equals(found.warning()))
                .toList();
        each(unwarned, found -> {
            if (!configs.mayHave(installation(found))) {
                warn(found);
                store.warned(found.installationId(), action, clock.instant());
            }
        });
    }

    private Instant idleSince() {
        return clock.instant().minus(settings.after());
    }

    /** Ends those whose warning was long enough ago, unless something came of them at the last moment. */
    public void retire() {
        Action action = settings.action();
        Instant warnedBefore = clock.instant().minus(settings.notice());
        each(store.due(warnedBefore, action.wireName()), due -> retire(due, action));
    }

    private void retire(Retirement due, Action action) {
        long id = due.installationId();
        if (store.isIdle(id, idleSince()) && !configs.mayHave(installation(due))) {
            store.begins(id, action.wireName());
            String detail = end(id, action);
            store.done(id, action.wireName(), detail, clock.instant());
            metrics.retired(action.wireName());
            LOG.info("Installation {} of {}: {}", id, account(due), detail);
        }
    }

    private String end(long id, Action action) {
        boolean wasThere = switch (action) {
            case DRY_RUN -> true;
            case SUSPEND -> app.suspend(id);
            case UNINSTALL -> app.uninstall(id);
        };
        return wasThere ? action.past() : "was not there any more";
    }

    /** Does it with some of them, those last with which it failed before, and ends when GitHub says how long it is to be left alone. */
    private void each(List<Retirement> all, Consumer<Retirement> step) {
        List<Retirement> turn = all.stream()
                .sorted(Comparator.comparing(one -> triedInVain.contains(one.installationId())))
                .limit(MOST)
                .toList();
        for (Retirement one : turn) {
            try {
                step.accept(one);
                triedInVain.remove(one.installationId());
            } catch (TransientException | UserErrorException e) {
                triedInVain.add(one.installationId());
                LOG.warn("Installation {} stays for now: {}", one.installationId(), e.getMessage());
                if (e instanceof TransientException later && later.retryAt() != null) {
                    return;
                }
            }
        }
    }

    /** A dry run tells nobody but the operators. */
    private void warn(Retirement found) {
        String account = account(found);
        if (settings.warnBy() == ScheduleSettings.Retirement.Warning.LOG || settings.action() == Action.DRY_RUN) {
            LOG.warn(
                    "Installation {} of {} led to nothing for {} days and cost {} events; in {} days: {}",
                    found.installationId(),
                    account,
                    settings.after().toDays(),
                    found.events(),
                    settings.notice().toDays(),
                    settings.action().future());
            return;
        }
        String repository = Objects.requireNonNull(approval.approvalRepository());
        Project project = Project.at("https://" + host(account) + "/" + repository, repository, null)
                .orElseThrow();
        Forge forge = forges.named("github");
        Target target = new Target(project, null);
        String key = "retirement:" + found.installationId() + ":" + found.foundAt() + ":"
                + settings.action().wireName();
        if (forge.findIssue(target, key).isEmpty()) {
            String title = account.substring(account.indexOf('/') + 1) + " does not use the App";
            int unused = forge.openIssue(target, key, title, text(found, account));
        }
    }

    private String text(Retirement found, String account) {
        List<String> repositories = installation(found).repositories();
        return """
                The App is installed on [%s](https://%s), but for %d days none of its %d repositories had a package config, and \
                nothing was ever built or tested for them.

                Nothing has to be done when it is not needed any more: in %d days, %s. Otherwise, add a package config to one \
                of the repositories before that. It can be installed again at any time.
                """.formatted(
                        account,
                        account,
                        settings.after().toDays(),
                        repositories.size(),
                        settings.notice().toDays(),
                        settings.action().future());
    }

    private KnownInstallation installation(Retirement retirement) {
        return installations.find(retirement.installationId()).orElseThrow();
    }

    private String account(Retirement retirement) {
        return installation(retirement).account();
    }

    private static String host(String account) {
        return account.substring(0, account.indexOf('/'));
    }
}
