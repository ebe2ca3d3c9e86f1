package dev.forgeway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs behind all other tests, by an execution of its own in the pom, and looks at what {@link RouteCoverage} wrote. */
class RouteCoverageGate {

    @Test
    void everyNodeWasReachedBySomeTest() throws IOException {
        Set<String> unreached = read(".all");
        assertThat(unreached).as("nodes of the routes").isNotEmpty();
        unreached.removeAll(read(".reached"));
        unreached.removeIf(node -> node.contains("-off."));

        assertThat(unreached)
                .as("nodes that no test reaches; write a test that does, or delete the node")
                .isEmpty();
    }

    private static Set<String> read(String ending) throws IOException {
        Set<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.list(RouteCoverage.FOLDER)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
