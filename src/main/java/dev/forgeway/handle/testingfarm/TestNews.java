package dev.forgeway.handle.testingfarm;

import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Outcome;
import dev.forgeway.service.testingfarm.TestRequest;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How tests stand, as people see it.
 *
 * @param summary Markdown, or null for nothing to say
 */
record TestNews(CheckState state, String title, @Nullable String summary) {

    private static final String FENCE = "```";

    /** What Testing Farm says of a request, in its words for states and results (https://api.testing-farm.io/redoc). */
    static TestNews of(TestRequest request) {
        if (request.isSubmitted()) {
            return new TestNews(CheckState.PENDING, "Tests have been submitted ...", null);
        }
        if (request.isRunning()) {
            return new TestNews(CheckState.RUNNING, "Tests are running ...", links(request));
        }
        return switch (request.state()) {
            case "complete" -> complete(request);
            case "canceled" -> new TestNews(CheckState.CANCELED, "Tests were canceled.", told(request));
            default -> new TestNews(CheckState.ERROR, "Testing Farm had an error.", told(request));
        };
    }

    private static TestNews complete(TestRequest request) {
        String told = told(request);
        return switch (Objects.requireNonNullElse(request.overall(), "unknown")) {
            case "passed" -> new TestNews(CheckState.SUCCESS, "Tests passed.", told);
            case "skipped" -> new TestNews(CheckState.NEUTRAL, "Tests were skipped.", told);
            case "failed" -> new TestNews(CheckState.FAILURE, "Tests failed.", told);
            case "needs_inspection" -> new TestNews(CheckState.FAILURE, "Tests need inspection.", told);
            case "error" -> new TestNews(CheckState.ERROR, "Tests had an error.", told);
            default -> new TestNews(CheckState.ERROR, "Tests ended without a result.", told);
        };
    }

    /** What a job of tests came to, by how its target stands in the end. */
    static Outcome outcome(CheckState state) {
        return switch (state) {
            case SUCCESS -> Outcome.succeeded("Tests passed");
            case NEUTRAL -> Outcome.skipped("Tests were skipped");
            case CANCELED -> new Outcome(Outcome.Result.CANCELED, "Tests were canceled");
            case FAILURE -> new Outcome(Outcome.Result.FAILED, "Tests failed");
            default -> new Outcome(Outcome.Result.ERROR, "Tests had an error");
        };
    }

    /** The words of Testing Farm, which can hold those of tests, as text that formats nothing; then the links. */
    private static String told(TestRequest request) {
        String summary = request.summary();
        String words =
                summary == null ? "" : FENCE + "\n" + summary.strip().replace(FENCE, "'''") + "\n" + FENCE + "\n\n";
        return words + links(request);
    }

    private static String links(TestRequest request) {
        StringJoiner links = new StringJoiner(" · ");
        if (request.artifactsUrl() != null) {
            links.add("[Results and logs](" + request.artifactsUrl() + ")");
        }
        if (request.xunitUrl() != null) {
            links.add("[xunit](" + request.xunitUrl() + ")");
        }
        return links.add("[Request " + request.id() + "](" + request.url() + ")")
                .toString();
    }
}
