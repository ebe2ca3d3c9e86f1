package dev.forgeway.simulator;

/**
 * Who calls the simulated GitHub.
 *
 * @param installation the installation that the token was issued for, else 0
 * @param login whose name stands on what the caller writes
 */
record GitHubCaller(Kind kind, long installation, String login) {

    /** The ways to be known. */
    enum Kind {
        APP,
        INSTALLATION,
        PERSON
    }

    boolean sees(GitHubRepository repository) {
        return !repository.isPrivate() || kind == Kind.PERSON || mayWrite(repository);
    }

    boolean mayWrite(GitHubRepository repository) {
        return kind == Kind.PERSON || (kind == Kind.INSTALLATION && installation == repository.installation());
    }
}
