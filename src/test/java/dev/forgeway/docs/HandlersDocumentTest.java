package dev.forgeway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.handle.Handlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class HandlersDocumentTest extends Documented {

    private static final Path FILE = Path.of("docs/handlers.md");

    @Autowired
    Handlers handlers;

    @Test
    void saysWhatTheHandlersSay() throws IOException {
        String expected = HandlersDocument.of(handlers.specs());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(FILE, expected);
        }

        assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
                .as("docs/handlers.md is stale; rewrite it with: " + HandlersDocument.COMMAND)
                .isEqualTo(expected);
    }
}
