package dev.forgeway.decide.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

    private static final CommandPrefixes PREFIXES = new CommandPrefixes("/packit", "/packit-ci");
    private static final CommandParser PARSER =
            new CommandParser(PREFIXES, Set.of("build", "copr-build", "help", "test"));
    private static final CommandParser ALL = CommandParser.ofAllCommands(PREFIXES, Set.of());

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("/packit build", new Command("build", null, List.of(), Map.of())),
                Arguments.of("/packit copr-build", new Command("copr-build", null, List.of(), Map.of())),
                Arguments.of("/packit help", new Command("help", null, List.of(), Map.of())),
                Arguments.of("  /packit   build  ", new Command("build", null, List.of(), Map.of())),
                Arguments.of("\t/packit\tbuild", new Command("build", null, List.of(), Map.of())),
                Arguments.of("/packit\u00a0build", new Command("build", null, List.of(), Map.of())),
                Arguments.of("/packit --package=hello build", new Command("build", "hello", List.of(), Map.of())),
                Arguments.of("/packit --package hello build", new Command("build", "hello", List.of(), Map.of())),
                Arguments.of("/packit copr-build --package=a", new Command("copr-build", "a", List.of(), Map.of())),
                Arguments.of("/packit copr-build --package a", new Command("copr-build", "a", List.of(), Map.of())),
                Arguments.of(
                        "/packit test --commit main --package a --release=1.0",
                        command("test", "a", Map.of("commit", List.of("main"), "release", List.of("1.0")))),
                Arguments.of("/packit build\n/packit help", new Command("build", null, List.of(), Map.of())),
                Arguments.of("Thanks!\r\n\r\n/packit build\r\n", new Command("build", null, List.of(), Map.of())),
                Arguments.of("/packit\n/packit build", new Command("build", null, List.of(), Map.of())),
                Arguments.of("> /packit help\n\n/packit build", new Command("build", null, List.of(), Map.of())));
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
                Arguments.of("/packit --package a biuld", new CommandResult.Unknown("biuld", "build")),
                Arguments.of("/packit foobar\n/packit build", new CommandResult.Unknown("foobar", null)),
                Arguments.of("/packit BUILD now", new CommandResult.Unknown("BUILD", "build")));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void namesWhatItDoesNotKnow(String comment, CommandResult result) {
        assertThat(PARSER.parse(comment)).isEqualTo(result);
    }

    static Stream<Arguments> options() {
        return Stream.of(
                Arguments.of("/packit test", Map.of()),
                Arguments.of("/packit test --identifier full", Map.of("identifier", List.of("full"))),
                Arguments.of("/packit test --id full", Map.of("identifier", List.of("full"))),
                Arguments.of("/packit test -i=full", Map.of("identifier", List.of("full"))),
                Arguments.of("/packit test -i one -i two", Map.of("identifier", List.of("two"))),
                Arguments.of("/packit test --labels a,b", Map.of("labels", List.of("a", "b"))),
                Arguments.of("/packit test --labels=a,,b,", Map.of("labels", List.of("a", "b"))),
                Arguments.of("/packit test --env A=1 --env=B=2,3", Map.of("env", List.of("A=1", "B=2,3"))),
                Arguments.of(
                        "/packit pull-from-upstream --with-pr-config --resolve-bug rhbz#1,rhbz#2 --version 1.2",
                        Map.of(
                                "with-pr-config",
                                List.of(),
                                "resolve-bug",
                                List.of("rhbz#1", "rhbz#2"),
                                "version",
                                List.of("1.2"))),
                Arguments.of(
                        "/packit pull-from-upstream --resolved-bugs rhbz#1,rhbz#2",
                        Map.of("resolve-bug", List.of("rhbz#1", "rhbz#2"))),
                Arguments.of("/packit koji-tag --all-branches", Map.of("all-branches", List.of())));
    }

    @ParameterizedTest
    @MethodSource("options")
    void understandsTheOptionsOfEveryCommand(String comment, Map<String, List<String>> options) {
        assertThat(ALL.parse(comment))
                .isInstanceOfSatisfying(
                        CommandResult.Found.class,
                        found -> assertThat(found.command().options()).isEqualTo(options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help",
                "build",
                "copr-build",
                "rebuild-failed",
                "test",
                "retest-failed",
                "upstream-koji-build",
                "vm-image-build",
                "propose-downstream",
                "propose-update",
                "pull-from-upstream",
                "koji-build",
                "koji-tag",
                "create-update",
                "verify-fas ada"
            })
    void knowsAllOfPackitsCommands(String command) {
        assertThat(ALL.parse("/packit " + command)).isInstanceOf(CommandResult.Found.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/packit pull, pull-from-upstream",
        "/packit vm, vm-image-build",
        "/packit koji,",
        "/packit-ci scratch, ci-scratch-build"
    })
    void takesTheBeginningOfOneCommandAloneForIt(String comment, @Nullable String nearest) {
        assertThat(ALL.parse(comment))
                .isInstanceOfSatisfying(
                        CommandResult.Unknown.class,
                        unknown -> assertThat(unknown.nearest()).isEqualTo(nearest));
    }

    @ParameterizedTest
    @CsvSource({"/packit --help, help", "/packit -h, help", "/packit-ci --help, ci-help"})
    void helpsThoseWhoAskForItAsOtherToolsAreAsked(String comment, String name) {
        assertThat(ALL.parse(comment)).isEqualTo(new CommandResult.Found(command(name, null, Map.of())));
    }

    @Test
    void takesThePullRequestsThatATestIsRunWith() {
        assertThat(ALL.parse("/packit test packit/ogr#7 --package a packit/deep/er#8"))
                .isEqualTo(new CommandResult.Found(
                        new Command("test", "a", List.of("packit/ogr#7", "packit/deep/er#8"), Map.of())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /packit --package hello         | there is no command behind the option
            /packit build --package         | `--package` needs a value
            /packit build --package=        | `--package` needs a value
            /packit build now               | `build` cannot do anything with `now`
            /packit test ogr#7              | `test` cannot do anything with `ogr#7`
            /packit test --comit main       | `test` has no option `--comit`; did you mean `--commit`?
            /packit build --labels a        | `build` has no option `--labels`
            /packit test --commit           | `--commit` needs a value
            /packit --commit main test      | `--commit` must stand behind the command
            /packit koji-tag --all-branches=x | `--all-branches` takes no value
            /packit verify-fas              | `verify-fas` needs one word
            /packit verify-fas ada grace    | `verify-fas` needs one word
            /packit test --env A            | `--env` needs `NAME=value` instead of `A`
            /packit test --env=1A=x         | `--env` needs `NAME=value` instead of `1A=x`
            /packit build `@everyone`       | `build` cannot do anything with `'@everyone'`
            """)
    void saysWhatIsWrongWithACommand(String comment, String problem) {
        assertThat(ALL.parse(comment))
                .isInstanceOfSatisfying(
                        CommandResult.Malformed.class,
                        malformed -> assertThat(malformed.problem()).isEqualTo(problem));
    }

    @Test
    void showsHowACommandIsWritten() {
        assertThat(CommandParser.usage("koji-tag")).isEqualTo("koji-tag [--all-branches]");
        assertThat(CommandParser.usage("test"))
                .isEqualTo("test [<namespace>/<repository>#<pull request>]… [--commit <branch>] [--release <tag>]"
                        + " [--identifier <identifier>] [--labels <label>,<label>] [--env <name>=<value>]…");
        assertThat(CommandParser.usage("unheard-of")).isEqualTo("unheard-of");
    }

    private static Command command(String name, @Nullable String packageName, Map<String, List<String>> options) {
        return new Command(name, packageName, List.of(), options);
    }

    @Test
    void takesAnotherPrefix() {
        var staging = new CommandParser(new CommandPrefixes("/packit-stg", "/packit-ci-stg"), Set.of("build"));

        assertThat(staging.parse("/packit build\n/packit-stg build"))
                .isEqualTo(new CommandResult.Found(new Command("build", null, List.of(), Map.of())));
    }

    static Stream<Arguments> ofFedoraCi() {
        return Stream.of(
                Arguments.of("/packit-ci help", new CommandResult.Found(command("ci-help", null, Map.of()))),
                Arguments.of(
                        "/packit-ci test --target eln",
                        new CommandResult.Found(command("ci-test", null, Map.of("target", List.of("eln"))))),
                Arguments.of(
                        "/packit-ci test installability",
                        new CommandResult.Found(new Command("ci-test", null, List.of("installability"), Map.of()))),
                Arguments.of(
                        "/packit-ci scratch-build --target=rawhide",
                        new CommandResult.Found(
                                command("ci-scratch-build", null, Map.of("target", List.of("rawhide"))))),
                Arguments.of("/packit-ci build", new CommandResult.Unknown("ci-build", null)),
                Arguments.of("/packit-ci tset", new CommandResult.Unknown("ci-tset", "ci-test")),
                Arguments.of("/packit ci-test", new CommandResult.Unknown("ci-test", "ci-test")),
                Arguments.of(
                        "/packit-ci scratch-build --taget eln",
                        new CommandResult.Malformed(
                                "`scratch-build` has no option `--taget`; did you mean `--target`?",
                                "ci-scratch-build [--target <eln or rawhide>]")),
                Arguments.of("/packit-ci", new CommandResult.None()));
    }

    @ParameterizedTest
    @MethodSource("ofFedoraCi")
    void hasOtherCommandsBehindThePrefixOfFedoraCi(String comment, CommandResult said) {
        assertThat(ALL.parse(comment)).isEqualTo(said);
    }

    @Test
    void writesACommandWithItsPrefix() {
        assertThat(ALL.written("build")).isEqualTo("/packit build");
        assertThat(ALL.written(CommandParser.usage("ci-scratch-build")))
                .isEqualTo("/packit-ci scratch-build [--target <eln or rawhide>]");
    }
}
