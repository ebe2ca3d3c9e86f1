package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;

/** Does one kind of job. Handlers are beans, know no messages and are safe to run twice for one job. */
public interface JobHandler {

    HandlerSpec spec();

    /**
     * Does the job, or the part of it that can be done now.
     *
     * @throws dev.forgeway.error.TransientException when trying again can help
     * @throws dev.forgeway.error.UserErrorException when the user has to change something; the text is shown
     */
    Outcome handle(Job job);
}
