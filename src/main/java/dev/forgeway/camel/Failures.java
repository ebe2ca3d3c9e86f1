package dev.forgeway.camel;

import dev.forgeway.decide.Conclusions;
import dev.forgeway.decide.Decision;
import dev.forgeway.error.OverBudgetException;
import dev.forgeway.error.TransientException;
import dev.forgeway.handle.JobRun;
import dev.forgeway.handle.JobRunner;
import dev.forgeway.report.ReportRun;
import dev.forgeway.report.Reporter;
import dev.forgeway.store.StoreFailure;
import jakarta.jms.JMSException;
import org.apache.camel.Exchange;
import org.springframework.dao.DataAccessException;
import org.springframework.jms.JmsException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Tells a room that an attempt failed, if it had begun: before that, the body is still the message's own. */
@Component("failures")
public class Failures {

    private final Conclusions conclusions;
    private final JobRunner runner;
    private final Reporter reporter;

    Failures(Conclusions conclusions, JobRunner runner, Reporter reporter) {
        this.conclusions = conclusions;
        this.runner = runner;
        this.reporter = reporter;
    }

    /**
     * Whether another attempt would fail alike, as nothing was away. Camel takes the handler whose class is nearest to the
     * exception or to any of its causes, and to the cause of a database's exception that is often the one for all exceptions
     * (https://camel.apache.org/manual/exception-clause.html).
     */
    public boolean isForGood(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        while (failure != null) {
            if (failure instanceof TransientException
                    || failure instanceof DataAccessException
                    || failure instanceof TransactionException
                    || failure instanceof JMSException
                    || failure instanceof JmsException) {
                return false;
            }
            failure = failure.getCause();
        }
        return true;
    }

    /** Keeps what went wrong with a delivery, and makes the message that delivery again. */
    public void ofDelivery(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Decision decision) {
            conclusions.attemptFailed(decision, failure(exchange));
            exchange.getMessage().setBody(decision.delivery().body());
        }
    }

    /** Keeps what went wrong with a job, and makes the message one about that job again. */
    public void ofJob(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof JobRun run) {
            runner.attemptFailed(run, failure(exchange));
            exchange.getMessage().setBody(run.job().id());
        }
    }

    /** Makes the message one about that job again, of which nothing was tried. */
    public void ofParkedJob(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof JobRun run) {
            exchange.getMessage().setBody(run.job().id());
        }
    }

    /** Frees the place of a report, and makes the message one about that place again. */
    public void ofReport(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof ReportRun run) {
            if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof OverBudgetException) {
                reporter.nothingTried(run);
            } else {
                reporter.attemptFailed(run, StoreFailure.told(failure(exchange)));
            }
            exchange.getMessage().setBody(run.id());
        }
    }

    private static Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
