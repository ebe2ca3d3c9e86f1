package dev.forgeway.decide;

import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.error.Reason;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import org.springframework.stereotype.Component;

/** Reads the package config that was found, so that filters and selection see its jobs. */
@Component
public class PackageConfigReader {

    private final PackageConfigParser parser;

    public PackageConfigReader(PackageConfigParser parser) {
        this.parser = parser;
    }

    /**
     * Stops the decision when the file cannot be used; the detail names line, column and remedy. Where a command does
     * without a package config, there is nothing to read, and no job in it.
     */
    public void read(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        if (decision.configFileIfFound() == null || !decision.needsConfig()) {
            decision.stop(Outcome.FILTERED, Reason.NO_MATCHING_JOB, null);
            return;
        }
        try {
            StepLog.note(decision.config(parser).jobs().size() + " jobs", null);
        } catch (InvalidPackageConfigException e) {
            decision.stop(e);
        }
    }
}
