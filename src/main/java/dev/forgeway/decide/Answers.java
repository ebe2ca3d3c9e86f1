package dev.forgeway.decide;

import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandPrefixes;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.error.Reason;
import dev.forgeway.error.Suggestion;
import dev.forgeway.event.Project;
import dev.forgeway.store.ApprovalIssue;
import dev.forgeway.store.ApprovalStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The words in which somebody learns why a command or a pull request was not followed. */
@Component
class Answers {

    private static final int MOST_NAMES = 10;

    private final CommandParser commands;
    private final ApprovalStore approvals;

    Answers(CommandParser commands, ApprovalStore approvals) {
        this.commands = commands;
        this.approvals = approvals;
    }

    /** The answer to a command that stopped for this reason, in Markdown; empty where silence is right. */
    Optional<String> toCommand(Decision decision) {
        Reason reason = decision.reason();
        if (reason == null) {
            return Optional.empty();
        }
        String detail = decision.detail() == null ? "" : decision.detail();
        return Optional.ofNullable(
                switch (reason) {
                    case UNKNOWN_COMMAND, INVALID_COMMAND -> misspelt(decision.said());
                    case NO_MATCHING_JOB -> noJob(decision);
                    case REF_MISMATCH -> "Nothing was done: " + detail + ".";
                    case LABEL_MISMATCH -> "The labels do not let " + command(decision) + " run: " + detail + ".";
                    case NO_PACKAGE_CONFIG ->
                        "This repository has no package config, so that " + command(decision) + " has nothing to do ("
                                + detail + ").";
                    case INVALID_PACKAGE_CONFIG -> "The package config cannot be used:\n\n```\n" + detail + "\n```";
                    case ACTOR_NOT_ALLOWED, NAMESPACE_DENIED, NAMESPACE_NOT_APPROVED ->
                        "Nothing was done: " + refusal(decision) + ".";
                    default -> null;
                });
    }

    /** Why the project or the account may not ask for work; half a sentence. */
    String refusal(Decision decision) {
        String actor = "`" + decision.event().actor() + "`";
        return switch (decision.reason() == null ? Reason.DEFECT : decision.reason()) {
            case ACTOR_NOT_ALLOWED ->
                decision.event().inDistGitOrItsTests()
                                && decision.said() instanceof CommandResult.Found found
                                && found.command().isForPackagers()
                        ? actor + " may not ask for that; packagers with write access may"
                        : actor
                                + " may not ask for work here; the author of a pull request and accounts with write access may";
            case NAMESPACE_NOT_APPROVED ->
                "this namespace is not approved for this service (" + decision.detail()
                        + "); an operator can approve it" + approvalIssue(decision);
            case NAMESPACE_DENIED -> "`" + decision.detail() + "` may not use this service";
            default -> throw new IllegalStateException("no refusal: " + decision.reason());
        };
    }

    private String approvalIssue(Decision decision) {
        Project project = decision.event().project();
        return project == null
                ? ""
                : approvals
                        .of(project.namespaceKey())
                        .flatMap(ApprovalIssue::url)
                        .map(url -> ", as " + url + " tells")
                        .orElse("");
    }

    private String noJob(Decision decision) {
        String name = decision.said() instanceof CommandResult.Found found
                ? found.command().name()
                : "";
        String what = CommandPrefixes.isCi(name) ? "Nothing runs" : "No job of the package config runs";
        return what + " for " + command(decision) + " here. " + unmet(decision) + help(name);
    }

    /** Which of the limits of a command no job meets, because nothing is called so. */
    private static String unmet(Decision decision) {
        PackageConfig config = decision.configIfRead();
        if (config == null || !(decision.said() instanceof CommandResult.Found found)) {
            return "";
        }
        Command command = found.command();
        StringBuilder unmet = new StringBuilder();
        if (command.packageName() != null) {
            unmet.append(none("package", command.packageName(), config, job -> Stream.ofNullable(job.packageName())));
        }
        command.option("identifier")
                .ifPresent(wanted ->
                        unmet.append(none("identifier", wanted, config, job -> Stream.ofNullable(job.identifier()))));
        for (String label : command.options().getOrDefault("labels", List.of())) {
            unmet.append(none("label", label, config, job -> job.labels().stream()));
        }
        return unmet.toString();
    }

    private static String none(
            String what, String wanted, PackageConfig config, Function<JobConfig, Stream<String>> names) {
        Set<String> known = config.jobs().stream().flatMap(names).collect(Collectors.toCollection(TreeSet::new));
        if (known.contains(wanted)) {
            return "";
        }
        String there = known.isEmpty()
                ? "; it has none"
                : Suggestion.nearest(wanted, known)
                        .map(near -> "; did you mean " + CommandParser.quoted(near) + "?")
                        .orElseGet(() -> "; it has "
                                + known.stream()
                                        .limit(MOST_NAMES)
                                        .map(CommandParser::quoted)
                                        .collect(Collectors.joining(", "))
                                + (known.size() > MOST_NAMES ? " and others" : ""));
        return "The package config has no " + what + " " + CommandParser.quoted(wanted) + there
                + (there.endsWith("?") ? " " : ". ");
    }

    private @Nullable String misspelt(CommandResult said) {
        if (said instanceof CommandResult.Unknown unknown) {
            String nearest = unknown.nearest();
            String meant = nearest == null ? "" : " Did you mean `" + commands.written(nearest) + "`?";
            return "There is no command " + CommandParser.quoted(CommandPrefixes.bare(unknown.name())) + "." + meant
                    + " " + help(unknown.name());
        }
        if (said instanceof CommandResult.Malformed malformed) {
            String usage = malformed.usage();
            String written = usage == null ? "" : " It is written `" + commands.written(usage) + "`.";
            return "The command was not understood: " + malformed.problem() + "." + written + " "
                    + help(usage == null ? "" : usage);
        }
        return null;
    }

    private String command(Decision decision) {
        return decision.said() instanceof CommandResult.Found found
                ? "`" + commands.written(found.command().name()) + "`"
                : "this";
    }

    private String help(String command) {
        String help = CommandPrefixes.isCi(command) ? CommandPrefixes.CI_HELP : "help";
        return "`" + commands.written(help) + "` lists what can be done here.";
    }
}
