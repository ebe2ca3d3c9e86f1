package dev.forgeway;

import dev.forgeway.admin.Sources;
import dev.forgeway.bus.PemTls;
import dev.forgeway.config.ForgeSettings;
import dev.forgeway.config.PrivateKeyPem;
import dev.forgeway.config.Secret;
import dev.forgeway.config.ServiceSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandPrefixes;
import dev.forgeway.decide.parse.EventParsers;
import dev.forgeway.forge.TokenSettings;
import dev.forgeway.forge.forgejo.ForgejoForge;
import dev.forgeway.forge.github.GitHubAppInstallations;
import dev.forgeway.forge.github.GitHubFeed;
import dev.forgeway.forge.github.GitHubForge;
import dev.forgeway.forge.github.GitHubHookDeliveries;
import dev.forgeway.forge.github.GitHubPace;
import dev.forgeway.forge.github.GitHubSettings;
import dev.forgeway.forge.gitlab.GitLabForge;
import dev.forgeway.forge.gitlab.GitLabHooks;
import dev.forgeway.forge.pagure.PagureForge;
import dev.forgeway.handle.Handlers;
import dev.forgeway.service.anitya.Anitya;
import dev.forgeway.service.bodhi.HttpBodhi;
import dev.forgeway.service.bodhi.HttpBodhiUpdates;
import dev.forgeway.service.copr.CoprSettings;
import dev.forgeway.service.copr.HttpCopr;
import dev.forgeway.service.datagrepper.Datagrepper;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.distgit.DistGitAccess;
import dev.forgeway.service.distgit.Lookaside;
import dev.forgeway.service.fas.FasJson;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.koji.HttpKoji;
import dev.forgeway.service.koji.HttpKojiTags;
import dev.forgeway.service.koji.KojiSettings;
import dev.forgeway.service.testingfarm.HttpTestingFarm;
import dev.forgeway.service.testingfarm.TestingFarmSettings;
import dev.forgeway.service.webhook.WebhookSender;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the beans that know nothing of Spring, from the settings. */
@Configuration(proxyBeanMethods = false)
class WiringConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Sources sources(EventParsers parsers) {
        return parsers::sources;
    }

    @Bean
    HttpTimeouts httpTimeouts(Settings settings) {
        return HttpTimeouts.answerWithin(settings.service().answerTimeout());
    }

    @Bean
    ServiceHttp serviceHttp(HttpTimeouts timeouts, MeterRegistry registry, Clock clock) {
        return new ServiceHttp(timeouts, registry, clock);
    }

    @Bean
    GitHubPace gitHubPace(Clock clock) {
        return new GitHubPace(clock);
    }

    private static GitHubSettings gitHub(Settings settings) {
        ForgeSettings.GitHub github = settings.forge().github();
        return new GitHubSettings(github.apiUrl(), github.appId(), key(github.privateKey()), value(github.token()));
    }

    @Bean
    GitHubForge gitHubForge(Settings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        return new GitHubForge(gitHub(settings), http, pace, clock);
    }

    @Bean
    GitHubAppInstallations gitHubAppInstallations(Settings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        return new GitHubAppInstallations(gitHub(settings), http, pace, clock);
    }

    @Bean
    GitHubFeed gitHubFeed(Settings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        return new GitHubFeed(gitHub(settings), http, pace, clock);
    }

    @Bean
    GitHubHookDeliveries gitHubHookDeliveries(Settings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        return new GitHubHookDeliveries(gitHub(settings), http, pace, clock);
    }

    /** Null, and so among no forges, without a token. */
    @Bean
    @Nullable
    GitLabForge gitLabForge(Settings settings, ServiceHttp http) {
        ForgeSettings.GitLab gitlab = settings.forge().gitlab();
        String token = value(gitlab.token());
        return token == null ? null : new GitLabForge(new TokenSettings(gitlab.apiUrl(), token), http);
    }

    /** Null without a token. */
    @Bean
    @Nullable
    GitLabHooks gitLabHooks(Settings settings, ServiceHttp http) {
        ForgeSettings.GitLab gitlab = settings.forge().gitlab();
        String token = value(gitlab.token());
        return token == null ? null : new GitLabHooks(new TokenSettings(gitlab.apiUrl(), token), http);
    }

    /** Null, and so among no forges, without a token. */
    @Bean
    @Nullable
    ForgejoForge forgejoForge(Settings settings, ServiceHttp http) {
        ForgeSettings.Forgejo forgejo = settings.forge().forgejo();
        String token = value(forgejo.token());
        return token == null ? null : new ForgejoForge(new TokenSettings(forgejo.apiUrl(), token), http);
    }

    /** Null, and so among no forges, without a token. */
    @Bean
    @Nullable
    PagureForge pagureForge(Settings settings, ServiceHttp http) {
        ForgeSettings.Pagure pagure = settings.forge().pagure();
        String token = value(pagure.token());
        return token == null
                ? null
                : new PagureForge(new TokenSettings(pagure.apiUrl(), token), pagure.packagerGroups(), http);
    }

    @Bean
    HttpCopr copr(Settings settings, ServiceHttp http, MeterRegistry registry, Clock clock) {
        ServiceSettings.Copr copr = settings.service().copr();
        String token = value(copr.token());
        return new HttpCopr(
                new CoprSettings(copr.url(), copr.login() == null ? "" : copr.login(), token == null ? "" : token),
                http,
                new ServiceHttp(HttpTimeouts.FILES, registry, clock));
    }

    /** Its calls show the certificate. */
    @Bean
    HttpKoji koji(Settings settings, HttpTimeouts timeouts, MeterRegistry registry, Clock clock) {
        ServiceSettings.Koji koji = settings.service().koji();
        return new HttpKoji(
                new KojiSettings(koji.url(), koji.webUrl()),
                kojiHttp(koji, timeouts, registry, clock),
                kojiHttp(koji, HttpTimeouts.FILES, registry, clock));
    }

    @Bean
    HttpKojiTags kojiTags(Settings settings, HttpTimeouts timeouts, MeterRegistry registry, Clock clock) {
        ServiceSettings.Koji koji = settings.service().koji();
        return new HttpKojiTags(new KojiSettings(koji.url(), koji.webUrl()), kojiHttp(koji, timeouts, registry, clock));
    }

    private static ServiceHttp kojiHttp(
            ServiceSettings.Koji koji, HttpTimeouts timeouts, MeterRegistry registry, Clock clock) {
        SSLContext tls = PemTls.context(koji.caCertificate(), koji.certificate(), koji.privateKey());
        return new ServiceHttp(timeouts, tls, registry, clock);
    }

    @Bean
    HttpTestingFarm testingFarm(Settings settings, ServiceHttp http) {
        ServiceSettings.TestingFarm farm = settings.service().testingFarm();
        String key = value(farm.apiKey());
        return new HttpTestingFarm(new TestingFarmSettings(farm.url(), key == null ? "" : key), http);
    }

    @Bean
    HttpBodhi bodhi(Settings settings, ServiceHttp http) {
        return new HttpBodhi(settings.service().bodhi().url(), http);
    }

    @Bean
    Anitya anitya(Settings settings, ServiceHttp http) {
        return new Anitya(settings.service().anitya().url(), http);
    }

    /** Null without a URL: then nobody's Fedora account is known. */
    @Bean
    @Nullable
    FasJson fedoraAccounts(Settings settings, ServiceHttp http) {
        URI url = settings.service().fas().url();
        return url == null ? null : new FasJson(url, http);
    }

    @Bean
    DistGit distGit(Settings settings, ServiceHttp http) {
        return new DistGit(access(settings), http);
    }

    @Bean
    Lookaside lookaside(Settings settings) {
        return new Lookaside(access(settings));
    }

    private static DistGitAccess access(Settings settings) {
        ServiceSettings.DistGit distGit = settings.service().distGit();
        String token = value(distGit.token());
        return new DistGitAccess(distGit.url(), token == null ? "" : token, distGit.lookasideUrl());
    }

    /** Null when there is none that could be asked. */
    @Bean
    @Nullable
    Datagrepper datagrepper(Settings settings, ServiceHttp http) {
        URI url = settings.service().datagrepper().url();
        return url == null ? null : new Datagrepper(url, http);
    }

    @Bean
    HttpBodhiUpdates bodhiUpdates(Settings settings, ServiceHttp http) {
        ServiceSettings.Bodhi bodhi = settings.service().bodhi();
        return new HttpBodhiUpdates(bodhi.url(), value(bodhi.token()), http);
    }

    @Bean
    WebhookSender webhookSender(ServiceHttp http, Clock clock) {
        return new WebhookSender(http, clock);
    }

    @Bean
    CommandParser commandParser(Settings settings, Handlers handlers) {
        Set<String> names = handlers.specs().stream()
                .flatMap(spec -> spec.commands().stream())
                .collect(Collectors.toSet());
        CommandPrefixes prefixes = new CommandPrefixes(
                settings.decide().commandPrefix(), settings.decide().ciCommandPrefix());
        return CommandParser.ofAllCommands(prefixes, names);
    }

    private static @Nullable PrivateKey key(@Nullable Secret pem) {
        return pem == null ? null : PrivateKeyPem.read(pem);
    }

    private static @Nullable String value(@Nullable Secret secret) {
        return secret == null ? null : secret.value();
    }
}
