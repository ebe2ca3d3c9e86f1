package dev.forgeway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(forgeway\\.[a-z0-9.-]+)` \\| `([A-Z0-9_]+)` \\|");

    @Test
    void describesEveryKeyAndNoOther() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .toList();

        assertThat(rows)
                .as("rows of docs/configuration.md against the records; add or remove the row")
                .extracting(row -> row.group(1) + " " + row.group(2))
                .containsExactlyInAnyOrderElementsOf(SettingKey.all().stream()
                        .map(key -> key.name() + " " + new Mistake(key.name(), "", "").environmentVariable())
                        .toList());
    }
}
