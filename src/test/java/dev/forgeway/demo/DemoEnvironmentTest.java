package dev.forgeway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A demo leaves nothing behind that the next one, or a service for real, would find. */
class DemoEnvironmentTest {

    private static final String DATA = "forgeway.data-dir";

    @Test
    void keepsNothingWhereTheServiceKeepsItsData() {
        String one = dataOf(application());
        String other = dataOf(application());

        assertThat(one).isNotEqualTo(other);
        assertThat(Path.of(String.valueOf(one))).isAbsolute().isEmptyDirectory();
    }

    @Test
    void keepsItsDataWhereAnArgumentSays() {
        StandardEnvironment environment = application();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("commandLineArgs", Map.of(DATA, "./elsewhere")));

        assertThat(dataOf(environment)).isEqualTo("./elsewhere");
    }

    private static @Nullable String dataOf(StandardEnvironment environment) {
        DemoEnvironment.forget(environment);
        return environment.getProperty(DATA);
    }

    /** As application.yaml has it. */
    private static StandardEnvironment application() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new MapPropertySource("application.yaml", Map.of(DATA, "./data")));
        return environment;
    }
}
