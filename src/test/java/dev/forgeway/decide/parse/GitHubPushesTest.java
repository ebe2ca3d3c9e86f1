package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubPushesTest {

    private static final String FILES = "\"added\":[\"a\"],\"removed\":[\"r\"],\"modified\":[\"m\"]";
    private static final String WHOLE =
            "{\"after\":\"c2\",\"forced\":false,\"created\":false,\"deleted\":false,\"commits\":[{\"id\":\"c1\","
                    + FILES + "},{\"id\":\"c2\",\"added\":[],\"removed\":[],\"modified\":[\"m2\"]}]}";

    private static Payload payload(String json) {
        return Payload.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void listsTheFilesOfAllCommits() {
        assertThat(GitHubPushes.changedFiles(payload(WHOLE))).contains(Set.of("a", "r", "m", "m2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"forced\":false>\"forced\":true",
                "\"created\":false>\"created\":true",
                "\"deleted\":false>\"deleted\":true",
                "\"after\":\"c2\">\"after\":\"c3\"",
                "[\"m2\"]>[]",
                "\"commits\">\"no-commits\""
            })
    void provesNothing(String change) {
        String[] both = change.split(">");
        String changed = WHOLE.replace(both[0], both[1]);

        assertThat(changed).isNotEqualTo(WHOLE);
        assertThat(GitHubPushes.changedFiles(payload(changed))).isEmpty();
    }

    @Test
    void provesNothingWithMoreCommitsThanAreListedForCertain() {
        assertThat(GitHubPushes.changedFiles(payload(commits(20)))).isPresent();
        assertThat(GitHubPushes.changedFiles(payload(commits(21)))).isEmpty();
    }

    private static String commits(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "{\"id\":\"c" + number + "\"," + FILES + "}")
                .collect(Collectors.joining(",", "{\"after\":\"c" + count + "\",\"commits\":[", "]}"));
    }
}
