package dev.forgeway.decide.parse;

import dev.forgeway.event.Analysis;
import dev.forgeway.event.Event;
import dev.forgeway.event.LogAnalysisEvent;
import dev.forgeway.event.ScanEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * What others found out about a build: the static analysis of <a
 * href="https://github.com/openscanhub/openscanhub">OpenScanHub</a>, and that of its logs by <a
 * href="https://pypi.org/project/logdetective-packit-message/">Log Detective</a>.
 */
final class AnalysisMessages {

    private AnalysisMessages() {}

    static Optional<Event> parse(String topic, Payload message, Instant receivedAt) {
        if (topic.endsWith("openscanhub.task.started")) {
            return Optional.of(scan(message, "started", receivedAt));
        }
        if (topic.endsWith("openscanhub.task.finished")) {
            return Optional.of(scan(message, "finished", receivedAt));
        }
        return topic.endsWith("logdetective.analysis") ? Optional.of(logs(message, receivedAt)) : Optional.empty();
    }

    /** How a scan ended is its state: success, cancel, interrupt or fail. */
    private static Event scan(Payload message, String action, Instant receivedAt) {
        String status = message.textOrNull("status");
        String id = Long.toString(message.number("task_id"));
        return new ScanEvent(
                action,
                null,
                receivedAt,
                new Analysis(
                        id,
                        status == null || action.equals("started") ? action : status,
                        null,
                        message.memberOrNull("scan-results.js")));
    }

    private static Event logs(Payload message, Instant receivedAt) {
        String status = message.text("status");
        return new LogAnalysisEvent(
                status,
                null,
                receivedAt,
                new Analysis(
                        message.text("log_detective_analysis_id"),
                        status,
                        message.text("target_build"),
                        null,
                        message.text("build_system")));
    }
}
