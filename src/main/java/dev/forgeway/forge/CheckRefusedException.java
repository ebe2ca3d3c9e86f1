package dev.forgeway.forge;

import dev.forgeway.error.UserErrorException;

/** The forge does not let us show a check, whatever it says; a comment may be let through. */
public class CheckRefusedException extends UserErrorException {

    private static final long serialVersionUID = 1L;

    private final boolean ofProject;

    /** @param ofProject whether no check of the project can be shown, and not this one alone */
    public CheckRefusedException(String message, boolean ofProject) {
        super(message);
        this.ofProject = ofProject;
    }

    /** Whether no check of the project can be shown, and not this one alone. */
    public boolean isOfProject() {
        return ofProject;
    }
}
