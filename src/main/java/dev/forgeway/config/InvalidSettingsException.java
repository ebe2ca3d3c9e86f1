package dev.forgeway.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings have mistakes; all of them are listed, and nothing is started. */
public class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public InvalidSettingsException(List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(mistake -> mistake.key() + " " + mistake.problem())
                .collect(Collectors.joining("; ", "Invalid settings: ", "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** In the order of the keys' documentation: values first, then what does not fit together. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
