package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.AppInstallations;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.time.Clock;
import org.springframework.http.HttpMethod;

/** Ends installations in the name of the GitHub App (https://docs.github.com/en/rest/apps/apps). */
public final class GitHubAppInstallations implements AppInstallations {

    private final GitHubSettings settings;
    private final ServiceHttp http;
    private final GitHubPace pace;
    private final Clock clock;

    public GitHubAppInstallations(GitHubSettings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public boolean suspend(long installation) {
        return call(
                "installation-suspend",
                HttpMethod.PUT,
                installation(installation).path("suspended"));
    }

    @Override
    public boolean uninstall(long installation) {
        return call("installation-delete", HttpMethod.DELETE, installation(installation));
    }

    private ServiceUri installation(long id) {
        return ServiceUri.at(settings.apiUrl()).path("app", "installations", Long.toString(id));
    }

    private boolean call(String operation, HttpMethod method, ServiceUri uri) {
        AppKey key = AppKey.of(settings);
        if (key == null) {
            throw new UserErrorException("Installations can be ended by the App alone: set " + AppKey.SETTINGS);
        }
        Credential app = key.credential(clock.instant());
        try (GitHubPace.Turn unusedTurn = pace.begin(app.budget(), GitHubPace.Cost.WRITE)) {
            JsonNode unused = http.call(
                            new ServiceCall("github", operation, method, uri.toUri(), GitHubApi.MEDIA_TYPE, null, app))
                    .body();
            return true;
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return false;
            }
            throw new UserErrorException("GitHub refused with " + e.status() + " (" + e.serviceMessage() + ")");
        }
    }
}
