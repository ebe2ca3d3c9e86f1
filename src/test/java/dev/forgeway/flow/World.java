package dev.forgeway.flow;

import dev.forgeway.simulator.AnityaSimulator;
import dev.forgeway.simulator.BodhiSimulator;
import dev.forgeway.simulator.BusSimulator;
import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.DistGitSimulator;
import dev.forgeway.simulator.FasJsonSimulator;
import dev.forgeway.simulator.ForgejoSimulator;
import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.GitLabSimulator;
import dev.forgeway.simulator.KojiSimulator;
import dev.forgeway.simulator.PagureSimulator;
import dev.forgeway.simulator.TestingFarmSimulator;
import dev.forgeway.simulator.TokenForgeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The outside world of one application: the forges, Copr, Koji and Testing Farm, whose builds and tests
 * move by hand, Bodhi and the bus. */
final class World implements AutoCloseable {

    static final String SECRET = "flow-webhook-secret";
    static final String ADMIN_TOKEN = "flow-admin-token-0123456789";
    static final String OWNER = "packit";
    static final String OWN_ACCOUNT = "forgeway[bot]";
    /** Under which Testing Farm finds the application. */
    static final String HOST = "forgeway.test";

    static final String ADMIN = "flow-admin";

    /** The namespace whose private repositories are served. */
    static final String PRIVATE_NAMESPACE = "flow-private";

    /** Packages of dist-git that take part in Fedora CI, and all repositories of tests. */
    static final String FEDORA_CI = IntStream.rangeClosed(1, 12)
            .mapToObj(number -> "127.0.0.1/rpms/ci" + number)
            .collect(Collectors.joining(",", "127.0.0.1/tests,", ""));

    /** The group of Pagure whose members may write everywhere. */
    static final String PACKAGERS = "packager";

    /** The repository, on GitHub and on GitLab, whose own webhook is asked about. */
    static final String HOOKED = "flow/hooked";

    /** Where accounts are asked who they are. */
    static final String APPROVALS = "flow-operators/notifications";

    /** So many jobs of a project run at the same time. */
    static final int MOST_PER_PROJECT = 2;

    final BusSimulator bus = new BusSimulator();
    final CoprSimulator copr = new CoprSimulator(bus).user(OWNER).stepByHand();
    final KojiSimulator koji = new KojiSimulator(bus).user(OWNER);
    final AnityaSimulator anitya = new AnityaSimulator();
    final FasJsonSimulator fas = new FasJsonSimulator();
    final TestingFarmSimulator testingFarm = new TestingFarmSimulator();
    final DistGitSimulator distGit = new DistGitSimulator();
    final BodhiSimulator bodhi = new BodhiSimulator();
    final GitHubSimulator github = new GitHubSimulator().rateLimit(1_000_000, Duration.ofHours(1));

    final TraceReceiver traces = new TraceReceiver();
    final GitLabSimulator gitlab = new GitLabSimulator();
    final ForgejoSimulator forgejo = new ForgejoSimulator();
    final PagureSimulator pagure = new PagureSimulator().group(PACKAGERS);

    /** The settings of an application that lives in this world. */
    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("management.server.port", "0"),
                Map.entry("otel.exporter.otlp.traces.endpoint", traces.url()),
                Map.entry("forgeway.data-dir", folder()),
                Map.entry("forgeway.admin.token", ADMIN_TOKEN),
                Map.entry("forgeway.decide.fedora-ci-projects", FEDORA_CI),
                Map.entry("forgeway.decide.own-accounts", OWN_ACCOUNT),
                Map.entry("forgeway.decide.admins", "github.com/" + ADMIN),
                Map.entry("forgeway.decide.enabled-private-namespaces", "github.com/" + PRIVATE_NAMESPACE),
                Map.entry("forgeway.handle.most-per-project", Integer.toString(MOST_PER_PROJECT)),
                Map.entry("forgeway.report.progress-interval", "50ms"),
                Map.entry("forgeway.schedule.interval", "250ms"),
                Map.entry("forgeway.schedule.retirement.action", "suspend"),
                Map.entry("forgeway.schedule.retirement.warn-by", "issue"),
                Map.entry("forgeway.schedule.missed-deliveries.interval", "1h"),
                Map.entry("forgeway.schedule.lost-messages.interval", "300ms"),
                Map.entry("forgeway.schedule.lost-messages.after", "2s"),
                Map.entry("forgeway.schedule.missed-deliveries.repositories", HOOKED),
                Map.entry("forgeway.schedule.missed-deliveries.gitlab-projects", HOOKED),
                Map.entry("forgeway.ingest.github.secrets", SECRET),
                Map.entry("forgeway.ingest.bus-pause", "500ms"),
                Map.entry("forgeway.ingest.amqp.url", bus.url()),
                Map.entry("forgeway.ingest.amqp.addresses", bus.queue()),
                Map.entry("forgeway.ingest.fedora-messaging.owners", OWNER),
                Map.entry("forgeway.forge.github.api-url", github.url().toString()),
                Map.entry("forgeway.forge.github.app-id", github.appId()),
                Map.entry("forgeway.forge.github.private-key", github.privateKeyPem()),
                Map.entry("forgeway.ingest.gitlab.secrets", SECRET),
                Map.entry("forgeway.forge.gitlab.api-url", gitlab.apiUrl().toString()),
                Map.entry("forgeway.forge.gitlab.token", gitlab.token()),
                Map.entry("forgeway.ingest.forgejo.secrets", SECRET),
                Map.entry("forgeway.forge.forgejo.api-url", forgejo.apiUrl().toString()),
                Map.entry("forgeway.forge.forgejo.token", forgejo.token()),
                Map.entry("forgeway.ingest.pagure.secrets", SECRET),
                Map.entry("forgeway.forge.pagure.api-url", pagure.apiUrl().toString()),
                Map.entry("forgeway.forge.pagure.token", pagure.token()),
                Map.entry("forgeway.forge.pagure.packager-groups", PACKAGERS),
                Map.entry("forgeway.service.answer-timeout", "4s"),
                Map.entry("forgeway.service.copr.url", copr.url().toString()),
                Map.entry("forgeway.service.copr.login", copr.login()),
                Map.entry("forgeway.service.copr.token", copr.token()),
                Map.entry("forgeway.service.copr.owner", OWNER),
                Map.entry("forgeway.service.koji.url", koji.hubUrl()),
                Map.entry("forgeway.public-url", "http://" + HOST),
                Map.entry("forgeway.ingest.testing-farm.secrets", SECRET),
                Map.entry("forgeway.service.testing-farm.url", testingFarm.apiUrl()),
                Map.entry("forgeway.service.testing-farm.api-key", testingFarm.apiKey()),
                Map.entry("forgeway.service.dist-git.url", distGit.url().toString()),
                Map.entry("forgeway.service.dist-git.token", distGit.token()),
                Map.entry(
                        "forgeway.service.dist-git.lookaside-url",
                        distGit.lookasideUrl().toString()),
                Map.entry("forgeway.service.dist-git.packit", "packit-is-not-installed"),
                Map.entry("forgeway.service.anitya.url", anitya.url().toString()),
                Map.entry("forgeway.service.fas.url", fas.url().toString()),
                Map.entry("forgeway.handle.installation.approval-repository", APPROVALS),
                Map.entry("forgeway.service.bodhi.url", bodhi.url().toString()),
                Map.entry("forgeway.service.bodhi.token", bodhi.token()));
    }

    /** A forge other than GitHub by its wire name. */
    TokenForgeSimulator tokenForge(String name) {
        return switch (name) {
            case "gitlab" -> gitlab;
            case "forgejo" -> forgejo;
            case "pagure" -> pagure;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Everything is up and answers again. */
    void heal() {
        github.faults().clear();
        github.ignoreLimits().rateLimit(1_000_000, Duration.ofHours(1));
        copr.faults().clear();
        koji.faults().clear();
        bodhi.faults().clear();
        koji.tellMessages();
        testingFarm.faults().clear();
        distGit.faults().clear();
        fas.faults().clear();
        anitya.faults().clear();
        gitlab.faults().clear();
        forgejo.faults().clear();
        pagure.faults().clear();
        github.startListening();
        copr.startListening();
        copr.tellMessages();
        testingFarm.startListening();
    }

    @Override
    public void close() {
        github.close();
        gitlab.close();
        forgejo.close();
        pagure.close();
        copr.close();
        koji.close();
        testingFarm.close();
        distGit.close();
        bodhi.close();
        fas.close();
        anitya.close();
        bus.close();
        traces.close();
    }

    private static String folder() {
        try {
            return Files.createTempDirectory(
                            Files.createDirectories(Path.of("target").toAbsolutePath()), "flow")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
