package dev.forgeway.dispatch;

import java.util.List;

/** Something that was decided and has jobs and reports to be sent to their queues. */
public interface Dispatchable {

    List<Job> jobs();

    /** Replaces the jobs, for example by the same ones with their priorities. */
    void jobs(List<Job> changed);

    /** The ids of the reports that somebody should see at once. */
    List<String> reports();
}
