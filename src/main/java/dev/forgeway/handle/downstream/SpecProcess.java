package dev.forgeway.handle.downstream;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Changes and reads spec files in a process of its own, because others have written them: {@code update <file> <version>
 * <day> <packager> <entry>}, {@code sources <file>}, which prints a line for each source, or {@code version <file>}. It needs
 * nothing but Java.
 */
public final class SpecProcess {

    private static final long LONGEST_FILE = 4L * 1024 * 1024;

    /** Far less than what is read of our output. */
    private static final int LONGEST_SOURCES = 64 * 1024;

    private SpecProcess() {}

    /** Ends with 0 when it is done, and with 1 and a sentence on the standard output when that is not possible. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        if (Files.size(file) > LONGEST_FILE) {
            refuse("the spec file is too large");
        }
        try {
            SpecFile spec = new SpecFile(Files.readString(file));
            if (arguments[0].equals("update")) {
                spec.update(arguments[2], LocalDate.parse(arguments[3]), arguments[4], arguments[5]);
                Files.writeString(file, spec.text());
            } else if (arguments[0].equals("version")) {
                System.out.println(spec.version());
            } else {
                print(spec.sources());
            }
        } catch (MalformedInputException e) {
            refuse("the spec file is no text in UTF-8");
        } catch (OutOfMemoryError e) {
            refuse("the macros of the spec file make too much text");
        } catch (IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private static void print(List<String> sources) {
        if (sources.stream().mapToInt(String::length).sum() > LONGEST_SOURCES) {
            refuse("the spec file names too many sources");
        }
        sources.forEach(System.out::println);
    }

    private static void refuse(String why) {
        System.out.println(why);
        System.exit(1);
    }
}
