package dev.forgeway.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results: readable on standard output at once, and as Markdown in docs/performance.md at the end. */
final class Results {

    private static final String BEGIN = "<!-- results of %s: written by bench/run -->";
    private static final String END = "<!-- end of results of %s -->";

    private final PrintStream out;
    private final StringBuilder markdown = new StringBuilder();

    Results(PrintStream out) {
        this.out = out;
    }

    /** Begins a table; the first cell of its head is that over the labels. */
    void table(String title, String... head) {
        out.printf("%n%s%n", title);
        markdown.append("\n**").append(title).append("**\n");
        markdown.append("\n| ").append(String.join(" | ", head)).append(" |\n|---|");
        markdown.append("---:|".repeat(head.length - 1)).append('\n');
        print(List.of(head));
    }

    void row(String label, String... values) {
        List<String> cells = new ArrayList<>(List.of(values));
        cells.add(0, label);
        markdown.append("| ").append(String.join(" | ", cells)).append(" |\n");
        print(cells);
    }

    private void print(List<String> cells) {
        out.printf("  %-52s", cells.get(0));
        cells.stream().skip(1).forEach(cell -> out.printf("%18s", cell));
        out.println();
    }

    /** Replaces what the document says about this part; the document has a place for it. */
    void writeTo(Path document, String part, String machine) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN.formatted(part));
        int end = text.indexOf(END.formatted(part));
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(document + " has no place for the results of " + part);
        }
        Files.writeString(
                document,
                text.substring(0, begin + BEGIN.formatted(part).length())
                        + "\n" + markdown + "\n" + machine + "\n\n"
                        + text.substring(end));
    }
}
