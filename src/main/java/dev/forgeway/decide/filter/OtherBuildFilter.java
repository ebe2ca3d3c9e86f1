package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiWork;
import dev.forgeway.store.JobStore;
import org.springframework.stereotype.Component;

/**
 * Lets go of builds in Koji that nothing can follow: those that did not succeed, and those of our own jobs, which are followed
 * by their tasks.
 */
@Component
public class OtherBuildFilter implements EventFilter {

    private static final String BUILDER = "koji-build";

    private final JobStore jobs;

    public OtherBuildFilter(JobStore jobs) {
        this.jobs = jobs;
    }

    @Override
    public Verdict judge(Decision decision) {
        KojiWork build = ((KojiBuildEvent) decision.event()).build();
        if (!build.state().equals("complete") || build.packageName() == null || build.nvr() == null) {
            return Verdict.ignore(Reason.NO_HANDLER, "build " + build.id() + " is " + build.state());
        }
        String task = build.taskId();
        return task != null && jobs.findByExternalId(BUILDER, task).isPresent()
                ? Verdict.ignore(Reason.OWN_ACTION, "Koji task " + task)
                : Verdict.pass("built by " + build.owner());
    }
}
