package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image, built twice as image/README.md says: both are the same, and nothing in it is for anybody but the user that it runs
 * as. What its parts are is in https://github.com/opencontainers/image-spec/blob/main/config.md.
 */
class ImageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SET_ID = 06000;
    private static final int OTHERS_WRITE = 0002;
    private static final long LARGEST = 150L * 1024 * 1024;

    private static Path image;
    private static String first = "";
    private static String second = "";

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "image");
        first = digestOf(folder, "first");
        second = digestOf(folder, "second");
        image = folder.resolve("second.tar");
    }

    /** Each is 120 MB. */
    @AfterAll
    static void remove() throws IOException {
        Files.delete(image);
        Files.delete(image.resolveSibling("first.tar"));
    }

    @Test
    void isTheSameOnceMore() {
        assertThat(second).startsWith("sha256:").isEqualTo(first);
    }

    @Test
    void runsAsAUserWhoIsNobodyElsewhere() throws IOException {
        Map<String, byte[]> parts = parts();
        JsonNode manifest = JSON.readTree(parts.get("manifest.json")).path(0);
        JsonNode config =
                JSON.readTree(parts.get(manifest.path("Config").asText())).path("config");

        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("WorkingDir").asText()).isEqualTo("/var/lib/forgeway");
        assertThat(config.at("/Entrypoint/0").asText()).isEqualTo("java");
        assertThat(config.path("Entrypoint").toString()).contains("dev.forgeway.Application");
    }

    @Test
    void holdsNothingThatItDoesNotNeed() throws IOException {
        Map<String, Integer> modes = files();

        assertThat(Files.size(image)).isLessThan(LARGEST);
        assertThat(modes).containsKeys("opt/java/bin/java", "tmp/", "app/classes/dev/forgeway/Application.class");
        assertThat(modes.keySet())
                .noneMatch(name ->
                        name.matches("(usr/)?s?bin/.*|.*/(sh|bash|busybox)|app/.*(junit|assertj|test).*\\.jar"));
        assertThat(modes).allSatisfy((name, mode) -> {
            assertThat(mode & SET_ID).as(name).isZero();
            assertThat((mode & OTHERS_WRITE) != 0 && !name.equals("tmp/"))
                    .as(name)
                    .isFalse();
        });
    }

    private static String digestOf(Path folder, String name) throws IOException, InterruptedException {
        run("image/java");
        run(
                "./mvnw",
                "-q",
                "-B",
                "-ntp",
                "jib:buildTar",
                "-Djib.outputPaths.tar=" + folder.resolve(name + ".tar"),
                "-Djib.outputPaths.digest=" + folder.resolve(name + ".digest"));
        return Files.readString(folder.resolve(name + ".digest")).strip();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        File log = Files.createTempFile(Path.of("target").toAbsolutePath(), "image", ".log")
                .toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(process.waitFor()).as("%s: %s", command[0], log).isZero();
    }

    /** The files of the tar that describe the image; and its layers, by their names. */
    private static Map<String, byte[]> parts() throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(image))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                parts.put(entry.getName(), tar.readAllBytes());
            }
        }
        return parts;
    }

    /** The modes of all files and folders of the image, by their names. */
    private static Map<String, Integer> files() throws IOException {
        Map<String, byte[]> parts = parts();
        Map<String, Integer> modes = new TreeMap<>();
        for (JsonNode layer : JSON.readTree(parts.get("manifest.json")).path(0).path("Layers")) {
            InputStream zipped = new ByteArrayInputStream(parts.get(layer.asText()));
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(zipped))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    modes.put(entry.getName().replaceFirst("^/", ""), entry.getMode());
                }
            }
        }
        return modes;
    }
}
