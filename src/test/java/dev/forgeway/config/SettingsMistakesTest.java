package dev.forgeway.config;

import static dev.forgeway.config.SettingsFixture.complete;
import static dev.forgeway.config.SettingsFixture.completeWith;
import static dev.forgeway.config.SettingsFixture.mistakes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SettingsMistakesTest {

    static Stream<Arguments> oneMistake() {
        String github = "forgeway.forge.github.";
        return Stream.of(
                row(
                        "no source",
                        "forgeway.ingest.github.secrets",
                        "nothing could come in",
                        "forgeway.ingest.github.secrets",
                        ""),
                row(
                        "blank secret",
                        "forgeway.ingest.github.secrets[0]",
                        "is blank",
                        "forgeway.ingest.github.secrets",
                        "",
                        "forgeway.ingest.github.secrets[0]",
                        " "),
                row(
                        "blank secret of a project",
                        "forgeway.ingest.forgejo.project-secrets[codeberg.org/packit][0]",
                        "is blank",
                        "forgeway.ingest.forgejo.project-secrets.[codeberg.org/packit][0]",
                        " "),
                row(
                        "gap in a list",
                        "forgeway.ingest.github.secrets[2]",
                        "without a gap",
                        "forgeway.ingest.github.secrets",
                        "",
                        "forgeway.ingest.github.secrets[0]",
                        "long-enough",
                        "forgeway.ingest.github.secrets[2]",
                        "long-enough"),
                row("folder of an unclear place", "forgeway.data-dir", "begin with ./", "forgeway.data-dir", "data"),
                row("no credentials", github + "app-id", "token", github + "token", ""),
                row(
                        "address that is none",
                        "forgeway.forge.gitlab.api-url",
                        "must be an http or https URL",
                        "forgeway.forge.gitlab.api-url",
                        "gitlab.com"),
                row("app without key", github + "private-key", "is missing", github + "app-id", "1"),
                row("key without app", github + "app-id", "is missing", github + "private-key", SettingsFixture.PKCS8),
                row(
                        "key is no PEM",
                        github + "private-key",
                        "is not PEM",
                        github + "app-id",
                        "1",
                        github + "private-key",
                        "nonsense"),
                row(
                        "key is damaged",
                        github + "private-key",
                        "not an RSA",
                        github + "app-id",
                        "1",
                        github + "private-key",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
                row(
                        "key of another kind",
                        github + "private-key",
                        "not an RSA",
                        github + "app-id",
                        "1",
                        github + "private-key",
                        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----"),
                row(
                        "key has a password",
                        github + "private-key",
                        "password",
                        github + "app-id",
                        "1",
                        github + "private-key",
                        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"),
                row(
                        "key file is absent",
                        github + "private-key",
                        "cannot be read",
                        github + "app-id",
                        "1",
                        github + "private-key",
                        "file:/nowhere/key.pem"),
                row("api url", github + "api-url", "http", github + "api-url", "ftp://example.org"),
                row("copr url", "forgeway.service.copr.url", "http", "forgeway.service.copr.url", "copr.example.org"),
                row(
                        "bodhi url",
                        "forgeway.service.bodhi.url",
                        "http",
                        "forgeway.service.bodhi.url",
                        "bodhi.example.org"),
                row(
                        "dist-git url",
                        "forgeway.service.dist-git.url",
                        "http",
                        "forgeway.service.dist-git.url",
                        "src.example.org"),
                row(
                        "lookaside url",
                        "forgeway.service.dist-git.lookaside-url",
                        "http",
                        "forgeway.service.dist-git.lookaside-url",
                        "src.example.org"),
                row(
                        "bodhi interval",
                        "forgeway.service.bodhi.releases-interval",
                        "must be positive",
                        "forgeway.service.bodhi.releases-interval",
                        "0s"),
                row("bus pause", "forgeway.ingest.bus-pause", "must be positive", "forgeway.ingest.bus-pause", "0s"),
                row(
                        "missed deliveries",
                        "forgeway.schedule.missed-deliveries.repositories",
                        "owner/name",
                        "forgeway.schedule.missed-deliveries.repositories",
                        "hello",
                        "forgeway.public-url",
                        "https://forgeway.example.org"),
                row(
                        "webhooks of GitLab",
                        "forgeway.schedule.missed-deliveries.gitlab-projects",
                        "whole paths",
                        "forgeway.schedule.missed-deliveries.gitlab-projects",
                        "hello",
                        "forgeway.public-url",
                        "https://forgeway.example.org",
                        "forgeway.forge.gitlab.token",
                        "t"),
                row(
                        "webhooks of GitLab without a token",
                        "forgeway.forge.gitlab.token",
                        "is missing, but forgeway.schedule.missed-deliveries.gitlab-projects is set",
                        "forgeway.schedule.missed-deliveries.gitlab-projects",
                        "packit/hello",
                        "forgeway.public-url",
                        "https://forgeway.example.org"),
                row(
                        "retirement at once",
                        "forgeway.schedule.retirement.notice",
                        "must be positive",
                        "forgeway.schedule.retirement.notice",
                        "0s"),
                row(
                        "warning by an issue that has no place",
                        "forgeway.handle.installation.approval-repository",
                        "is missing, but forgeway.schedule.retirement.warn-by is issue",
                        "forgeway.schedule.retirement.warn-by",
                        "issue"),
                row(
                        "retirement without an App",
                        "forgeway.forge.github.app-id",
                        "is missing, but forgeway.schedule.retirement.action is set",
                        "forgeway.schedule.retirement.action",
                        "suspend"),
                row(
                        "missed deliveries without an address",
                        "forgeway.public-url",
                        "is missing; the webhooks of",
                        "forgeway.schedule.missed-deliveries.repositories",
                        "packit/hello"),
                row(
                        "schedule",
                        "forgeway.schedule.pending.quiet",
                        "must be positive",
                        "forgeway.schedule.pending.quiet",
                        "0s"),
                row(
                        "retention",
                        "forgeway.schedule.retention.ignored",
                        "twice forgeway.decide.duplicate-window",
                        "forgeway.schedule.retention.ignored",
                        "5d"),
                row("public url", "forgeway.public-url", "http", "forgeway.public-url", "https:no-host"),
                row("url syntax", "forgeway.public-url", "a URL", "forgeway.public-url", "http://["),
                row(
                        "testing farm url",
                        "forgeway.service.testing-farm.url",
                        "http",
                        "forgeway.service.testing-farm.url",
                        "api.testing-farm.io"),
                row(
                        "testing farm without an address for results",
                        "forgeway.public-url",
                        "Testing Farm tells results there",
                        "forgeway.service.testing-farm.api-key",
                        "key",
                        "forgeway.ingest.testing-farm.secrets",
                        "secret"),
                row(
                        "testing farm without a token for results",
                        "forgeway.ingest.testing-farm.secrets",
                        "is missing",
                        "forgeway.service.testing-farm.api-key",
                        "key",
                        "forgeway.public-url",
                        "https://forgeway.example.org"),
                row("copr login", "forgeway.service.copr.login", "is missing", "forgeway.service.copr.login", ""),
                row("copr token", "forgeway.service.copr.token", "is missing", "forgeway.service.copr.token", ""),
                row("copr owner", "forgeway.service.copr.owner", "is missing", "forgeway.service.copr.owner", ""),
                row(
                        "amqp addresses",
                        "forgeway.ingest.amqp.addresses",
                        "is missing",
                        "forgeway.ingest.amqp.url",
                        "amqp://localhost"),
                row("remote broker", "forgeway.broker.url", "is missing", "forgeway.broker.mode", "remote"),
                row("broker mode", "forgeway.broker.mode", "embedded, remote", "forgeway.broker.mode", "inside"),
                row("role", "forgeway.roles", "one of ingest, decide", "forgeway.roles", "ingest,bogus"),
                row(
                        "indexed role",
                        "forgeway.roles[0]",
                        "one of ingest, decide",
                        "forgeway.roles[0]",
                        "bogus",
                        "forgeway.roles[1]",
                        "ingest"),
                row("number", "forgeway.decide.concurrency", "a whole number", "forgeway.decide.concurrency", "many"),
                row(
                        "range",
                        "forgeway.handle.long-concurrency",
                        "greater than or equal to 1",
                        "forgeway.handle.long-concurrency",
                        "0"),
                row(
                        "priority",
                        "forgeway.dispatch.priority.base-command",
                        "less than or equal to 9",
                        "forgeway.dispatch.priority.base-command",
                        "10"),
                row(
                        "override",
                        "forgeway.dispatch.priority.overrides[github.com/a]",
                        "greater than or equal to -9",
                        "forgeway.dispatch.priority.overrides.[github.com/a]",
                        "-10"),
                row("duration", "forgeway.report.claim-lease", "a duration", "forgeway.report.claim-lease", "soon"),
                row(
                        "lease that ends before a call",
                        "forgeway.report.claim-lease",
                        "twice as long as forgeway.service.answer-timeout",
                        "forgeway.service.answer-timeout",
                        "31s"),
                row(
                        "no time for an answer",
                        "forgeway.service.answer-timeout",
                        "must be positive",
                        "forgeway.service.answer-timeout",
                        "0s"),
                row("size", "forgeway.ingest.max-body-size", "a size", "forgeway.ingest.max-body-size", "big"),
                row(
                        "prefix",
                        "forgeway.decide.command-prefix",
                        "one word",
                        "forgeway.decide.command-prefix",
                        "/packit it"),
                row(
                        "prefixes",
                        "forgeway.decide.ci-command-prefix",
                        "must not be forgeway.decide.command-prefix",
                        "forgeway.decide.ci-command-prefix",
                        "/packit"),
                row(
                        "namespace",
                        "forgeway.decide.enabled-private-namespaces",
                        "host/namespace",
                        "forgeway.decide.enabled-private-namespaces",
                        "packit"),
                row("placeholder", "forgeway.admin.token", "not set", "forgeway.admin.token", "${NO_SUCH_VARIABLE}"),
                row(
                        "slip of the pen",
                        "forgeway.admin.tokn",
                        "did you mean forgeway.admin.token?",
                        "forgeway.admin.tokn",
                        "x"),
                row(
                        "unknown key",
                        "forgeway.nothing.like.this.exists",
                        "no such key",
                        "forgeway.nothing.like.this.exists",
                        "x"));
    }

    private static Arguments row(String name, String key, String problem, String... keysAndValues) {
        return Arguments.of(name, key, problem, completeWith(keysAndValues));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneMistake")
    void namesTheKeyAndTheProblem(String name, String key, String problem, Map<String, Object> properties) {
        assertThat(mistakes(properties)).singleElement().satisfies(mistake -> {
            assertThat(mistake.key()).isEqualTo(key);
            assertThat(mistake.problem()).contains(problem);
            assertThat(mistake.example()).isNotBlank();
        });
    }

    @Test
    void acceptsBothFormsOfPrivateKeyAndAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), SettingsFixture.PKCS1);
        for (String key : List.of(SettingsFixture.PKCS1, SettingsFixture.PKCS8, "file:" + file)) {
            assertThat(mistakes(completeWith(
                            "forgeway.forge.github.app-id", "1", "forgeway.forge.github.private-key", key)))
                    .isEmpty();
        }
        assertThat(PrivateKeyPem.read(Secret.of(SettingsFixture.PKCS1)))
                .isEqualTo(PrivateKeyPem.read(Secret.of(SettingsFixture.PKCS8)));
    }

    @Test
    void asksAProcessOnlyForWhatItsRolesNeed() {
        assertThat(mistakes(Map.of("forgeway.roles", "ingest", "forgeway.ingest.github.secrets", "long-enough")))
                .isEmpty();
        assertThat(mistakes(Map.of("forgeway.roles", "handle", "forgeway.forge.github.token", "t")))
                .isEmpty();
    }

    @Test
    void findsAMisspeltVariable() {
        assertThat(mistakes(complete(), Map.of("FORGEWAY_INGEST_GITHUB_SECRET_0", "long-enough")))
                .singleElement()
                .satisfies(mistake -> {
                    assertThat(mistake.key()).isEqualTo("forgeway.ingest.github.secrets");
                    assertThat(mistake.problem()).contains("FORGEWAY_INGEST_GITHUB_SECRET_0");
                });
    }

    @Test
    void tellsFiveMistakesInOneMessage() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("forgeway.ingest.github.secrets[0]", "long-enough");
        properties.put("forgeway.ingest.github.secrets[1]", " ");
        properties.put("forgeway.forge.github.app-id", "1");
        properties.put("forgeway.forge.github.private-key", "hidden-key");
        properties.put("forgeway.decide.concurrency", "many");
        properties.put("forgeway.brokr.mode", "remote");
        properties.put("forgeway.service.copr.login", "login");
        properties.put("forgeway.service.copr.token", "hidden-token");

        InvalidSettingsException failure =
                catchThrowableOfType(InvalidSettingsException.class, () -> SettingsFixture.bind(properties));
        FailureAnalysis analysis = new InvalidSettingsFailureAnalyzer().analyze(failure);

        assertThat(failure.mistakes()).hasSize(5);
        assertThat(analysis.getDescription())
                .contains("5 settings are wrong")
                .contains("forgeway.ingest.github.secrets[1]  (environment: FORGEWAY_INGEST_GITHUB_SECRETS_1)")
                .contains("forgeway.forge.github.private-key  (environment: FORGEWAY_FORGE_GITHUB_PRIVATEKEY)")
                .contains("forgeway.decide.concurrency", "forgeway.brokr.mode", "forgeway.broker.mode")
                .contains("forgeway.service.copr.owner", "for example: forgeway.service.copr.owner=@my-group");
        assertThat(analysis.getDescription() + failure.getMessage())
                .doesNotContain("long-enough")
                .doesNotContain("hidden");
    }
}
