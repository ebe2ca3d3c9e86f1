package dev.forgeway.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file with the body of a delivery. One of the fixtures says by its place whom and by its name what it is from: {@code
 * <source>/<event>.<case>.json}.
 */
record DeliveryFile(Path path) {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final String ENDING = ".json";

    /** @param name a file, or a fixture without the folder of all fixtures and without its ending */
    static DeliveryFile of(String name) {
        return Stream.of(Path.of(name), FIXTURES.resolve(name), FIXTURES.resolve(name + ENDING))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(DeliveryFile::new)
                .orElseThrow(() -> SendException.unusable("no file " + name + ", and no fixture of that name in "
                        + FIXTURES + "; a fixture is named like github/pull_request.opened"));
    }

    byte[] body() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw SendException.unusable(path + " cannot be read: " + e.getMessage());
        }
    }

    /** Whom it is from, by its folder. */
    Optional<Source> source() {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null || folder.getFileName() == null
                ? Optional.empty()
                : Source.named(folder.getFileName().toString());
    }

    /** What it is, by its name; GitLab's names of events are words. */
    Optional<String> event(Source source) {
        String name = String.valueOf(path.getFileName());
        List<String> parts = List.of(name.split("\\.", -1));
        if (!name.endsWith(ENDING) || parts.size() < 3) {
            return Optional.empty();
        }
        String event = String.join(".", parts.subList(0, parts.size() - 2));
        return Optional.of(source == Source.GITLAB ? words(event) : event);
    }

    private static String words(String event) {
        return Stream.of(event.split("-", -1))
                .map(word -> word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
