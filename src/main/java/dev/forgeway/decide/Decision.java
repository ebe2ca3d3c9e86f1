package dev.forgeway.decide;

import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.dispatch.Dispatchable;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One delivery on its way through the room: what is known of it so far, and what was decided. It is open until a bean
 * stops it or its jobs are selected; what is decided once stays.
 */
public final class Decision implements Dispatchable {

    private final Delivery delivery;
    private final boolean trial;
    private String name = "";
    private List<Decision> parts = List.of();
    private @Nullable Event event;
    private @Nullable Job subject;
    private List<Rerun> reruns = List.of();
    private @Nullable PackageConfigFile configFile;
    private @Nullable ConfigSighting sighting;
    private @Nullable InvalidPackageConfigException mistake;
    private @Nullable Outcome outcome;
    private @Nullable Reason reason;
    private @Nullable String detail;
    private List<Job> jobs = List.of();
    private List<String> reports = List.of();
    private boolean stored;
    private final EventFacts facts = new EventFacts();
    private final Map<JobConfig, Verdict> leftOut = new HashMap<>();
    private CommandResult said = new CommandResult.None();
    private @Nullable PackageConfig config;

    public Decision(Delivery delivery) {
        this(delivery, false);
    }

    private Decision(Delivery delivery, boolean trial) {
        this.delivery = delivery;
        this.trial = trial;
    }

    /** What another event asks for of the same delivery; its jobs are to be told from those of others by a name. */
    Decision part(String name, Event ofPart) {
        Decision part = new Decision(delivery, trial);
        part.name = name + "/";
        part.event = ofPart;
        return part;
    }

    /** What is decided about each of the things that the event concerns. */
    List<Decision> parts() {
        return parts;
    }

    void parts(List<Decision> ofEvent) {
        this.parts = ofEvent;
    }

    /** By which the job with this index is told from the others of the delivery. */
    public String jobName(int index) {
        return name + index;
    }

    /** One of which nothing may be stored, sent or shown. */
    public static Decision trial(Delivery delivery) {
        return new Decision(delivery, true);
    }

    /** Whether only what would be decided is asked for: whoever remembers anything leaves it. */
    public boolean isTrial() {
        return trial;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The event; to be asked for only behind the parser. */
    public Event event() {
        return Objects.requireNonNull(event, "not parsed yet");
    }

    public @Nullable Event eventIfParsed() {
        return event;
    }

    /** The wire name of the event's type; empty for a delivery that is no event. */
    public String eventType() {
        return event == null ? "" : event.type().wireName();
    }

    public void event(Event parsed) {
        this.event = parsed;
    }

    /** The job that an event of a build system is about. */
    public Job subject() {
        return Objects.requireNonNull(subject, "no job was looked for");
    }

    public @Nullable Job subjectIfFound() {
        return subject;
    }

    public void subject(Job found) {
        this.subject = found;
    }

    /** What is to be done again, for the checks that the event is about. */
    public List<Rerun> reruns() {
        return reruns;
    }

    public void reruns(List<Rerun> found) {
        this.reruns = found;
    }

    public PackageConfigFile configFile() {
        return Objects.requireNonNull(configFile, "no config was looked for");
    }

    public void configFile(PackageConfigFile found) {
        this.configFile = found;
    }

    public @Nullable PackageConfigFile configFileIfFound() {
        return configFile;
    }

    /** What the package config says, read once. */
    public PackageConfig config(PackageConfigParser parser) {
        if (config == null) {
            config = parser.parse(configFile().path(), configFile().text());
        }
        return config;
    }

    /** What the package config says; null where nobody read it. */
    public @Nullable PackageConfig configIfRead() {
        return config;
    }

    /** What was found out about the event so far. */
    public EventFacts facts() {
        return facts;
    }

    /** What the comment says to us. */
    public CommandResult said() {
        return said;
    }

    public void said(CommandResult result) {
        this.said = result;
    }

    /** False for a command that can be followed in a project without a package config. */
    public boolean needsConfig() {
        return !(said instanceof CommandResult.Found found && !found.command().needsConfig());
    }

    /** A job of the package config does not run for this event, whatever triggers it. */
    public void leaveOut(JobConfig job, Verdict why) {
        leftOut.putIfAbsent(job, why);
    }

    /** Why a job of the package config does not run for this event; null when nothing speaks against it. */
    public @Nullable Verdict leftOut(JobConfig job) {
        return leftOut.get(job);
    }

    /** What was learned of the project's package config; null when nothing was looked for. */
    public @Nullable ConfigSighting sighting() {
        return sighting;
    }

    public void sighting(ConfigSighting seen) {
        this.sighting = seen;
    }

    /** What is wrong with the package config; null for nothing. */
    public @Nullable InvalidPackageConfigException mistake() {
        return mistake;
    }

    /** Stops here because the package config cannot be used; the detail names line, column and remedy. */
    public void stop(InvalidPackageConfigException found) {
        this.mistake = found;
        if (sighting != null) {
            sighting = sighting.read(ConfigSighting.State.INVALID, found.getMessage());
        }
        stop(Outcome.FILTERED, Reason.INVALID_PACKAGE_CONFIG, found.getMessage());
    }

    public boolean isOpen() {
        return outcome == null;
    }

    /** Ends the way of this delivery, with a reason. */
    public void stop(Outcome end, Reason why, @Nullable String more) {
        this.outcome = end;
        this.reason = why;
        this.detail = more;
        StepLog.note(why.wireName(), more);
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }

    public @Nullable Reason reason() {
        return reason;
    }

    public @Nullable String detail() {
        return detail;
    }

    /** These jobs are what the event asks for. */
    public void select(List<Job> selected) {
        this.jobs = selected;
        this.outcome = Outcome.DISPATCHED;
    }

    @Override
    public List<Job> jobs() {
        return jobs;
    }

    @Override
    public void jobs(List<Job> changed) {
        this.jobs = changed;
    }

    @Override
    public List<String> reports() {
        return reports;
    }

    /** The decision is in the store, and these reports of it want sending. */
    public void stored(List<String> reportIds) {
        this.stored = true;
        this.reports = reportIds;
    }

    public boolean isStored() {
        return stored;
    }
}
