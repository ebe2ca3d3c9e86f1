package dev.forgeway.decide.parse;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a task of Koji was asked to build: the first word is the source ({@code git+https://…/hello.git#<commit>}, or a
 * source package), the second the target. What another kind of task is asked for (an image, a module) looks different;
 * of that, nothing is taken.
 */
record KojiSource(
        @Nullable String packageName,
        @Nullable String commit,
        @Nullable String target) {

    static final KojiSource NONE = new KojiSource(null, null, null);

    private static final Pattern GIT =
            Pattern.compile("git(?:\\+\\w+)?://[^#?]+/([^/#?]+?)(?:\\.git)?/?(?:\\?[^#]*)?#(\\S+)");

    static KojiSource of(Payload message, String path) {
        List<String> request = message.texts(path);
        if (request.isEmpty()) {
            return NONE;
        }
        Matcher git = GIT.matcher(request.get(0));
        boolean isGit = git.matches();
        if (!isGit && !request.get(0).endsWith(".src.rpm")) {
            return NONE;
        }
        return new KojiSource(
                isGit ? git.group(1) : null, isGit ? git.group(2) : null, request.size() > 1 ? request.get(1) : null);
    }
}
