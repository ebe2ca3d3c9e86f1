package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagurePushesTest {

    private static final String WHOLE = "{\"forced\":false,\"old_commit\":\"c1\",\"end_commit\":\"c2\","
            + "\"changed_files\":{\"hello.spec\":\"M\",\"a.patch\":\"A\",\"dir/b.v1.patch\":\"D\"}}";

    private static Payload payload(String json) {
        return Payload.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void listsTheFilesThatDiffer() {
        assertThat(PagurePushes.changedFiles(payload(WHOLE)))
                .contains(Set.of("hello.spec", "a.patch", "dir/b.v1.patch"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"forced\":false>\"forced\":true",
                "\"forced\":false>\"forced\":null",
                "\"forced\">\"was_forced\"",
                "\"old_commit\":\"c1\">\"old_commit\":\"0000000000000000000000000000000000000000\"",
                "\"old_commit\">\"no_commit\"",
                "\"M\">\"R\"",
                "\"M\">\"T\"",
                "\"M\">null",
                "\"M\">{}",
                "\"changed_files\">\"no_files\"",
                "{\"hello.spec\":\"M\",\"a.patch\":\"A\",\"dir/b.v1.patch\":\"D\"}>{}",
                "{\"hello.spec\":\"M\",\"a.patch\":\"A\",\"dir/b.v1.patch\":\"D\"}>[\"hello.spec\"]"
            })
    void provesNothing(String change) {
        String[] both = change.split(">");
        String changed = WHOLE.replace(both[0], both[1]);

        assertThat(changed).isNotEqualTo(WHOLE);
        assertThat(PagurePushes.changedFiles(payload(changed))).isEmpty();
    }
}
