package dev.forgeway.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {

    @ParameterizedTest
    @CsvSource({
        "https://GitHub.com/packit/hello,       github.com/packit/hello",
        "https://github.com/packit/hello/,      github.com/packit/hello",
        "https://github.com/packit/hello.git,   github.com/packit/hello",
        "https://gitlab.com/a/b/hello.git//,    gitlab.com/a/b/hello",
        "https://pagure.io/hello,               pagure.io/hello"
    })
    void isKnownByTheAddressOfItsPageOrClone(String url, String key) {
        assertThat(Project.at(url, null, null)).map(Project::key).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://github.com", "https://github.com/", "hello", "https://github.com/a b"})
    void isNoOtherAddress(String url) {
        assertThat(Project.at(url, null, null)).isEmpty();
    }
}
