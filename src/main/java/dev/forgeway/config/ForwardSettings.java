package dev.forgeway.config;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the handler that posts events to URLs.
 *
 * @param subscriptions which events go to which URL, each under a name of its own
 */
public record ForwardSettings(@DefaultValue Map<String, @Valid Subscription> subscriptions) {

    /**
     * Events that are posted to one URL.
     *
     * @param url where; its path may hold a secret and is not shown
     * @param signingSecrets keys {@code whsec_…} (https://www.standardwebhooks.com); each signs, so that one can be
     *     replaced without a gap
     */
    public record Subscription(
            @DefaultValue("*") List<String> events,
            @DefaultValue("*") List<String> projects,
            @DefaultValue("*") List<String> actions,
            @DefaultValue("false") boolean includePrivate,
            @Nullable URI url,
            @DefaultValue List<Secret> signingSecrets)
            implements EventSelection {

        @Override
        public String toString() {
            return "Subscription[events=" + events + ", projects=" + projects + ", actions=" + actions
                    + ", includePrivate=" + includePrivate + ", host=" + (url == null ? null : url.getHost()) + "]";
        }
    }
}
