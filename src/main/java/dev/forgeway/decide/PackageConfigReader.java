package dev.forgeway.decide;

import dev.forgeway.decide.packageconfig.InvalidPackageConfigException;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.metrics.StepLog;
import org.springframework.stereotype.Component;

/** Reads the package config that was found, so that filters and selection see its jobs. */
@Component
public class PackageConfigReader {

    private final PackageConfigParser parser;

    public PackageConfigReader(PackageConfigParser parser) {
        this.parser = parser;
    }

    /** Stops the decision when the file cannot be used; the detail names line, column and remedy. */
    public void read(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        try {
            StepLog.note(decision.config(parser).jobs().size() + " jobs", null);
        } catch (InvalidPackageConfigException e) {
            decision.stop(e);
        }
    }
}
