package dev.forgeway.camel;

import dev.forgeway.dispatch.Dispatchable;
import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.JobRun;
import dev.forgeway.report.ReportRun;
import dev.forgeway.schedule.LostMessages;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** The messages of the queues {@code jobs.*} and {@code statuses}: an id, a priority and when they were sent. */
@Component("queueMessages")
public class QueueMessages {

    static final String STATUSES = "statuses";

    /** What nobody has seen yet comes before what is only newer. */
    private static final int FIRST_STATUS = 9;

    static final int LATER_STATUS = 6;

    /** Every job that can begin to the queue of its handler, and every report of it to the reporters. */
    public List<QueueMessage> of(Dispatchable decided) {
        List<QueueMessage> messages = new ArrayList<>();
        messages.addAll(jobs(decided.jobs()));
        messages.addAll(reports(decided.reports(), FIRST_STATUS));
        return messages;
    }

    /** The jobs that waited for one that was worked on. */
    public List<QueueMessage> ofReleased(JobRun run) {
        return jobs(run.released());
    }

    /** The reports of a job that was worked on. */
    public List<QueueMessage> ofRun(JobRun run) {
        return reports(run.reports(), LATER_STATUS);
    }

    /** A place about which something newer is wanted. */
    public QueueMessage again(ReportRun run) {
        return new QueueMessage(STATUSES, run.id(), LATER_STATUS);
    }

    /** What the broker lost of jobs and statuses. */
    public QueueMessage ofLost(LostMessages.Lost lost) {
        Integer decided = lost.priority();
        return new QueueMessage(lost.queue(), lost.id(), decided == null ? LATER_STATUS : decided);
    }

    private static List<QueueMessage> jobs(List<Job> jobs) {
        return jobs.stream()
                .filter(job -> job.state() != Job.State.BLOCKED)
                .map(job -> new QueueMessage("jobs." + job.handler(), job.id(), job.priority()))
                .toList();
    }

    private static List<QueueMessage> reports(List<String> ids, int priority) {
        return ids.stream().map(id -> new QueueMessage(STATUSES, id, priority)).toList();
    }

    /** Makes the exchange carry the message, and nothing that came with another one. */
    public void write(Exchange exchange) {
        QueueMessage wanted = exchange.getMessage().getBody(QueueMessage.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Headers.QUEUE, wanted.queue());
        message.setHeader(Headers.PRIORITY, wanted.priority());
        message.setHeader(Headers.PRIORITY_GIVEN, Integer.toString(wanted.priority()));
        message.setHeader(Headers.QUEUED_AT, System.currentTimeMillis());
        message.setHeader(wanted.queue().equals(STATUSES) ? Headers.REPORT : Headers.JOB_ID, wanted.id());
        message.setBody(wanted.id());
    }
}
