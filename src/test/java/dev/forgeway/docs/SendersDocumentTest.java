package dev.forgeway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.metrics.IngestMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SendersDocumentTest {

    private static final Path FILE = Path.of("docs/senders.md");
    private static final String HEAD = "| sender | event | becomes |\n|---|---|---|\n";

    @Test
    void saysWhatEveryEventBecomes() throws IOException {
        String text = Files.readString(FILE);
        int start = text.indexOf(HEAD) + HEAD.length();
        int end = text.indexOf("\n\n", start);
        String rows = String.join("\n", SendersDocument.rows());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(FILE, text.substring(0, start) + rows + text.substring(end));
        }

        assertThat(Document.of(FILE.toString()).text())
                .as("the events of docs/senders.md are stale; rewrite them with: " + SendersDocument.COMMAND)
                .contains(HEAD + rows + "\n\n");
    }

    @Test
    void namesEverySenderAndItsRoute() throws IOException {
        List<String> senders = Document.of(FILE.toString())
                .below("## How they are believed, and known again")
                .text()
                .lines()
                .filter(line -> line.startsWith("| [`"))
                .toList();

        assertThat(senders)
                .extracting(line -> line.split("`", -1)[1])
                .containsExactlyInAnyOrderElementsOf(IngestMetrics.SOURCES);
        try (Stream<Path> routes = Files.list(Path.of("src/main/resources/routes/ingest"))) {
            List<String> names =
                    routes.map(route -> String.valueOf(route.getFileName())).toList();
            assertThat(senders)
                    .allSatisfy(line -> assertThat(names).contains("ingest-" + line.split("`", -1)[1] + ".camel.yaml"));
        }
    }

    @Test
    void linksToPagesThatExist() {
        String text = Document.of(FILE.toString()).text();
        List<String> links = Pattern.compile("\\((senders/[^)#]+)")
                .matcher(text)
                .results()
                .map(link -> link.group(1))
                .collect(Collectors.toList());

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of("docs", link)).exists());
    }
}
