package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A command line in place of packit's: it says which options it has, and otherwise runs a script. */
final class FakePackit {

    private FakePackit() {}

    /** The path of one that is like packit's. */
    static String at(Path file, String script) throws IOException {
        return at(file, "Options:\n  --dist-git-branch TEXT\n  --dry-run\n  --pr / --no-pr", script);
    }

    /** @param help what it says of its options */
    static String at(Path file, String help, String script) throws IOException {
        Files.writeString(file, """
                #!/bin/sh
                if [ "$2" = --help ]; then
                cat <<'HELP'
                %s
                HELP
                exit 0
                fi
                %s
                """.formatted(help, script));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }
}
