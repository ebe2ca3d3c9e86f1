package dev.forgeway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Prints stories so that they can be read at a glance. */
final class DemoPrinter {

    private final PrintStream out;
    private int number;

    DemoPrinter(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.printf("%n%s%n%s%n", text, "=".repeat(text.length()));
    }

    void delivery(String label, int status, String body, Duration took) {
        number++;
        out.printf("%n%d. %s%n   answered %d in %.1f ms: %s%n", number, label, status, millis(took), body);
    }

    /** What became of a delivery: the outcome, then every step, job and status of it. */
    void story(JsonNode story) {
        out.printf("   %s%s%n", story.path("outcome").asText("unknown"), because(story));
        for (JsonNode step : story.path("steps")) {
            out.printf(
                    "     %-58s %9.2f ms  %s %s%n",
                    step.path("route").asText() + " / " + node(step),
                    step.path("micros").asLong() / 1000.0,
                    step.path("result").asText(""),
                    step.path("detail").asText(""));
        }
        for (JsonNode job : story.path("jobs")) {
            out.printf(
                    "     job %s for %s: priority %d (%s), %s: %s%n",
                    job.path("handler").asText(),
                    texts(job.path("targets")),
                    job.path("priority").asInt(),
                    texts(job.path("priorityReasons")),
                    job.path("outcome").asText(job.path("state").asText()),
                    job.path("detail").asText(""));
        }
        for (JsonNode status : story.path("statuses")) {
            out.printf(
                    "     %s %s: %s %s%n",
                    status.path("kind").asText(),
                    status.path("name").asText(),
                    status.path("state").asText(""),
                    status.path("title").asText(""));
        }
    }

    void end(int port, int managementPort, int builds, int calls) {
        out.printf("%nCopr got %d builds, GitHub got %d calls. Still running:%n", builds, calls);
        out.printf("   page     http://127.0.0.1:%d/%n", port);
        out.printf("   routes   http://127.0.0.1:%d/actuator/hawtio%n", managementPort);
        out.printf("   metrics  http://127.0.0.1:%d/actuator/prometheus%n", managementPort);
    }

    private static String because(JsonNode story) {
        String reason = story.path("reason").asText("");
        String detail = story.path("detail").asText("");
        return (reason.isEmpty() ? "" : ", because: " + reason) + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    private static String node(JsonNode step) {
        String node = step.path("node").asText();
        return node.startsWith(step.path("route").asText() + ".")
                ? node.substring(step.path("route").asText().length() + 1)
                : node;
    }

    private static String texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return String.join(", ", texts);
    }

    private static double millis(Duration took) {
        return took.toNanos() / 1_000_000.0;
    }
}
