package dev.forgeway.forge;

/**
 * Ends installations of an App. Both methods throw {@link dev.forgeway.error.TransientException} when trying again can
 * help, and {@link dev.forgeway.error.UserErrorException} when an operator has to change something.
 */
public interface AppInstallations {

    /**
     * Blocks the App from the account until somebody there unsuspends it.
     *
     * @return false when there is no such installation any more
     */
    boolean suspend(long installation);

    /**
     * Removes the App from the account.
     *
     * @return false when there is no such installation any more
     */
    boolean uninstall(long installation);
}
