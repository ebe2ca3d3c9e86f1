package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.UserErrorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedProcessTest {

    @TempDir
    Path home;

    private String run(String script, Duration limit) {
        return LimitedProcess.run("tool", List.of("sh", "-c", script), home, Map.of(), limit);
    }

    @Test
    void takesWhatIsNoUtf8ForWhatItIs() {
        assertThat(run("printf 'a\\377b'", Duration.ofMinutes(1))).isEqualTo("a\ufffdb");
        assertThatThrownBy(() -> run("printf 'a\\377b'; exit 3", Duration.ofMinutes(1)))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("tool failed: a\ufffdb");
    }

    @Test
    void readsNoMoreThanTheEndOfALongOutput() {
        String written = run("head -c 3000000 /dev/zero | tr '\\0' a; echo end", Duration.ofMinutes(1));

        assertThat(written).hasSize(1024 * 1024).endsWith("aend\n");
    }

    @Test
    void stopsWhatWritesOrWorksForEver() {
        assertThatThrownBy(() -> run("yes", Duration.ofMinutes(5)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("wrote more than");
        assertThatThrownBy(() -> run("tail -f /dev/null", Duration.ofMillis(200)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("took longer than");
    }
}
