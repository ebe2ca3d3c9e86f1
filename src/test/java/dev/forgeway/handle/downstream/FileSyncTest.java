package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.handle.SyncedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSyncTest {

    @TempDir
    Path folder;

    private Path upstream;
    private Path distGit;

    @BeforeEach
    void fill() throws IOException {
        upstream = Files.createDirectory(folder.resolve("upstream"));
        distGit = Files.createDirectory(folder.resolve("dist-git"));
        for (String file :
                List.of("a.patch", "b.patch", ".hidden", "plans/main.fmf", "plans/deep/more.fmf", ".git/config")) {
            write(upstream, file);
        }
        for (String file : List.of("hello.spec", "sources", "tests/old.fmf", "tests/plans/stale", ".git/config")) {
            write(distGit, file);
        }
    }

    private static void write(Path root, String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), root.getFileName() + ":" + file);
    }

    private static SyncedFiles item(String source, String destination) {
        return SyncedFiles.one(source, destination);
    }

    private static SyncedFiles deleting(String source, String destination, String... filters) {
        return new SyncedFiles(List.of(source), destination, false, true, List.of(filters));
    }

    private void carry(SyncedFiles... wanted) throws IOException {
        FileSync.carry(upstream, Set.of(), distGit, List.of(wanted), Set.of("hello.spec", "sources"));
    }

    /** What dist-git has now, without what it had and without git's own. */
    private Set<String> carried() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(distGit)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(file) && Files.readString(file).startsWith("upstream:")) {
                    files.add(distGit.relativize(file).toString());
                }
            }
        }
        return files;
    }

    private Set<String> there() throws IOException {
        try (Stream<Path> all = Files.walk(distGit)) {
            return new TreeSet<>(all.filter(Files::isRegularFile)
                    .map(file -> distGit.relativize(file).toString())
                    .toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.patch       | a.patch    | a.patch
            a.patch       | renamed    | renamed
            ./a.patch     | tests      | tests/a.patch
            a.patch       | new/       | new/a.patch
            *.patch       | .          | a.patch b.patch
            [!a].patch    | new        | new
            ?.patch       | new        | new/a.patch new/b.patch
            *             | new        | new/a.patch new/b.patch new/plans/deep/more.fmf new/plans/main.fmf
            plans         | plans      | plans/plans/deep/more.fmf plans/plans/main.fmf
            plans         | tests      | tests/plans/deep/more.fmf tests/plans/main.fmf
            plans/        | tests      | tests/deep/more.fmf tests/main.fmf
            plans/        | plans      | plans/deep/more.fmf plans/main.fmf
            plans/*       | tests/     | tests/deep/more.fmf tests/main.fmf
            plans/**/*.fmf| tests/     | tests/more.fmf
            p*/           | tests      | tests/deep/more.fmf tests/main.fmf
            a.patch/      | tests      |
            missing       | tests      |
            missing*/x    | no/where/  |
            """)
    void carriesAsRsyncDoes(String source, String destination, String files) throws IOException {
        carry(item(source, destination));

        assertThat(carried()).isEqualTo(files == null ? Set.of() : new TreeSet<>(List.of(files.split(" "))));
    }

    @Test
    void makesTheFoldersAboveOnlyWhenItMay() throws IOException {
        assertThatThrownBy(() -> carry(item("a.patch", "x/y/")))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("no folder x", "mkpath");

        carry(new SyncedFiles(List.of("a.patch"), "x/y/", true, false, List.of()));

        assertThat(carried()).containsExactly("x/y/a.patch");
    }

    @Test
    void deletesOnlyInFoldersThatAreCarried() throws IOException {
        carry(deleting("plans", "tests"), deleting("*.patch", "."));

        assertThat(there())
                .contains("tests/plans/main.fmf", "tests/old.fmf", "hello.spec", ".git/config")
                .doesNotContain("tests/plans/stale");
    }

    @Test
    void leavesAloneWhatFiltersAreAbout() throws IOException {
        carry(deleting("plans/", "tests", "- deep/", "protect old.*", "P /plans/***"));

        assertThat(carried()).containsExactly("tests/main.fmf");
        assertThat(there()).contains("tests/old.fmf", "tests/plans/stale");

        carry(deleting("plans/", "tests", "+ /main.fmf", "- *.fmf", "hide nothing"));

        assertThat(there()).contains("tests/old.fmf", "tests/main.fmf").doesNotContain("tests/plans/stale");
    }

    @Test
    void neverChangesTheSpecFileAndTheSources() throws IOException {
        write(upstream, "dist/hello.spec");
        write(upstream, "dist/sources");
        write(upstream, "dist/hello.conf");

        carry(deleting("dist/", "."));

        assertThat(carried()).containsExactly("hello.conf");
        assertThat(there()).containsExactly(".git/config", "hello.conf", "hello.spec", "sources");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../upstream/a.patch", "/etc/passwd", "plans/../../x", ".git/config", ".GIT/hooks/x", "a\\b"})
    void leavesNeitherRepository(String path) {
        for (SyncedFiles wanted : List.of(item(path, "new"), item("a.patch", path))) {
            assertThatThrownBy(() -> carry(wanted))
                    .isInstanceOf(UserErrorException.class)
                    .hasMessageContaining("leads out of the repository");
        }
    }

    @Test
    void carriesNoLinksAndWritesThroughNone() throws IOException {
        Files.writeString(folder.resolve("secret"), "upstream:secret");
        Files.createSymbolicLink(upstream.resolve("plans/link"), folder.resolve("secret"));
        Files.createSymbolicLink(upstream.resolve("way"), folder);
        Files.createSymbolicLink(distGit.resolve("out"), folder);

        assertThatThrownBy(() -> carry(item("plans/", "tests"))).hasMessageContaining("plans/link is a link");
        carry(item("way/secret", "stolen"), item("*/secret", "stolen"));
        assertThatThrownBy(() -> carry(item("a.patch", "out/a.patch")))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("there is no folder out");
        assertThatThrownBy(() -> carry(new SyncedFiles(List.of("plans/deep"), "out/", true, false, List.of())))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("out is no folder");
        carry(new SyncedFiles(List.of("plans/"), "tests", false, false, List.of("- link")));

        assertThat(carried()).containsExactly("tests/deep/more.fmf", "tests/main.fmf");
        assertThat(folder.resolve("a.patch")).doesNotExist();
    }

    @Test
    void putsAFileInPlaceOfALinkAndNotThroughIt() throws IOException {
        Files.writeString(folder.resolve("outside"), "as it was");
        Files.createSymbolicLink(distGit.resolve("a.patch"), folder.resolve("outside"));

        carry(item("a.patch", "a.patch"));

        assertThat(folder.resolve("outside")).hasContent("as it was");
        assertThat(carried()).containsExactly("a.patch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge /etc/passwd", ". rules", ":C", "dir-merge .x", "!", "-x", ""})
    void refusesRulesThatReadFiles(String rule) {
        assertThatThrownBy(() -> carry(deleting("plans/", "tests", rule)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("filter");
    }

    @ParameterizedTest
    @CsvSource({
        "*.c, a.c, true",
        "*.c, a/b.c, false",
        "**.c, a/b.c, true",
        "a?c, a/c, false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[]]x, ]x, true",
        "[x, [x, true",
        "'\\*', *, true",
        "'\\*', a, false",
        "*a*a*a*a*a*a*a*a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false"
    })
    void matchesPatterns(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }
}
