package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.service.datagrepper.Datagrepper.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicBindingTest {

    @ParameterizedTest
    @CsvSource({
        "org.fedoraproject.prod.copr.build.end, org.fedoraproject.prod.copr.build.end, true",
        "org.fedoraproject.prod.copr.build.end, org.fedoraproject.prod.copr.build.ended, false",
        "org.fedoraproject.prod.copr.build.*, org.fedoraproject.prod.copr.build.end, true",
        "org.fedoraproject.prod.copr.build.*, org.fedoraproject.prod.copr.build, false",
        "org.fedoraproject.prod.copr.build.*, org.fedoraproject.prod.copr.build.end.now, false",
        "org.fedoraproject.prod.copr.#, org.fedoraproject.prod.copr, true",
        "org.fedoraproject.prod.copr.#, org.fedoraproject.prod.copr.build.end, true",
        "org.fedoraproject.prod.copr.#, org.fedoraproject.prod.coprs.build, false",
        "#, org.fedoraproject.prod.copr.build.end, true",
        "org.fedoraproject.*.buildsys.#, org.fedoraproject.stg.buildsys.tag, true",
        "#.tag, org.fedoraproject.prod.buildsys.tag, true",
        "orgXfedoraproject, org.fedoraproject, false"
    })
    void bindsAsATopicExchangeDoes(String binding, String topic, boolean matches) {
        assertThat(new TopicBinding(binding).matches(topic)).isEqualTo(matches);
    }

    @Test
    void asksForNoMoreThanItMust() {
        assertThat(new TopicBinding("org.fedoraproject.prod.copr.build.end").filter())
                .isEqualTo(new Filter("org.fedoraproject.prod.copr.build.end", null));
        assertThat(new TopicBinding("org.fedoraproject.prod.copr.build.*").filter())
                .isEqualTo(new Filter(null, "copr"));
        assertThat(new TopicBinding("org.fedoraproject.*.copr.build.end").filter())
                .isEqualTo(new Filter(null, null));
        assertThat(new TopicBinding("#").filter()).isEqualTo(new Filter(null, null));
    }
}
