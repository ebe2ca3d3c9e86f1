package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.JobConfig.RequiredLabels;
import dev.forgeway.decide.packageconfig.PackageConfigParser;
import dev.forgeway.error.Reason;
import dev.forgeway.event.PullRequest;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Jobs can require labels of a pull request ({@code require.label}, https://packit.dev/docs/configuration#require). The
 * labels come with the event, or with the look-up of the head; where neither told them, the forge is asked for those jobs
 * that want some.
 */
@Component
public class LabelFilter extends JobFilter {

    private final ForgeQuestions forge;

    public LabelFilter(PackageConfigParser parser, ForgeQuestions forge) {
        super(parser);
        this.forge = forge;
    }

    @Override
    Verdict judge(Decision decision, JobConfig job) {
        return isOfDistGit(decision)
                ? Verdict.pass("not about the pull request")
                : judge(job, labelled(decision, job.requiredLabels()));
    }

    private @Nullable PullRequest labelled(Decision decision, RequiredLabels required) {
        PullRequest told = decision.event().pullRequest();
        return told == null || told.labels() != null || required.isEmpty() || !forge.knows(decision)
                ? told
                : forge.pullRequest(decision, told.number()).orElse(told);
    }

    private static boolean isOfDistGit(Decision decision) {
        return decision.event().inDistGit()
                && decision.said() instanceof CommandResult.Found found
                && found.command().isOfDistGit();
    }

    /** Whether a job may run for a pull request; one that is not known has no labels that could speak against it. */
    static Verdict judge(JobConfig job, @Nullable PullRequest pullRequest) {
        if (pullRequest == null) {
            return Verdict.pass("no pull request");
        }
        List<String> labels = pullRequest.labels() == null ? List.of() : pullRequest.labels();
        return fits(job.requiredLabels(), labels)
                ? Verdict.pass("labels fit")
                : Verdict.refuse(Reason.LABEL_MISMATCH, words(job.requiredLabels(), labels));
    }

    /** One of the labels that must be there is, and none of those that must not be there. */
    static boolean fits(RequiredLabels required, Collection<String> labels) {
        boolean present =
                required.present().isEmpty() || required.present().stream().anyMatch(labels::contains);
        return present && required.absent().stream().noneMatch(labels::contains);
    }

    private static String words(RequiredLabels required, List<String> labels) {
        String present = required.present().isEmpty() ? "" : "one of " + required.present() + " must be there";
        String absent = required.absent().isEmpty() ? "" : "none of " + required.absent() + " may be there";
        String both = present.isEmpty() || absent.isEmpty() ? present + absent : present + ", " + absent;
        return both + "; the labels are " + labels;
    }
}
