package dev.forgeway.decide.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

    private static final CommandParser PARSER = new CommandParser("/packit", Set.of("build", "copr-build", "help"));

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("/packit build", new Command("build", null, List.of())),
                Arguments.of("/packit copr-build", new Command("copr-build", null, List.of())),
                Arguments.of("/packit help", new Command("help", null, List.of())),
                Arguments.of("  /packit   build  ", new Command("build", null, List.of())),
                Arguments.of("\t/packit\tbuild", new Command("build", null, List.of())),
                Arguments.of("/packit\u00a0build", new Command("build", null, List.of())),
                Arguments.of("/packit --package=hello build", new Command("build", "hello", List.of())),
                Arguments.of("/packit --package hello build", new Command("build", "hello", List.of())),
                Arguments.of("/packit copr-build --package=a", new Command("copr-build", "a", List.of())),
                Arguments.of("/packit copr-build --package a", new Command("copr-build", "a", List.of())),
                Arguments.of("/packit build now", new Command("build", null, List.of("now"))),
                Arguments.of(
                        "/packit build --commit main --package a x",
                        new Command("build", "a", List.of("--commit", "main", "x"))),
                Arguments.of("/packit build\n/packit help", new Command("build", null, List.of())),
                Arguments.of("Thanks!\r\n\r\n/packit build\r\n", new Command("build", null, List.of())),
                Arguments.of("/packit\n/packit build", new Command("build", null, List.of())),
                Arguments.of("> /packit help\n\n/packit build", new Command("build", null, List.of())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void findsTheFirstCommand(String comment, Command command) {
        assertThat(PARSER.parse(comment)).isEqualTo(new CommandResult.Found(command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "looks good",
                "hi /packit build",
                "> /packit build",
                ">/packit build",
                "/Packit build",
                "/PACKIT build",
                "/packit",
                "/packit   ",
                "/packit-stg build",
                "/packitbuild",
                "`/packit build`",
                "packit build",
                "//packit build"
            })
    void staysSilentWithoutACommand(String comment) {
        assertThat(PARSER.parse(comment)).isEqualTo(new CommandResult.None());
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of("/packit BUILD", new CommandResult.Unknown("BUILD", "build")),
                Arguments.of("/packit biuld", new CommandResult.Unknown("biuld", "build")),
                Arguments.of("/packit copr_build", new CommandResult.Unknown("copr_build", "copr-build")),
                Arguments.of("/packit bulid", new CommandResult.Unknown("bulid", "build")),
                Arguments.of("/packit buil", new CommandResult.Unknown("buil", "build")),
                Arguments.of("/packit foobar", new CommandResult.Unknown("foobar", null)),
                Arguments.of("/packit foobar\n/packit build", new CommandResult.Unknown("foobar", null)),
                Arguments.of("/packit --package hello", new CommandResult.Unknown("--package", null)),
                Arguments.of("/packit build --package", new CommandResult.Unknown("--package", null)),
                Arguments.of("/packit build --package=", new CommandResult.Unknown("--package", null)));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void namesWhatItDoesNotKnow(String comment, CommandResult result) {
        assertThat(PARSER.parse(comment)).isEqualTo(result);
    }

    @Test
    void takesAnotherPrefix() {
        var staging = new CommandParser("/packit-stg", Set.of("build"));

        assertThat(staging.parse("/packit build\n/packit-stg build"))
                .isEqualTo(new CommandResult.Found(new Command("build", null, List.of())));
    }
}
