package dev.forgeway.error;

/** The user has to change something; the job is finished and the message is shown to the user. */
public class UserErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserErrorException(String message) {
        super(message);
    }
}
