package dev.forgeway.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which calls are meant: the beginning of "METHOD /path", where {@code {anything}} stands for one segment of the
 * path. "POST /repos/{owner}/{repo}/check-runs" means all attempts to create a check; the empty text means every call.
 */
final class CallPattern {

    private static final Pattern SEGMENT = Pattern.compile("\\{[^}]*}");

    private final Pattern pattern;

    CallPattern(String methodAndPathPrefix) {
        StringBuilder regex = new StringBuilder();
        Matcher segment = SEGMENT.matcher(methodAndPathPrefix);
        int from = 0;
        while (segment.find()) {
            regex.append(Pattern.quote(methodAndPathPrefix.substring(from, segment.start())))
                    .append("[^/?]+");
            from = segment.end();
        }
        this.pattern = Pattern.compile(regex + Pattern.quote(methodAndPathPrefix.substring(from)));
    }

    boolean matches(String line) {
        return pattern.matcher(line).lookingAt();
    }
}
