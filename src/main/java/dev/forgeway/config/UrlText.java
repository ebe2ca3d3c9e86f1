package dev.forgeway.config;

import org.jspecify.annotations.Nullable;

/** URLs in a form that may be shown. */
final class UrlText {

    private UrlText() {}

    /** The URL, with a user name and password in it replaced. */
    static @Nullable String withoutUserInfo(@Nullable String url) {
        return url == null
                ? null
                : url.replaceAll("//[^/@]*@", "//****@").replaceAll("(?i)(password=)[^&)]*", "$1****");
    }
}
