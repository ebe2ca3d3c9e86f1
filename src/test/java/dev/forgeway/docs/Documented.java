package dev.forgeway.docs;

import dev.forgeway.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A test of documents that asks the application itself: one that has only the role to answer people. */
@SpringBootTest(
        classes = Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "forgeway.roles=admin",
            "forgeway.admin.token=" + Documented.TOKEN,
            "forgeway.public-url=https://forgeway.example.org",
            "forgeway.ingest.github.secrets=docs-webhook-secret",
            "forgeway.ingest.forgejo.secrets=docs-webhook-secret",
            "forgeway.schedule.missed-deliveries.repositories=packit/hello",
            "forgeway.service.copr.owner=packit"
        })
@Import(StoredStory.class)
abstract class Documented {

    static final String TOKEN = "docs-admin-token-0123456789";

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("forgeway.data-dir", Documented::newFolder);
    }

    private static String newFolder() {
        try {
            return Files.createTempDirectory("forgeway-docs").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
