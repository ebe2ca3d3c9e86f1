package dev.forgeway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    /** A text of this form in a class that knows the meter registry is the name of a meter. */
    private static final Pattern METER = Pattern.compile("\"(forgeway(?:\\.[a-z]+)+)\"");

    @Test
    void explainsEveryMeterAndNoOther() {
        Set<String> documented = Document.of("docs/architecture.md").below("## Metrics").firstColumn().stream()
                .filter(name -> name.startsWith("forgeway_"))
                .map(name -> name.replaceFirst("_(total|seconds|ratio)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .as("meters of docs/architecture.md; add or remove the row")
                .isEqualTo(inCode());
    }

    private static Set<String> inCode() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> new Document(file).text())
                    .filter(source -> source.contains("import io.micrometer.core.instrument.MeterRegistry;"))
                    .flatMap(source -> METER.matcher(source).results())
                    .map(name -> name.group(1).replace('.', '_'))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
