package dev.forgeway.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints all mistakes of the settings as one message instead of a stack trace. */
class InvalidSettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
        var text = new StringBuilder();
        int count = cause.mistakes().size();
        text.append(count == 1 ? "One setting is wrong:" : count + " settings are wrong:")
                .append('\n');
        for (Mistake mistake : cause.mistakes()) {
            text.append("\n  ").append(mistake.key());
            text.append("  (environment: ")
                    .append(mistake.environmentVariable())
                    .append(")\n");
            text.append("      ").append(mistake.problem()).append('\n');
            text.append("      for example: ").append(mistake.example()).append('\n');
        }
        return new FailureAnalysis(
                text.toString(),
                "Correct these settings and start again; docs/configuration.md describes every key.",
                cause);
    }
}
