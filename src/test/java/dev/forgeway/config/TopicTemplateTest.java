package dev.forgeway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicTemplateTest {

    @Test
    void fillsWhatIsKnown() {
        assertThat(new TopicTemplate("org.example.{forge}.{type}.{action}")
                        .fill(Map.of("forge", "github", "type", "pull-request", "action", "opened")))
                .isEqualTo("org.example.github.pull-request.opened");
    }

    @Test
    void keepsAPlaceForWhatAnEventDoesNotSay() {
        assertThat(new TopicTemplate("{namespace}/{name}").fill(Map.of("name", "")))
                .isEqualTo("_/_");
    }

    @Test
    void letsNoValueBecomeAPatternOrEndTheTopic() {
        assertThat(new TopicTemplate("a/{name}").fill(Map.of("name", "c++ #1\u0000$1")))
                .isEqualTo("a/c____1__1");
    }
}
