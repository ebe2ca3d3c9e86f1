package dev.forgeway.camel;

import dev.forgeway.decide.Decision;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.report.ReportRun;
import dev.forgeway.schedule.PendingAnswer;
import org.springframework.stereotype.Component;

/**
 * What routes ask about the body of a message. A method is looked up once, when the route starts; the simple
 * language looks {@code ${body.open}} up for every message
 * (https://camel.apache.org/components/4.18.x/languages/bean-language.html).
 */
@Component("is")
public class Conditions {

    /** The delivery is authentic and somebody wants it. */
    public boolean accepted(Receipt receipt) {
        return receipt.accepted();
    }

    /** Nothing was decided about the delivery yet. */
    public boolean open(Decision decision) {
        return decision.isOpen();
    }

    /** Of which type the event is, by its wire name. */
    public String typed(Decision decision) {
        return decision.eventType();
    }

    /** The report is claimed and can be sent. */
    public boolean due(ReportRun run) {
        return run.isDue();
    }

    /** Something newer is wanted than what was just sent. */
    public boolean outdated(ReportRun run) {
        return run.isMoreWanted();
    }

    /** Nothing more is expected of what a job waits for. */
    public boolean givenUp(PendingAnswer answer) {
        return answer.isGivenUp();
    }
}
