package dev.forgeway.forge.github;

import dev.forgeway.forge.Target;
import dev.forgeway.service.http.Credential;
import org.jspecify.annotations.Nullable;

/** The token of one installation; a refused one is fetched anew, once in a call. */
final class InstallationCredential implements Credential {

    private final GitHubAppTokens tokens;
    private final Target target;
    private @Nullable String shown;

    InstallationCredential(GitHubAppTokens tokens, Target target) {
        this.tokens = tokens;
        this.target = target;
    }

    @Override
    public String header() {
        shown = tokens.token(target);
        return "Bearer " + shown;
    }

    @Override
    public boolean renew() {
        if (shown != null) {
            tokens.invalidate(target, shown);
        }
        return true;
    }

    @Override
    public String settings() {
        return AppKey.SETTINGS;
    }

    /** Each installation has a budget of its own. */
    @Override
    public String budget() {
        return "installation of " + target.project().namespaceKey();
    }

    @Override
    public String hide(String text) {
        return shown == null ? text : text.replace(shown, "***");
    }
}
