package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.error.Reason;
import org.springframework.stereotype.Component;

/** Jobs can name the instances that run them ({@code packit_instances}); what is meant for others is left to them. */
@Component
public class InstanceFilter extends JobFilter {

    private final String instance;

    public InstanceFilter(PackageConfigParser parser, Settings settings) {
        super(parser);
        this.instance = settings.decide().instance();
    }

    @Override
    Verdict judge(Decision decision, JobConfig job) {
        return job.packitInstances().contains(instance)
                ? Verdict.pass("for " + instance)
                : Verdict.refuse(Reason.OTHER_INSTANCE, "for " + String.join(", ", job.packitInstances()));
    }
}
