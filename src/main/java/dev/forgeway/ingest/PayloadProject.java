package dev.forgeway.ingest;

import dev.forgeway.event.Project;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The project that a payload is about, read for the sake of secrets that count for some projects only. The parser of
 * the sender reads the same fields, so that what was proven for a project cannot act for another.
 *
 * @param url the field with the URL of a project
 * @param path the field with its whole path on the forge
 */
public record PayloadProject(String url, String path) {

    private static final String[] REPOSITORY = {"run.repository", "repository"};
    private static final String[] MESSAGE = {"msg.pullrequest.project", "msg.repo", "msg.project"};

    /** The project that a payload of a forge is about; null where it names none. */
    public static @Nullable Project of(String forge, byte[] body) {
        return switch (forge) {
            case GitHubWebhook.SOURCE -> GitHubWebhook.PROJECT.find(body, REPOSITORY);
            case ForgejoWebhook.SOURCE -> ForgejoWebhook.PROJECT.find(body, REPOSITORY);
            case GitLabWebhook.SOURCE -> GitLabWebhook.PROJECT.find(body, "project");
            case PagureWebhook.SOURCE -> PagureWebhook.PROJECT.find(body, MESSAGE);
            default -> null;
        };
    }

    /** The project in the first of some objects that has one; null when none has. */
    @Nullable
    Project find(byte[] body, String... objects) {
        Set<String> paths = Stream.of(objects)
                .flatMap(object -> Stream.of(object + "." + url, object + "." + path))
                .collect(Collectors.toSet());
        Map<String, String> found = PayloadPeek.strings(body, paths);
        for (String object : objects) {
            String at = found.get(object + "." + url);
            if (at != null) {
                return Project.at(at, found.get(object + "." + path), null).orElse(null);
            }
        }
        return null;
    }
}
