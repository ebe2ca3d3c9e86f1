package dev.forgeway.config;

import org.jspecify.annotations.Nullable;

/** URLs in a form that may be shown. */
public final class UrlText {

    private UrlText() {}

    /** The URL, with user names and passwords in it replaced. */
    public static @Nullable String withoutUserInfo(@Nullable String url) {
        return url == null
                ? null
                : url.replaceAll("//[^/@]*@", "//****@").replaceAll("(?i)(password=)[^&)]*", "$1****");
    }
}
