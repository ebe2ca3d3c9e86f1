package dev.forgeway.config;

import static dev.forgeway.config.SettingsFixture.bind;
import static dev.forgeway.config.SettingsFixture.complete;
import static dev.forgeway.config.SettingsFixture.completeWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    private static final Map<String, String> EVERY_KEY = SubscriptionSettings.with(Map.ofEntries(
            Map.entry("forgeway.data-dir", "/var/lib/forgeway"),
            Map.entry("forgeway.roles", "decide,handle"),
            Map.entry("forgeway.public-url", "https://forgeway.example.org"),
            Map.entry("forgeway.admin.token", "admin-secret"),
            Map.entry("forgeway.ingest.github.secrets", "webhook-secret-1,webhook-secret-2"),
            Map.entry("forgeway.ingest.github.project-secrets.[github.com/packit]", "project-secret"),
            Map.entry("forgeway.ingest.gitlab.secrets", "gitlab-secret"),
            Map.entry("forgeway.ingest.gitlab.project-secrets.[gitlab.com/packit]", "project-secret"),
            Map.entry("forgeway.ingest.gitlab.jwt-secret", "jwt-secret"),
            Map.entry("forgeway.ingest.gitlab.signing-secrets", "whsec_c2VjcmV0"),
            Map.entry("forgeway.ingest.forgejo.secrets", "forgejo-secret"),
            Map.entry("forgeway.ingest.forgejo.project-secrets.[codeberg.org/packit]", "project-secret"),
            Map.entry("forgeway.ingest.pagure.secrets", "pagure-secret"),
            Map.entry("forgeway.ingest.pagure.project-secrets.[pagure.io/packit]", "project-secret"),
            Map.entry("forgeway.ingest.pagure.sha1", "true"),
            Map.entry("forgeway.ingest.testing-farm.secrets", "farm-secret"),
            Map.entry("forgeway.ingest.standard-webhooks.signing-secrets", "whsec_c2VjcmV0"),
            Map.entry("forgeway.ingest.cloudevents.tokens", "events-secret"),
            Map.entry("forgeway.ingest.cloudevents.allowed-origins", "events.example.org"),
            Map.entry("forgeway.ingest.max-body-size", "1MB"),
            Map.entry("forgeway.ingest.bus-pause", "2s"),
            Map.entry("forgeway.ingest.amqp.url", "amqps://bus.example.org:5671"),
            Map.entry("forgeway.ingest.amqp.addresses", "copr,koji"),
            Map.entry("forgeway.ingest.amqp.subscriptions", "topic/one"),
            Map.entry("forgeway.ingest.amqp.client-id", "forgeway-1"),
            Map.entry("forgeway.ingest.amqp.user", "bus-user"),
            Map.entry("forgeway.ingest.amqp.password", "bus-secret"),
            Map.entry("forgeway.ingest.fedora-messaging.url", "amqps://rabbit.example.org"),
            Map.entry("forgeway.ingest.fedora-messaging.exchange", "zmq.topic"),
            Map.entry("forgeway.ingest.fedora-messaging.queue", "forgeway"),
            Map.entry("forgeway.ingest.fedora-messaging.topics", "org.fedoraproject.prod.copr.#"),
            Map.entry("forgeway.ingest.fedora-messaging.prefetch", "20"),
            Map.entry("forgeway.ingest.fedora-messaging.consumers", "3"),
            Map.entry("forgeway.ingest.fedora-messaging.ca-certificate", "/etc/ca.pem"),
            Map.entry("forgeway.ingest.fedora-messaging.certificate", "/etc/cert.pem"),
            Map.entry("forgeway.ingest.fedora-messaging.private-key", "/etc/key.pem"),
            Map.entry("forgeway.ingest.fedora-messaging.owners", "packit"),
            Map.entry("forgeway.ingest.fedora-messaging.filter.koji-methods", "build,image"),
            Map.entry("forgeway.ingest.fedora-messaging.filter.ignored-owners", "releng,bodhi"),
            Map.entry("forgeway.ingest.fedora-messaging.filter.tags", "-side-,-rebuild"),
            Map.entry("forgeway.ingest.fedora-messaging.filter.changed-files", ".spec,sources"),
            Map.entry("forgeway.ingest.fedora-messaging.filter.distributions", "CentOS,Fedora"),
            Map.entry("forgeway.ingest.mqtt.url", "ssl://mqtt.example.org:8883"),
            Map.entry("forgeway.ingest.mqtt.topics", "org.centos.prod.#"),
            Map.entry("forgeway.ingest.mqtt.client-id", "forgeway-2"),
            Map.entry("forgeway.ingest.mqtt.user", "mqtt-user"),
            Map.entry("forgeway.ingest.mqtt.password", "mqtt-secret"),
            Map.entry("forgeway.ingest.mqtt.ca-certificate", "/etc/mqtt-ca.pem"),
            Map.entry("forgeway.ingest.github-polling.repositories", "packit/hello"),
            Map.entry("forgeway.ingest.github-polling.interval", "5m"),
            Map.entry("forgeway.decide.package-config-names", "one.yaml,two.yaml"),
            Map.entry("forgeway.decide.command-prefix", "/packit-stg"),
            Map.entry("forgeway.decide.ci-command-prefix", "/packit-ci-stg"),
            Map.entry("forgeway.decide.fedora-ci-projects", "src.example.org/rpms"),
            Map.entry("forgeway.decide.enabled-private-namespaces", "github.com/packit"),
            Map.entry("forgeway.decide.own-accounts", "packit-as-a-service[bot]"),
            Map.entry("forgeway.decide.admins", "github.com/ada"),
            Map.entry("forgeway.decide.instance", "stg"),
            Map.entry("forgeway.decide.duplicate-window", "1h"),
            Map.entry("forgeway.decide.concurrency", "3"),
            Map.entry("forgeway.decide.burst-concurrency", "30"),
            Map.entry("forgeway.dispatch.priority.base-pull-request", "1"),
            Map.entry("forgeway.dispatch.priority.base-command", "2"),
            Map.entry("forgeway.dispatch.priority.base-result", "3"),
            Map.entry("forgeway.dispatch.priority.base-other", "2"),
            Map.entry("forgeway.dispatch.priority.handlers.[help]", "8"),
            Map.entry("forgeway.dispatch.priority.overrides.[github.com/packit]", "-2"),
            Map.entry("forgeway.dispatch.priority.active.day", "3"),
            Map.entry("forgeway.dispatch.priority.active.week", "2"),
            Map.entry("forgeway.dispatch.priority.active.month", "0"),
            Map.entry("forgeway.dispatch.priority.fair-share.per-namespace", "20"),
            Map.entry("forgeway.dispatch.priority.fair-share.per-project", "15"),
            Map.entry("forgeway.dispatch.priority.fair-share.per-pull-request", "5"),
            Map.entry("forgeway.dispatch.priority.fair-share.most", "3"),
            Map.entry("forgeway.dispatch.cancel-superseded", "false"),
            Map.entry("forgeway.handle.classes", "long"),
            Map.entry("forgeway.handle.short-concurrency", "4"),
            Map.entry("forgeway.handle.long-concurrency", "5"),
            Map.entry("forgeway.handle.concurrency.[copr-build]", "3"),
            Map.entry("forgeway.handle.lower-share", "20"),
            Map.entry("forgeway.handle.most-per-namespace", "6"),
            Map.entry("forgeway.handle.installation.approval-repository", "packit/notifications"),
            Map.entry("forgeway.service.anitya.url", "http://localhost:9017"),
            Map.entry("forgeway.service.fas.url", "http://localhost:9006"),
            Map.entry("forgeway.handle.most-per-project", "2"),
            Map.entry("forgeway.report.concurrency", "6"),
            Map.entry("forgeway.service.answer-timeout", "10s"),
            Map.entry("forgeway.report.claim-lease", "50s"),
            Map.entry("forgeway.service.datagrepper.url", "http://localhost:9016/datagrepper"),
            Map.entry("forgeway.report.progress-interval", "2s"),
            Map.entry("forgeway.schedule.interval", "30s"),
            Map.entry("forgeway.schedule.redrive-after", "3h,6h"),
            Map.entry("forgeway.schedule.pending.quiet", "2m"),
            Map.entry("forgeway.schedule.pending.longest-interval", "2h"),
            Map.entry("forgeway.schedule.pending.limit", "1d"),
            Map.entry("forgeway.schedule.retention.bodies", "1d"),
            Map.entry("forgeway.schedule.retention.steps", "2d"),
            Map.entry("forgeway.schedule.retention.ignored", "3d"),
            Map.entry("forgeway.schedule.retention.filtered", "4d"),
            Map.entry("forgeway.schedule.retention.dispatched", "5d"),
            Map.entry("forgeway.schedule.retention.parked", "6d"),
            Map.entry("forgeway.schedule.missed-deliveries.interval", "4m"),
            Map.entry("forgeway.schedule.lost-messages.interval", "1m"),
            Map.entry("forgeway.schedule.lost-messages.after", "9m"),
            Map.entry("forgeway.schedule.retirement.after", "60d"),
            Map.entry("forgeway.schedule.retirement.notice", "7d"),
            Map.entry("forgeway.schedule.retirement.warn-by", "issue"),
            Map.entry("forgeway.schedule.retirement.action", "uninstall"),
            Map.entry("forgeway.schedule.missed-deliveries.repositories", "packit/hello"),
            Map.entry("forgeway.schedule.missed-deliveries.gitlab-projects", "packit/group/hello"),
            Map.entry("forgeway.forge.github.api-url", "http://localhost:9001/api/v3"),
            Map.entry("forgeway.forge.github.app-id", "42"),
            Map.entry("forgeway.forge.github.private-key", SettingsFixture.PKCS1),
            Map.entry("forgeway.forge.github.token", "forge-secret"),
            Map.entry("forgeway.forge.gitlab.api-url", "http://localhost:9003/api/v4"),
            Map.entry("forgeway.forge.gitlab.token", "gitlab-token"),
            Map.entry("forgeway.forge.forgejo.api-url", "http://localhost:9004/api/v1"),
            Map.entry("forgeway.forge.forgejo.token", "forgejo-token"),
            Map.entry("forgeway.forge.pagure.api-url", "http://localhost:9005/api/0"),
            Map.entry("forgeway.forge.pagure.token", "pagure-token"),
            Map.entry("forgeway.forge.pagure.packager-groups", "packager"),
            Map.entry("forgeway.service.copr.url", "http://localhost:9002"),
            Map.entry("forgeway.service.koji.url", "http://localhost:9006/kojihub"),
            Map.entry("forgeway.service.koji.web-url", "http://localhost:9006/koji"),
            Map.entry("forgeway.service.koji.ca-certificate", "/etc/forgeway/koji-ca.crt"),
            Map.entry("forgeway.service.koji.certificate", "/etc/forgeway/koji.crt"),
            Map.entry("forgeway.service.koji.private-key", "/etc/forgeway/koji.key"),
            Map.entry("forgeway.service.testing-farm.url", "http://localhost:9005/v0.1"),
            Map.entry("forgeway.service.testing-farm.api-key", "farm-key"),
            Map.entry("forgeway.service.testing-farm.composes.[fedora-eln]", "Fedora-ELN"),
            Map.entry("forgeway.service.copr.login", "copr-login"),
            Map.entry("forgeway.service.copr.token", "copr-secret"),
            Map.entry("forgeway.service.copr.owner", "@group"),
            Map.entry("forgeway.service.dist-git.url", "http://localhost:9006"),
            Map.entry("forgeway.service.dist-git.token", "dist-git-secret"),
            Map.entry("forgeway.service.dist-git.lookaside-url", "http://localhost:9006/upload.cgi"),
            Map.entry("forgeway.service.dist-git.packit", "/usr/bin/packit"),
            Map.entry("forgeway.service.bodhi.url", "http://localhost:9003"),
            Map.entry("forgeway.service.bodhi.releases-interval", "6h"),
            Map.entry("forgeway.service.bodhi.token", "bodhi-token"),
            Map.entry("forgeway.broker.mode", "remote"),
            Map.entry("forgeway.broker.url", "tcp://user:url-secret@broker:61616"),
            Map.entry("forgeway.broker.user", "broker-user"),
            Map.entry("forgeway.broker.password", "broker-secret"),
            Map.entry("forgeway.broker.amqp-acceptor", "tcp://127.0.0.1:5672")));

    @Test
    void hasWorkingDefaults() {
        Settings settings = bind(complete());

        assertThat(settings.dataDir()).isEqualTo(Path.of("./data"));
        assertThat(settings.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(settings.publicUrl()).isNull();
        assertThat(settings.admin().token()).isNull();
        assertThat(settings.ingest().maxBodySize()).isEqualTo(DataSize.ofMegabytes(25));
        assertThat(settings.ingest().amqp())
                .isEqualTo(new IngestSettings.Amqp(null, List.of(), List.of(), null, null, null));
        assertThat(settings.decide().packageConfigNames())
                .containsExactly(".packit.yaml", ".packit.yml", "packit.yaml", "packit.yml");
        assertThat(settings.decide().commandPrefix()).isEqualTo("/packit");
        assertThat(settings.decide().ciCommandPrefix()).isEqualTo("/packit-ci");
        assertThat(settings.decide().fedoraCiProjects()).isEmpty();
        assertThat(settings.decide().enabledPrivateNamespaces()).isEmpty();
        assertThat(settings.decide().ownAccounts()).isEmpty();
        assertThat(settings.decide().admins()).isEmpty();
        assertThat(settings.decide().instance()).isEqualTo("prod");
        assertThat(settings.decide().duplicateWindow()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.decide().concurrency()).isEqualTo(8);
        assertThat(settings.decide().burstConcurrency()).isEqualTo(24);
        assertThat(settings.dispatch().priority())
                .isEqualTo(new DispatchSettings.Priority(
                        5,
                        7,
                        6,
                        3,
                        Map.of(),
                        Map.of(),
                        new DispatchSettings.Active(2, 2, 1),
                        new DispatchSettings.FairShare(10, 10, 6, 4)));
        assertThat(settings.dispatch().cancelSuperseded()).isTrue();
        assertThat(settings.handle())
                .isEqualTo(new HandleSettings(
                        Set.of(QueueClass.SHORT, QueueClass.LONG),
                        8,
                        2,
                        Map.of(),
                        10,
                        0,
                        0,
                        new HandleSettings.Installation(null),
                        new PublishSettings(
                                Map.of(),
                                Duration.ofSeconds(15),
                                new PublishSettings.FedoraMessaging(null, "amq.topic", null, null, null),
                                new PublishSettings.Amqp(null, null, null),
                                new PublishSettings.Mqtt(null, null, null, null)),
                        new ForwardSettings(Map.of()),
                        new OwnHandlersSettings(null, Map.of())));
        assertThat(settings.report()).isEqualTo(new ReportSettings(16, Duration.ofSeconds(60), Duration.ofSeconds(10)));
        assertThat(settings.schedule().interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.schedule().retirement())
                .isEqualTo(new ScheduleSettings.Retirement(
                        Duration.ofDays(30),
                        Duration.ofDays(14),
                        ScheduleSettings.Retirement.Warning.LOG,
                        ScheduleSettings.Retirement.Action.DRY_RUN));
        assertThat(settings.schedule().lostMessages())
                .isEqualTo(new ScheduleSettings.LostMessages(Duration.ofMinutes(5), Duration.ofMinutes(15)));
        assertThat(settings.schedule().pending())
                .isEqualTo(
                        new ScheduleSettings.Pending(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(7)));
        assertThat(settings.schedule().retention())
                .isEqualTo(new ScheduleSettings.Retention(
                        Duration.ofDays(14),
                        Duration.ofDays(30),
                        Duration.ofDays(14),
                        Duration.ofDays(30),
                        Duration.ofDays(180),
                        Duration.ofDays(90)));
        assertThat(settings.forge().github().apiUrl()).isEqualTo(URI.create("https://api.github.com"));
        assertThat(settings.forge().gitlab())
                .isEqualTo(new ForgeSettings.GitLab(URI.create("https://gitlab.com/api/v4"), null));
        assertThat(settings.forge().forgejo())
                .isEqualTo(new ForgeSettings.Forgejo(URI.create("https://codeberg.org/api/v1"), null));
        assertThat(settings.forge().pagure())
                .isEqualTo(
                        new ForgeSettings.Pagure(URI.create("https://src.fedoraproject.org/api/0"), null, List.of()));
        assertThat(settings.forge().anyOtherOn()).isFalse();
        assertThat(settings.service().testingFarm())
                .isEqualTo(new ServiceSettings.TestingFarm(
                        URI.create("https://api.testing-farm.io/v0.1"), null, Map.of()));
        assertThat(settings.service().distGit())
                .isEqualTo(new ServiceSettings.DistGit(
                        URI.create("https://src.fedoraproject.org"),
                        null,
                        URI.create("https://src.fedoraproject.org/repo/pkgs/upload.cgi"),
                        "packit"));
        assertThat(settings.service().koji())
                .isEqualTo(new ServiceSettings.Koji(
                        URI.create("https://koji.fedoraproject.org/kojihub"),
                        URI.create("https://koji.fedoraproject.org/koji"),
                        null,
                        null,
                        null));
        assertThat(settings.service().copr().url()).isEqualTo(URI.create("https://copr.fedorainfracloud.org"));
        assertThat(settings.service().bodhi())
                .isEqualTo(new ServiceSettings.Bodhi(
                        URI.create("https://bodhi.fedoraproject.org"), Duration.ofHours(1), null));
        assertThat(settings.broker())
                .isEqualTo(new BrokerSettings(BrokerSettings.Mode.EMBEDDED, null, null, null, null));
    }

    @Test
    void mapsEveryKey() {
        Settings settings = bind(new HashMap<>(EVERY_KEY));

        assertThat(EVERY_KEY.keySet().stream()
                        .map(key -> key.replaceAll("\\.\\[.*", ""))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        SettingKey.all().stream().map(SettingKey::name).toList());
        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("/var/lib/forgeway"),
                        Set.of(Role.DECIDE, Role.HANDLE),
                        URI.create("https://forgeway.example.org"),
                        new AdminSettings(Secret.of("admin-secret")),
                        new IngestSettings(
                                new IngestSettings.Webhook(
                                        List.of(Secret.of("webhook-secret-1"), Secret.of("webhook-secret-2")),
                                        Map.of("github.com/packit", List.of(Secret.of("project-secret")))),
                                new IngestSettings.GitLab(
                                        List.of(Secret.of("gitlab-secret")),
                                        Map.of("gitlab.com/packit", List.of(Secret.of("project-secret"))),
                                        Secret.of("jwt-secret"),
                                        List.of(Secret.of("whsec_c2VjcmV0"))),
                                new IngestSettings.Webhook(
                                        List.of(Secret.of("forgejo-secret")),
                                        Map.of("codeberg.org/packit", List.of(Secret.of("project-secret")))),
                                new IngestSettings.Pagure(
                                        List.of(Secret.of("pagure-secret")),
                                        Map.of("pagure.io/packit", List.of(Secret.of("project-secret"))),
                                        true),
                                new IngestSettings.TestingFarm(List.of(Secret.of("farm-secret"))),
                                new IngestSettings.StandardWebhooks(List.of(Secret.of("whsec_c2VjcmV0"))),
                                new IngestSettings.CloudEvents(
                                        List.of(Secret.of("events-secret")), List.of("events.example.org")),
                                DataSize.ofMegabytes(1),
                                Duration.ofSeconds(2),
                                new IngestSettings.Amqp(
                                        "amqps://bus.example.org:5671",
                                        List.of("copr", "koji"),
                                        List.of("topic/one"),
                                        "forgeway-1",
                                        "bus-user",
                                        Secret.of("bus-secret")),
                                new IngestSettings.FedoraMessaging(
                                        "amqps://rabbit.example.org",
                                        "zmq.topic",
                                        "forgeway",
                                        List.of("org.fedoraproject.prod.copr.#"),
                                        20,
                                        3,
                                        Path.of("/etc/ca.pem"),
                                        Path.of("/etc/cert.pem"),
                                        Path.of("/etc/key.pem"),
                                        List.of("packit"),
                                        new IngestSettings.BusFilter(
                                                List.of("build", "image"),
                                                List.of("releng", "bodhi"),
                                                List.of("-side-", "-rebuild"),
                                                List.of(".spec", "sources"),
                                                List.of("CentOS", "Fedora"))),
                                new IngestSettings.Mqtt(
                                        "ssl://mqtt.example.org:8883",
                                        List.of("org.centos.prod.#"),
                                        "forgeway-2",
                                        "mqtt-user",
                                        Secret.of("mqtt-secret"),
                                        Path.of("/etc/mqtt-ca.pem")),
                                new IngestSettings.Polling(List.of("packit/hello"), Duration.ofMinutes(5))),
                        new DecideSettings(
                                List.of("one.yaml", "two.yaml"),
                                "/packit-stg",
                                "/packit-ci-stg",
                                Set.of("src.example.org/rpms"),
                                Set.of("github.com/packit"),
                                Set.of("packit-as-a-service[bot]"),
                                Set.of("github.com/ada"),
                                "stg",
                                Duration.ofHours(1),
                                3,
                                30),
                        new DispatchSettings(
                                new DispatchSettings.Priority(
                                        1,
                                        2,
                                        3,
                                        2,
                                        Map.of("help", 8),
                                        Map.of("github.com/packit", -2),
                                        new DispatchSettings.Active(3, 2, 0),
                                        new DispatchSettings.FairShare(20, 15, 5, 3)),
                                false),
                        new HandleSettings(
                                Set.of(QueueClass.LONG),
                                4,
                                5,
                                Map.of("copr-build", 3),
                                20,
                                6,
                                2,
                                new HandleSettings.Installation("packit/notifications"),
                                SubscriptionSettings.PUBLISH,
                                SubscriptionSettings.FORWARD,
                                SubscriptionSettings.OWN),
                        new ReportSettings(6, Duration.ofSeconds(50), Duration.ofSeconds(2)),
                        new ScheduleSettings(
                                Duration.ofSeconds(30),
                                List.of(Duration.ofHours(3), Duration.ofHours(6)),
                                new ScheduleSettings.Pending(
                                        Duration.ofMinutes(2), Duration.ofHours(2), Duration.ofDays(1)),
                                new ScheduleSettings.Retention(
                                        Duration.ofDays(1),
                                        Duration.ofDays(2),
                                        Duration.ofDays(3),
                                        Duration.ofDays(4),
                                        Duration.ofDays(5),
                                        Duration.ofDays(6)),
                                new ScheduleSettings.MissedDeliveries(
                                        Duration.ofMinutes(4), List.of("packit/hello"), List.of("packit/group/hello")),
                                new ScheduleSettings.Retirement(
                                        Duration.ofDays(60),
                                        Duration.ofDays(7),
                                        ScheduleSettings.Retirement.Warning.ISSUE,
                                        ScheduleSettings.Retirement.Action.UNINSTALL),
                                new ScheduleSettings.LostMessages(Duration.ofMinutes(1), Duration.ofMinutes(9))),
                        new ForgeSettings(
                                new ForgeSettings.GitHub(
                                        URI.create("http://localhost:9001/api/v3"),
                                        "42",
                                        Secret.of(SettingsFixture.PKCS1),
                                        Secret.of("forge-secret")),
                                new ForgeSettings.GitLab(
                                        URI.create("http://localhost:9003/api/v4"), Secret.of("gitlab-token")),
                                new ForgeSettings.Forgejo(
                                        URI.create("http://localhost:9004/api/v1"), Secret.of("forgejo-token")),
                                new ForgeSettings.Pagure(
                                        URI.create("http://localhost:9005/api/0"),
                                        Secret.of("pagure-token"),
                                        List.of("packager"))),
                        new ServiceSettings(
                                Duration.ofSeconds(10),
                                new ServiceSettings.Copr(
                                        URI.create("http://localhost:9002"),
                                        "copr-login",
                                        Secret.of("copr-secret"),
                                        "@group"),
                                new ServiceSettings.Bodhi(
                                        URI.create("http://localhost:9003"),
                                        Duration.ofHours(6),
                                        Secret.of("bodhi-token")),
                                new ServiceSettings.TestingFarm(
                                        URI.create("http://localhost:9005/v0.1"),
                                        Secret.of("farm-key"),
                                        Map.of("fedora-eln", "Fedora-ELN")),
                                new ServiceSettings.DistGit(
                                        URI.create("http://localhost:9006"),
                                        Secret.of("dist-git-secret"),
                                        URI.create("http://localhost:9006/upload.cgi"),
                                        "/usr/bin/packit"),
                                new ServiceSettings.Datagrepper(URI.create("http://localhost:9016/datagrepper")),
                                new ServiceSettings.Koji(
                                        URI.create("http://localhost:9006/kojihub"),
                                        URI.create("http://localhost:9006/koji"),
                                        Path.of("/etc/forgeway/koji-ca.crt"),
                                        Path.of("/etc/forgeway/koji.crt"),
                                        Path.of("/etc/forgeway/koji.key")),
                                new ServiceSettings.Fas(URI.create("http://localhost:9006")),
                                new ServiceSettings.Anitya(URI.create("http://localhost:9017"))),
                        new BrokerSettings(
                                BrokerSettings.Mode.REMOTE,
                                "tcp://user:url-secret@broker:61616",
                                "broker-user",
                                Secret.of("broker-secret"),
                                "tcp://127.0.0.1:5672")));
    }

    @Test
    void letsNothingComeAgainByItselfWhoeverSaysSo() {
        String key = "forgeway.schedule.redrive-after";
        assertThat(bind(complete()).schedule().redriveAfter()).hasSize(5);

        assertThat(bind(completeWith(key, "0s")).schedule().redriveAfter()).isEmpty();
        assertThat(SettingsFixture.mistakes(completeWith(key, "1h,0s")))
                .containsExactly(new Mistake(key, "must be positive", key + "=1h,4h"));
    }

    @Test
    void neverPrintsASecret() {
        assertThat(bind(new HashMap<>(EVERY_KEY)).toString())
                .contains("****", "broker-user")
                .doesNotContain("-secret")
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void readsEnvironmentVariables() {
        Settings settings = bind(
                Map.of(),
                Map.of(
                        "FORGEWAY_INGEST_GITHUB_SECRETS_0", "first-secret",
                        "FORGEWAY_INGEST_GITHUB_SECRETS_1", "second-secret",
                        "FORGEWAY_DATADIR", "/data",
                        "FORGEWAY_DECIDE_DUPLICATE_WINDOW", "2h",
                        "FORGEWAY_FORGE_GITHUB_APPID", "7",
                        "FORGEWAY_FORGE_GITHUB_PRIVATEKEY", SettingsFixture.PKCS8.replace("\n", "\\n"),
                        "FORGEWAY_SERVICE_COPR_LOGIN", "login",
                        "FORGEWAY_SERVICE_COPR_TOKEN", "token",
                        "FORGEWAY_SERVICE_COPR_OWNER", "owner",
                        "FORGEWAY_ADMIN_TOKEN", ""));

        assertThat(settings.ingest().github().secrets())
                .containsExactly(Secret.of("first-secret"), Secret.of("second-secret"));
        assertThat(settings.dataDir()).isEqualTo(Path.of("/data"));
        assertThat(settings.decide().duplicateWindow()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.forge().github().appId()).isEqualTo("7");
        assertThat(settings.admin().token()).isNull();
    }

    @Test
    void leavesVariablesOfOtherSoftwareAlone() {
        Map<String, Object> variables = Map.of(
                "FORGEWAY_PORT", "tcp://10.0.0.1:8080",
                "FORGEWAY_PORT_8080_TCP_ADDR", "10.0.0.1",
                "FORGEWAY_SERVICE_HOST", "10.0.0.1",
                "FORGEWAY_SERVICE_PORT_HTTP", "8080",
                "FORGEWAY_BROKER_PORT", "tcp://10.0.0.2:61616",
                "FORGEWAY_VERSION", "1.2.3",
                "FORGEWAY_DISPATCH_PRIORITY_OVERRIDES_PACKIT", "2");

        assertThat(SettingsFixture.mistakes(complete(), variables)).isEmpty();
    }

    @Test
    void takesAnEmptyValueAsNotSet() {
        Map<String, Object> properties = complete();
        properties.putAll(Map.of("forgeway.broker.url", "", "forgeway.public-url", "", "forgeway.admin.token", " "));

        assertThat(bind(properties)).isEqualTo(bind(complete()));
    }
}
