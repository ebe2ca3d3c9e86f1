package dev.forgeway.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as Camel writes them in its log: "543ms", "1s234ms". */
final class CamelTime {

    private static final Pattern FORM = Pattern.compile("(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long MILLIS = 1000;

    private CamelTime() {}

    static long millis(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a time of Camel: " + text);
        }
        return number(matcher.group(1)) * MILLIS + number(matcher.group(2));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
