package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.testing.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of packit's command line, and what is made of its answers. */
class SpecToolTest {

    private static final String TO_2 = "sed -i 's/^Version:.*/Version: 2.0/' \"$7/hello.spec\"";

    private static final Instant AT = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    Path work;

    private Path home;
    private Path folder;
    private Path spec;
    private Path packit;

    @BeforeEach
    void clonePackage() throws IOException {
        home = Files.createDirectory(work.resolve("home"));
        folder = Files.createDirectory(work.resolve("package"));
        packit = work.resolve("packit");
        spec = Files.writeString(folder.resolve("hello.spec"), "Name: hello\nVersion: 1.0\nRelease: 3\n");
    }

    private SpecTool tool() {
        return new SpecTool(Examples.settings("service.dist-git.packit", packit.toString()));
    }

    private SpecTool.Update update(@Nullable String upstream, String... bugs) {
        return new SpecTool.Update(folder, spec, "f45", "2.0", "hello", upstream, List.of(bugs), AT);
    }

    private String seen() throws IOException {
        return Files.readString(home.resolve("seen"));
    }

    @Test
    void updatesAPackageByItsOwnConfig() throws IOException {
        FakePackit.at(packit, "echo \"$@\" > seen; " + TO_2);

        assertThat(tool().update(update(null, "rhbz#1", "rhbz#2"), home)).isTrue();

        assertThat(seen())
                .isEqualTo("pull-from-upstream --dry-run --pr --dist-git-branch f45 --dist-git-path " + folder
                        + " --package=hello --resolve-bug=rhbz#1 --resolve-bug=rhbz#2 " + folder + " 2.0\n");
        assertThat(spec).content().contains("Version: 2.0", "Release: 3");
    }

    @Test
    void leavesToItselfWhatAPackitWithoutDryRunWouldPush() throws IOException {
        FakePackit.at(packit, "Options:\n  --pr / --no-pr", "echo pushed > seen");

        assertThat(tool().update(update("https://example.org/hello"), home)).isFalse();

        assertThat(home.resolve("seen")).doesNotExist();
        assertThat(spec).content().contains("Version: 2.0", "Release: 1");
    }

    @Test
    void asksANewPackitWhatItCanDo() throws IOException {
        SpecTool tool = tool();
        FakePackit.at(packit, "no such option", "exit 3");
        assertThat(tool.update(update(null), home)).isFalse();
        Files.writeString(spec, "Name: hello\nVersion: 1.0\nRelease: 3\n");

        FakePackit.at(packit, TO_2);
        Files.setLastModifiedTime(packit, FileTime.from(AT));

        assertThat(tool.update(update(null), home)).isTrue();
    }

    /** It ends with 0 where its config has no such package (iterate_packages in its cli/utils.py). */
    @Test
    void believesTheSpecFileMoreThanTheEndOfPackit() throws IOException {
        FakePackit.at(packit, "echo \"Packages {'hello'} are not defined in $7.\"");

        assertThatThrownBy(() -> tool().update(update(null), home))
                .isInstanceOf(UserErrorException.class)
                .hasMessage("packit left the spec file at version 1.0: Packages {'hello'} are not defined in package.");
    }

    @Test
    void givesPackitAPlaceForWhatItLeavesBehind() throws IOException {
        FakePackit.at(packit, "echo \"$HOME $TMPDIR\" > seen; " + TO_2);

        tool().update(update(null), home);

        assertThat(seen()).isEqualTo(home + " " + home + "\n");
    }
}
