package dev.forgeway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to fit together among settings that are each readable. */
final class SettingsRules {

    /** Standard Webhooks: {@code whsec_} and the Base64 text of the key. */
    static final String SIGNING_KEY = "whsec_[A-Za-z0-9+/]+=*";

    private final Settings settings;
    private final List<Mistake> mistakes = new ArrayList<>();

    private SettingsRules(Settings settings) {
        this.settings = settings;
    }

    /** The rules that the settings break. */
    static List<Mistake> brokenBy(Settings settings) {
        var rules = new SettingsRules(settings);
        rules.checkDataDir();
        rules.checkUrls();
        rules.checkSources();
        rules.checkGitHub();
        rules.checkPrivateKey();
        rules.checkCopr();
        rules.checkBodhi();
        rules.checkTestingFarm();
        rules.checkKoji();
        rules.checkBroker();
        rules.checkDecide();
        rules.checkService();
        rules.checkReport();
        rules.mistakes.addAll(ScheduleRules.brokenBy(settings));
        rules.mistakes.addAll(SubscriptionRules.brokenBy(settings.handle()));
        return List.copyOf(rules.mistakes);
    }

    /** H2 takes no path of which it is not said that it is meant to be relative: https://h2database.com/html/features.html#database_url */
    private void checkDataDir() {
        Path dataDir = settings.dataDir();
        if (!dataDir.isAbsolute() && !dataDir.startsWith(".") && !dataDir.startsWith("..")) {
            add("forgeway.data-dir", "has to be absolute, or to begin with ./ if it is relative", "./data");
        }
    }

    private void checkUrls() {
        requireHttp("forgeway.public-url", settings.publicUrl(), "https://forgeway.example.org");
        requireHttp("forgeway.forge.github.api-url", settings.forge().github().apiUrl(), "https://api.github.com");
        requireHttp("forgeway.forge.gitlab.api-url", settings.forge().gitlab().apiUrl(), "https://gitlab.com/api/v4");
        requireHttp(
                "forgeway.forge.forgejo.api-url", settings.forge().forgejo().apiUrl(), "https://codeberg.org/api/v1");
        requireHttp(
                "forgeway.forge.pagure.api-url",
                settings.forge().pagure().apiUrl(),
                "https://src.fedoraproject.org/api/0");
        requireHttp("forgeway.service.copr.url", settings.service().copr().url(), "https://copr.fedorainfracloud.org");
        ServiceSettings.DistGit distGit = settings.service().distGit();
        requireHttp("forgeway.service.dist-git.url", distGit.url(), "https://src.fedoraproject.org");
        requireHttp(
                "forgeway.service.dist-git.lookaside-url",
                distGit.lookasideUrl(),
                "https://src.fedoraproject.org/repo/pkgs/upload.cgi");
        requireHttp(
                "forgeway.service.datagrepper.url",
                settings.service().datagrepper().url(),
                "https://apps.fedoraproject.org/datagrepper");
        requireHttp("forgeway.service.bodhi.url", settings.service().bodhi().url(), "https://bodhi.fedoraproject.org");
        requireHttp("forgeway.service.anitya.url", settings.service().anitya().url(), "https://release-monitoring.org");
        requireHttp("forgeway.service.fas.url", settings.service().fas().url(), "http://fasjson-proxy:8080");
    }

    /** Results come only where Testing Farm can tell of them. */
    private void checkTestingFarm() {
        ServiceSettings.TestingFarm farm = settings.service().testingFarm();
        requireHttp("forgeway.service.testing-farm.url", farm.url(), "https://api.testing-farm.io/v0.1");
        if (farm.apiKey() == null || !settings.hasRole(Role.HANDLE)) {
            return;
        }
        if (settings.publicUrl() == null) {
            add("forgeway.public-url", "is missing; Testing Farm tells results there", "https://forgeway.example.org");
        }
        if (settings.ingest().testingFarm().secrets().isEmpty()) {
            add(
                    "forgeway.ingest.testing-farm.secrets",
                    "is missing; Testing Farm shows the first of them when it tells results",
                    "(output of: openssl rand -hex 32)");
        }
    }

    private void checkKoji() {
        ServiceSettings.Koji koji = settings.service().koji();
        requireHttp("forgeway.service.koji.url", koji.url(), "https://koji.fedoraproject.org/kojihub");
        requireHttp("forgeway.service.koji.web-url", koji.webUrl(), "https://koji.fedoraproject.org/koji");
        if ((koji.certificate() == null) != (koji.privateKey() == null)) {
            add("forgeway.service.koji.certificate", "and private-key go together", "/etc/forgeway/koji.crt");
        }
    }

    private void checkBodhi() {
        if (settings.service().bodhi().releasesInterval().toMillis() < 1) {
            add("forgeway.service.bodhi.releases-interval", "must be positive", "1h");
        }
    }

    private void checkDecide() {
        if (settings.decide().ciCommandPrefix().equals(settings.decide().commandPrefix())) {
            add("forgeway.decide.ci-command-prefix", "must not be forgeway.decide.command-prefix", "/packit-ci");
        }
        if (settings.decide().burstConcurrency() < settings.decide().concurrency()) {
            add("forgeway.decide.burst-concurrency", "must not be below forgeway.decide.concurrency", "24");
        }
    }

    private void requireHttp(String key, @Nullable URI uri, String example) {
        if (uri != null && (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()))) {
            add(key, "must be an http or https URL", example);
        }
    }

    private void checkSources() {
        IngestSettings ingest = settings.ingest();
        checkSecrets("github.secrets", ingest.github().secrets());
        checkSecrets("gitlab.secrets", ingest.gitlab().secrets());
        checkSecrets("forgejo.secrets", ingest.forgejo().secrets());
        checkSecrets("pagure.secrets", ingest.pagure().secrets());
        checkSecrets("testing-farm.secrets", ingest.testingFarm().secrets());
        checkSecrets("cloudevents.tokens", ingest.cloudevents().tokens());
        checkProjectSecrets("github", ingest.github().projectSecrets());
        checkProjectSecrets("gitlab", ingest.gitlab().projectSecrets());
        checkProjectSecrets("forgejo", ingest.forgejo().projectSecrets());
        checkProjectSecrets("pagure", ingest.pagure().projectSecrets());
        checkKeys("gitlab.signing-secrets", ingest.gitlab().signingSecrets());
        checkKeys("standard-webhooks.signing-secrets", ingest.standardWebhooks().signingSecrets());
        checkPolling(ingest.githubPolling());
        checkBuses(ingest);
        if (settings.hasRole(Role.INGEST) && !ingest.anyOn()) {
            add(
                    "forgeway.ingest.github.secrets",
                    "is missing, and so is every other source: nothing could come in",
                    "(output of: openssl rand -hex 32)");
        }
    }

    private void checkProjectSecrets(String source, Map<String, List<Secret>> byProject) {
        byProject.forEach((project, secrets) -> checkSecrets(source + ".project-secrets[" + project + "]", secrets));
    }

    private void checkPolling(IngestSettings.Polling polling) {
        for (String repository : polling.repositories()) {
            if (!repository.matches("[^/\\s]+/[^/\\s]+")) {
                add("forgeway.ingest.github-polling.repositories", "must have the form owner/name", "packit/hello");
            }
        }
        if (polling.interval().toMillis() < 1) {
            add("forgeway.ingest.github-polling.interval", "must be positive", "60s");
        }
    }

    private void checkSecrets(String key, List<Secret> secrets) {
        for (int index = 0; index < secrets.size(); index++) {
            if (secrets.get(index).isBlank()) {
                add("forgeway.ingest." + key + "[" + index + "]", "is blank", "(output of: openssl rand -hex 32)");
            }
        }
    }

    private void checkKeys(String key, List<Secret> secrets) {
        for (int index = 0; index < secrets.size(); index++) {
            if (!secrets.get(index).value().matches(SIGNING_KEY)) {
                add(
                        "forgeway.ingest." + key + "[" + index + "]",
                        "must be whsec_ and Base64 text",
                        "whsec_(output of: openssl rand -base64 32)");
            }
        }
    }

    private void checkBuses(IngestSettings ingest) {
        if (ingest.busPause().toMillis() < 1) {
            add("forgeway.ingest.bus-pause", "must be positive", "5s");
        }
        IngestSettings.Amqp amqp = ingest.amqp();
        if (amqp.isOn() && amqp.addresses().isEmpty() && amqp.subscriptions().isEmpty()) {
            add("forgeway.ingest.amqp.addresses", "is missing, but forgeway.ingest.amqp.url is set", "fedora.copr");
        }
        if (!amqp.subscriptions().isEmpty() && amqp.clientId() == null) {
            add("forgeway.ingest.amqp.client-id", "is missing, but subscriptions are set", "forgeway");
        }
        IngestSettings.FedoraMessaging fedora = ingest.fedoraMessaging();
        if (fedora.isOn() && fedora.queue() == null) {
            add("forgeway.ingest.fedora-messaging.queue", "is missing, but url is set", "forgeway");
        }
        if (fedora.isOn() && fedora.topics().isEmpty()) {
            add(
                    "forgeway.ingest.fedora-messaging.topics",
                    "is missing, but url is set",
                    "org.fedoraproject.prod.copr.#");
        }
        if ((fedora.certificate() == null) != (fedora.privateKey() == null)) {
            add(
                    "forgeway.ingest.fedora-messaging.certificate",
                    "and private-key go together",
                    "/etc/forgeway/fedora.crt");
        }
        if (ingest.mqtt().isOn() && ingest.mqtt().topics().isEmpty()) {
            add("forgeway.ingest.mqtt.topics", "is missing, but url is set", "org.centos.prod.#");
        }
    }

    private void checkGitHub() {
        ForgeSettings.GitHub github = settings.forge().github();
        boolean hasApp = github.appId() != null;
        boolean hasKey = github.privateKey() != null;
        if (hasApp && !hasKey) {
            add("forgeway.forge.github.private-key", "is missing, but app-id is set", "file:/etc/forgeway/github.pem");
        } else if (hasKey && !hasApp) {
            add("forgeway.forge.github.app-id", "is missing, but private-key is set", "123456");
        } else if (!hasApp && github.token() == null && callsGitHub()) {
            add(
                    "forgeway.forge.github.app-id",
                    "is missing (with private-key), and so is token: GitHub could not be called",
                    "123456");
        }
    }

    /** Only the source tells that GitHub is wanted; a process that only takes deliveries in does not call it. */
    private boolean callsGitHub() {
        return (settings.ingest().github().isOn()
                        || settings.ingest().githubPolling().isOn())
                && (settings.hasRole(Role.DECIDE) || settings.hasRole(Role.HANDLE) || settings.hasRole(Role.REPORT));
    }

    private void checkPrivateKey() {
        Secret key = settings.forge().github().privateKey();
        if (key == null) {
            return;
        }
        try {
            PrivateKeyPem.read(key);
        } catch (IllegalArgumentException e) {
            add("forgeway.forge.github.private-key", String.valueOf(e.getMessage()), "file:/etc/forgeway/github.pem");
        }
    }

    private void checkCopr() {
        boolean builds = settings.ingest().github().isOn() || settings.forge().anyOtherOn();
        if (!builds || !settings.hasRole(Role.HANDLE)) {
            return;
        }
        ServiceSettings.Copr copr = settings.service().copr();
        requireCopr("login", copr.login(), "(login from https://copr.fedorainfracloud.org/api/)");
        requireCopr("token", copr.token(), "(token from https://copr.fedorainfracloud.org/api/)");
        requireCopr("owner", copr.owner(), "@my-group");
    }

    private void requireCopr(String name, @Nullable Object value, String example) {
        if (value == null) {
            add("forgeway.service.copr." + name, "is missing; builds of pull requests need it", example);
        }
    }

    private void checkService() {
        if (settings.service().answerTimeout().toMillis() < 1) {
            add("forgeway.service.answer-timeout", "must be positive", "20s");
        }
    }

    /** A place whose sender died is left alone until nothing of what it sent can show up any more. */
    private void checkReport() {
        Duration effect = settings.service().effectTimeout();
        if (settings.report().claimLease().compareTo(effect) < 0) {
            add(
                    "forgeway.report.claim-lease",
                    "has to be at least twice as long as forgeway.service.answer-timeout",
                    effect.toSeconds() + "s");
        }
    }

    private void checkBroker() {
        BrokerSettings broker = settings.broker();
        if (broker.mode() == BrokerSettings.Mode.REMOTE && broker.url() == null) {
            add(
                    "forgeway.broker.url",
                    "is missing, but forgeway.broker.mode is remote",
                    "tcp://broker.example.org:61616");
        }
    }

    private void add(String key, String problem, String example) {
        mistakes.add(new Mistake(key, problem, key + "=" + example));
    }
}
