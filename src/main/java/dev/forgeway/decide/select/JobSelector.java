package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.FedoraCi;
import dev.forgeway.decide.Rerun;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandParser;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.BranchExpansion;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.handle.BuildPlan;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Origin;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Selects the jobs of an event: from the package config, from a command, or for the build that it is about. */
@Component
public class JobSelector {

    private static final String REBUILD_FAILED = "rebuild-failed";

    private final PackageConfigParser parser;
    private final CoprTargets targets;
    private final DownstreamJobs downstream;
    private final Handlers handlers;
    private final AvailableCommands available;
    private final TestJobs testJobs;
    private final KojiJobs kojiJobs;
    private final TestedBuilds builds;

    public JobSelector(
            PackageConfigParser parser,
            TargetExpansion expansion,
            CommandParser commands,
            Handlers handlers,
            TestJobs testJobs,
            KojiJobs kojiJobs,
            TestedBuilds builds,
            CoprTargets targets,
            FedoraCi ci) {
        this.parser = parser;
        this.targets = targets;
        this.downstream = new DownstreamJobs(new BranchExpansion(expansion));
        this.handlers = handlers;
        this.available = new AvailableCommands(parser, commands, handlers, ci);
        this.testJobs = testJobs;
        this.kojiJobs = kojiJobs;
        this.builds = builds;
    }

    /** The jobs of the package config that the event triggers, or that the command of a comment names. */
    public void fromConfig(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        select(decision, decision.config(parser));
    }

    /** The job of a command that needs no package config; other commands are left to {@link #fromConfig}. */
    public void fromCommand(Decision decision) {
        Command command = decision.isOpen() ? command(decision) : null;
        List<Job> jobs = new ArrayList<>();
        for (HandlerSpec spec : handlers.specs()) {
            if (command != null
                    && !spec.needsConfig()
                    && spec.events().contains(decision.event().type())
                    && spec.commands().contains(command.name())) {
                jobs.add(job(decision, 0, spec, command.name(), null, List.of(), available.of(decision, command)));
            }
        }
        if (jobs.isEmpty()) {
            StepLog.skip();
        } else {
            select(decision, jobs, List.of());
        }
    }

    /** The jobs of an event that is about no repository alone, and so about no package config. */
    public void fromEvent(Decision decision) {
        List<Job> jobs = new ArrayList<>();
        for (HandlerSpec spec : handlers.specs()) {
            if (spec.reactsTo(decision.event().type())) {
                String trigger = decision.event().type().wireName();
                jobs.add(job(decision, jobs.size(), spec, trigger, null, List.of(), Map.of()));
            }
        }
        select(decision, jobs, List.of());
    }

    /** The jobs whose checks are to run again, with what they were asked to do the first time. */
    public void fromChecks(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        repeat(decision, decision.reruns(), List.of());
    }

    private void repeat(Decision decision, List<Rerun> reruns, List<String> remarks) {
        Map<Job, String> again = new LinkedHashMap<>();
        for (Rerun rerun : reruns) {
            Job first = rerun.job();
            HandlerSpec spec = handlers.named(first.handler()).spec();
            if (spec.reactsTo(decision.event().type())) {
                again.put(again(decision, again.size(), spec, first, rerun.targets()), first.id());
            }
        }
        select(decision, testJobs.again(decision, again), remarks);
    }

    /** A job once more, for the event of a decision and some targets. */
    static Job again(Decision decision, int index, HandlerSpec spec, Job first, List<String> targets) {
        Map<String, String> arguments = new TreeMap<>(first.arguments());
        Origin.keep(first, arguments);
        return job(decision, index, spec, first.trigger(), first.packageName(), targets, arguments);
    }

    /** The job that carries on the story of another job. */
    public void fromBuild(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        Job subject = decision.subject();
        List<Job> jobs = new ArrayList<>();
        for (HandlerSpec spec : handlers.specs()) {
            if (spec.reactsTo(decision.event().type())) {
                Map<String, String> arguments = Map.of(Job.SUBJECT, subject.id());
                String trigger = decision.event().type().wireName();
                jobs.add(job(decision, jobs.size(), spec, trigger, subject.packageName(), List.of(), arguments));
            }
        }
        select(decision, jobs, List.of());
    }

    /** @param remarks what the story tells beside the jobs */
    private static void select(Decision decision, List<Job> jobs, List<String> remarks) {
        if (jobs.isEmpty()) {
            decision.stop(
                    Outcome.FILTERED, Reason.NO_MATCHING_JOB, remarks.isEmpty() ? null : String.join("; ", remarks));
            return;
        }
        decision.select(jobs);
        StepLog.note(jobs.size() == 1 ? "1 job" : jobs.size() + " jobs", names(jobs, remarks));
    }

    private static String names(List<Job> jobs, List<String> remarks) {
        String names = String.join(
                ", ",
                jobs.stream()
                        .map(job -> job.handler() + " for " + job.targets().size() + " targets")
                        .toList());
        return remarks.isEmpty() ? names : names + "; " + String.join("; ", remarks);
    }

    private static void saw(Decision decision, List<String> hints) {
        ConfigSighting sighting = decision.sighting();
        if (sighting != null && !hints.isEmpty()) {
            decision.sighting(sighting.read(ConfigSighting.State.PRESENT, String.join("; ", hints)));
        }
    }

    /** A job that the event asks for and that nobody can do is told, and is no error. */
    private void select(Decision decision, PackageConfig config) {
        Event event = decision.event();
        Command command = command(decision);
        List<Job> jobs = new ArrayList<>();
        List<String> remarks = new ArrayList<>(config.hints());
        saw(decision, remarks);
        if (command != null && command.name().equals(REBUILD_FAILED)) {
            List<Rerun> failed = builds.failed(event).stream()
                    .filter(build -> command.isForPackage(build.job().packageName()))
                    .toList();
            repeat(decision, failed, failed.isEmpty() ? List.of("no build of this commit failed") : List.of());
            return;
        }
        List<JobConfig> tests = new ArrayList<>();
        List<JobConfig> inKoji = new ArrayList<>();
        Verdict leftOut = null;
        for (JobConfig configured : config.jobs()) {
            if (!JobMatching.asks(event, command, configured) || !downstream.fits(event, configured)) {
                continue;
            }
            List<HandlerSpec> serving = handlers.specs().stream()
                    .filter(spec -> JobMatching.serves(spec, event, command, configured))
                    .toList();
            Verdict against = decision.leftOut(configured);
            if (serving.isEmpty() && isUnknown(configured.type())) {
                remarks.add("no handler for " + configured.type() + " (line " + configured.line() + ")");
            } else if (against == null) {
                for (HandlerSpec spec : serving) {
                    switch (spec.name()) {
                        case TestJobs.HANDLER -> tests.add(configured);
                        case KojiJobs.HANDLER, KojiJobs.UPDATES, KojiJobs.TAGS -> inKoji.add(configured);
                        default -> jobs.add(job(decision, jobs.size(), spec, configured));
                    }
                }
            } else if (leftOut == null && !serving.isEmpty()) {
                leftOut = against;
            }
        }
        jobs.addAll(testJobs.of(decision, config, command, tests, List.copyOf(jobs)));
        jobs.addAll(kojiJobs.of(decision, config, inKoji, List.copyOf(jobs)));
        if (jobs.isEmpty() && leftOut != null && leftOut.reason() != null) {
            decision.stop(Outcome.FILTERED, leftOut.reason(), leftOut.detail());
        } else {
            select(decision, jobs, remarks);
        }
    }

    private boolean isUnknown(String jobType) {
        return handlers.specs().stream().noneMatch(spec -> spec.jobTypes().contains(jobType));
    }

    private Job job(Decision decision, int index, HandlerSpec spec, JobConfig configured) {
        boolean isDownstream = downstream.isFor(configured);
        List<String> ofJob = isDownstream ? downstream.branches(configured) : targets.of(configured);
        Map<String, String> arguments =
                isDownstream ? downstream.arguments(configured, command(decision)) : buildArguments(configured);
        nameChecks(arguments, decision, configured, ofJob.size());
        return job(decision, index, spec, configured.trigger(), configured.packageName(), ofJob, arguments);
    }

    /** @param count for how many targets the config asks */
    static void nameChecks(Map<String, String> arguments, Decision decision, JobConfig configured, int count) {
        Project project = decision.event().project();
        configured
                .checkNameTemplate(count, project == null ? "" : project.name())
                .ifPresent(template -> arguments.put(Checks.NAME_TEMPLATE, template));
    }

    static Map<String, String> buildArguments(JobConfig configured) {
        Map<String, String> arguments = new TreeMap<>();
        configured.checkNames().addIdentifierTo(arguments);
        List<String> dependencies = configured.source().buildDependencies();
        put(arguments, Job.SOURCE_DEPENDENCIES, dependencies.isEmpty() ? null : String.join("\n", dependencies));
        arguments.put(Job.CONFIG_INDEX, Integer.toString(configured.index()));
        put(arguments, BuildPlan.ARGUMENT, configured.build().argument());
        put(arguments, "owner", configured.copr().owner());
        put(arguments, "project", configured.copr().project());
        return configured.notifications().addTo(arguments);
    }

    private static void put(Map<String, String> arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }

    private static @Nullable Command command(Decision decision) {
        return decision.said() instanceof CommandResult.Found found ? found.command() : null;
    }

    static Job job(
            Decision decision,
            int index,
            HandlerSpec spec,
            String trigger,
            @Nullable String packageName,
            List<String> targets,
            Map<String, String> arguments) {
        return new Job(
                Job.idOf(decision.delivery().id(), decision.jobName(index)),
                decision.delivery().id(),
                decision.delivery().receivedAt(),
                spec.name(),
                trigger,
                packageName,
                targets,
                arguments,
                0,
                List.of(),
                Job.State.QUEUED,
                0,
                false,
                null,
                decision.event());
    }
}
