package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.store.PullRequestHeadStore;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A pull request whose head moved on while the delivery waited is decided for its new head, by the newer delivery. A
 * command is about whatever head is there, so that it is never too late.
 */
@Component
public class SupersededFilter implements EventFilter {

    private final PullRequestHeadStore heads;

    public SupersededFilter(PullRequestHeadStore heads) {
        this.heads = heads;
    }

    @Override
    public Verdict judge(Decision decision) {
        PullRequestEvent event = (PullRequestEvent) decision.event();
        String project = event.project().key();
        int number = event.pullRequest().number();
        Optional<String> newer = decision.isTrial()
                ? heads.newer(project, number, event.commit(), event.occurredAt())
                : heads.arrived(project, number, event.commit(), event.occurredAt());
        return newer.map(head -> Verdict.ignore(Reason.SUPERSEDED, detail(head)))
                .orElseGet(() -> Verdict.pass("newest head"));
    }

    /** What people are told of it. */
    public static String detail(String head) {
        return "the head is " + head + " by now";
    }
}
