package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SourcesFileTest {

    @Test
    void changesOnlyTheLinesOfTheFilesThatAreMeant() {
        SourcesFile sources = new SourcesFile("""
                SHA512 (hello-1.0.tar.gz) = 12ab
                0123456789abcdef0123456789abcdef  hello-1.0.tar.gz.asc
                SHA512 (data.zip) = 34cd
                """);

        sources.remove(Set.of("hello-1.0.tar.gz", "hello-1.0.tar.gz.asc"));
        sources.put("hello-2.0.tar.gz", "56ef");

        assertThat(sources.text()).isEqualTo("SHA512 (data.zip) = 34cd\nSHA512 (hello-2.0.tar.gz) = 56ef\n");
        assertThat(sources.names("data.zip")).isTrue();
        assertThat(sources.names("hello-1.0.tar.gz")).isFalse();
    }

    @Test
    void saysOneThingOfAFile() {
        SourcesFile sources = new SourcesFile("SHA512 (hello.tar.gz) = 12ab\nSHA512 (data.zip) = 34cd\n");

        sources.put("hello.tar.gz", "56ef");

        assertThat(sources.text()).isEqualTo("SHA512 (data.zip) = 34cd\nSHA512 (hello.tar.gz) = 56ef\n");
    }
}
