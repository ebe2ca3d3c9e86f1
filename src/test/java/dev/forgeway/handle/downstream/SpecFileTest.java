package dev.forgeway.handle.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecFileTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private static String updated(String text) {
        SpecFile spec = new SpecFile(text);
        spec.update("2.0", DAY, "Ada <ada@example.org>", "Update to version 2.0");
        return spec.text();
    }

    @Test
    void setsTheVersionResetsTheReleaseAndWritesTheChangelog() {
        assertThat(updated("""
                Name:           hello
                Version:        1.0
                Release:        7%{?dist}
                Epoch: 1
                License: MIT

                %changelog
                * Sun Feb 01 2026 Grace <grace@example.org> - 1:1.0-7
                - Rebuild
                """)).isEqualTo("""
                Name:           hello
                Version:        2.0
                Release:        1%{?dist}
                Epoch: 1
                License: MIT

                %changelog
                * Sun Mar 01 2026 Ada <ada@example.org> - 1:2.0-1
                - Update to version 2.0

                * Sun Feb 01 2026 Grace <grace@example.org> - 1:1.0-7
                - Rebuild
                """);
    }

    @Test
    void leavesToRpmautospecWhatIsItsOwn() {
        assertThat(updated("""
                Name: hello
                Version: 1.0
                Release: %autorelease

                %changelog
                %autochangelog
                """)).isEqualTo("""
                Name: hello
                Version: 2.0
                Release: %autorelease

                %changelog
                %autochangelog
                """);
    }

    @Test
    void changesTheMacrosThatTheFileDefinesForThem() {
        assertThat(updated("""
                %global upstream_version 1.0
                %global baserelease 4
                Name: hello
                Version: %{upstream_version}
                Release: %{baserelease}%{?dist}
                """)).isEqualTo("""
                %global upstream_version 2.0
                %global baserelease 1
                Name: hello
                Version: %{upstream_version}
                Release: %{baserelease}%{?dist}
                """);
    }

    @Test
    void leavesASpecFileAloneThatHasTheVersion() {
        String spec = "Name: hello\nVersion: 2.0\nRelease: 3%{?dist}\n%changelog\n";

        assertThat(updated(spec)).isEqualTo(spec);
    }

    @Test
    void goesNoVersionBack() {
        assertThatThrownBy(() -> updated("Name: hello\nVersion: 10.0\nRelease: 3%{?dist}\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("newer version 10.0");
    }

    @ParameterizedTest
    @CsvSource({"2.0~rc1", "nightly", "1.9^20260101", "v1.0"})
    void goesOnFromWhatRpmHoldsForOlder(String before) {
        assertThat(updated("Name: hello\nVersion: " + before + "\nRelease: 3%{?dist}\n"))
                .contains("Version: 2.0\n");
    }

    @ParameterizedTest
    @CsvSource({"2.0^20260101", "2.0.1", "2.0a"})
    void doesNotGoBackFromWhatRpmHoldsForNewer(String before) {
        assertThatThrownBy(() -> updated("Name: hello\nVersion: " + before + "\nRelease: 3%{?dist}\n"))
                .hasMessageContaining("newer version " + before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Name: hello                                    | no line that begins with version:
            Version: %{gitversion}                         | the macro gitversion
            Version: 1.%{minor}                            | made of macros
            Version: 3.%{minor}                            | made of macros
            """)
    void refusesWhatOnlyRpmUnderstands(String line, String why) {
        assertThatThrownBy(() -> updated(line + "\nRelease: 1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void namesTheSourcesWithTheirMacrosExpanded() {
        SpecFile spec = new SpecFile("""
                %global forge https://example.org/releases
                Name: hello
                Version: 1.0
                URL: https://example.org/hello
                Source0: %{url}/%{name}-%{version}.tar.gz
                Source1: %{forge}/%{?name}.conf
                Source: hello.service
                Source9: %{gobble}.tar
                """);

        assertThat(spec.sources())
                .containsExactly(
                        "https://example.org/hello/hello-1.0.tar.gz",
                        "https://example.org/releases/hello.conf",
                        "hello.service",
                        "%{gobble}.tar");
    }

    @Test
    void isNotFooledByAMacroThatNamesItself() {
        assertThat(new SpecFile("%global a %{a}%{a}\nName: x\nVersion: 1\nSource: %{a}\n").sources())
                .hasSize(1);
    }
}
