package dev.forgeway.forge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person should see about one check of one commit.
 *
 * @param name the name of the check, for example {@code rpm-build:fedora-rawhide-x86_64}
 * @param title one sentence
 * @param summary Markdown
 * @param detailsUrl where the details link leads
 */
public record Check(
        String name,
        CheckState state,
        String title,
        @Nullable String summary,
        @Nullable String detailsUrl) {

    /** Where the details link leads, when that is an address that a forge shows. */
    public Optional<String> webAddress() {
        return Optional.ofNullable(detailsUrl).filter(Check::isWebAddress);
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
