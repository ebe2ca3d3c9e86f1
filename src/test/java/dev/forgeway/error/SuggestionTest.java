package dev.forgeway.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    @Test
    void findsTheNameWithTheFewestSlips() {
        assertThat(Suggestion.nearest("targts", List.of("target", "targets", "trigger")))
                .contains("targets");
        assertThat(Suggestion.nearest("BUILD", List.of("build", "help"))).contains("build");
    }

    @Test
    void suggestsNothingForAnotherWord() {
        assertThat(Suggestion.nearest("foobar", List.of("build", "help"))).isEmpty();
        assertThat(Suggestion.nearest("", List.of("build"))).isEmpty();
        assertThat(Suggestion.nearest("build", List.of())).isEmpty();
    }
}
