package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.FedoraCi;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.event.EventType;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which commands can do something in a repository, as arguments of the job of a command that needs no package config,
 * such as help:
 *
 * <ul>
 *   <li>{@code config}: the path of the package config, {@code config-problem}: why it cannot be used; neither where
 *       there is none
 *   <li>{@code packages}: the packages of a monorepo
 *   <li>{@code targets:<handler>}: for each handler that has a job here, the targets of its jobs
 *   <li>{@code word}: the first word of the command
 *   <li>{@code usage:<command>}: how a command that can do something here is written
 * </ul>
 */
final class AvailableCommands {

    private final PackageConfigParser parser;
    private final CommandParser commands;
    private final Handlers handlers;
    private final FedoraCi ci;

    AvailableCommands(PackageConfigParser parser, CommandParser commands, Handlers handlers, FedoraCi ci) {
        this.ci = ci;
        this.parser = parser;
        this.commands = commands;
        this.handlers = handlers;
    }

    Map<String, String> of(Decision decision, Command asked) {
        Map<String, String> arguments = new TreeMap<>();
        asked.arguments().stream().findFirst().ifPresent(word -> arguments.put("word", word));
        handlers.specs().stream()
                .filter(spec -> !spec.needsConfig())
                .forEach(spec -> spec.commands().forEach(command -> addUsage(arguments, command)));
        if (ci.isFor(decision.event())) {
            FedoraCiJobs.COMMANDS.forEach(command -> addUsage(arguments, command));
        }
        if (decision.configFileIfFound() != null) {
            arguments.put("config", decision.configFile().path());
            try {
                addJobs(arguments, decision, decision.config(parser));
            } catch (InvalidPackageConfigException e) {
                arguments.put("config-problem", String.valueOf(e.getMessage()));
            }
        }
        return arguments;
    }

    private void addJobs(Map<String, String> arguments, Decision decision, PackageConfig config) {
        List<JobConfig> jobs =
                config.jobs().stream().filter(job -> isNear(decision, job)).toList();
        for (HandlerSpec spec : handlers.specs()) {
            List<JobConfig> own = jobs.stream()
                    .filter(job -> spec.jobTypes().contains(job.type()))
                    .toList();
            if (!own.isEmpty()) {
                arguments.put("targets:" + spec.name(), joined(own, true));
                spec.commands().stream()
                        .filter(command ->
                                own.stream().anyMatch(job -> JobMatching.mayAsk(decision.event(), command, job)))
                        .forEach(command -> addUsage(arguments, command));
            }
        }
        String packages = joined(jobs, false);
        if (!packages.isEmpty()) {
            arguments.put("packages", packages);
        }
    }

    private void addUsage(Map<String, String> arguments, String command) {
        arguments.put("usage:" + command, commands.written(CommandParser.usage(command)));
    }

    /**
     * A comment on a pull request repeats what pull requests trigger, and what is done with the branches of a package; elsewhere
     * everything can be asked for.
     */
    private static boolean isNear(Decision decision, JobConfig job) {
        return decision.event().type() != EventType.PULL_REQUEST_COMMENT
                || decision.event().inDistGit()
                || job.trigger().equals("pull_request");
    }

    private static String joined(List<JobConfig> jobs, boolean targets) {
        return jobs.stream()
                .flatMap(job -> targets ? job.targets().stream() : Stream.ofNullable(job.packageName()))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
