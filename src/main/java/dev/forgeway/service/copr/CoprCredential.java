package dev.forgeway.service.copr;

import dev.forgeway.error.TransientException;
import dev.forgeway.service.http.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Copr's API login and token, shown as HTTP Basic (https://copr.fedorainfracloud.org/api). */
final class CoprCredential implements Credential {

    private final CoprSettings settings;

    CoprCredential(CoprSettings settings) {
        this.settings = settings;
    }

    @Override
    public String header() {
        if (settings.login().isBlank() || settings.token().isBlank()) {
            throw new TransientException("Copr cannot be called without " + settings());
        }
        return "Basic " + encoded();
    }

    @Override
    public String settings() {
        return "forgeway.service.copr.login and forgeway.service.copr.token; tokens expire after half a year";
    }

    @Override
    public String hide(String text) {
        return text.replace(encoded(), "***").replace(settings.token(), "***");
    }

    private String encoded() {
        String both = settings.login() + ":" + settings.token();
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
