package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;

/**
 * One reason to leave jobs of the package config out. An event for which all jobs were left out stops for the reason
 * of the first that it would have triggered; that is found out when jobs are selected.
 */
abstract class JobFilter {

    private final PackageConfigParser parser;

    JobFilter(PackageConfigParser parser) {
        this.parser = parser;
    }

    /**
     * Leaves jobs out of an open decision whose package config was read; another one passes by. When the forge does not let us
     * ask, it does not let us work either.
     */
    public void apply(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        try {
            int count = leaveOut(decision);
            StepLog.note(count == 0 ? "pass" : "left out " + count, null);
        } catch (UserErrorException e) {
            decision.stop(Outcome.FILTERED, Reason.REPOSITORY_NOT_FOUND, e.getMessage());
        }
    }

    private int leaveOut(Decision decision) {
        int count = 0;
        for (JobConfig job : decision.config(parser).jobs()) {
            Verdict verdict = judge(decision, job);
            if (verdict.reason() != null) {
                decision.leaveOut(job, verdict);
                count++;
            }
        }
        return count;
    }

    abstract Verdict judge(Decision decision, JobConfig job);
}
