package dev.forgeway.decide;

import dev.forgeway.decide.filter.PrivateRepositoryFilter;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.metrics.StepLog;
import org.springframework.stereotype.Component;

/**
 * Looks for the package config of what was denied, because only those are told of it who use one. Nobody looks for what was
 * told before, nor into private repositories.
 */
@Component
public class DeniedConfigFinder {

    private final Feedback feedback;
    private final PrivateRepositoryFilter privacy;
    private final PackageConfigFinder configs;

    DeniedConfigFinder(Feedback feedback, PrivateRepositoryFilter privacy, PackageConfigFinder configs) {
        this.feedback = feedback;
        this.privacy = privacy;
        this.configs = configs;
    }

    /** @throws dev.forgeway.error.TransientException when the forge cannot say now */
    public void find(Decision decision) {
        if (decision.reason() != Reason.NAMESPACE_DENIED
                || decision.isTrial()
                || !feedback.wantsConfig(decision)
                || isPrivate(decision)) {
            StepLog.skip();
            return;
        }
        configs.findForStopped(decision);
    }

    private boolean isPrivate(Decision decision) {
        try {
            return privacy.judge(decision).reason() != null;
        } catch (UserErrorException e) {
            return true;
        }
    }
}
