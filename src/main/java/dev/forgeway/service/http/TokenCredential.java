package dev.forgeway.service.http;

/** A token that stays the same for the length of a call. */
public final class TokenCredential implements Credential {

    private final String header;
    private final String settings;

    /**
     * @param scheme the word before the token (RFC 9110, 11.4): "Bearer", "token"
     * @param settings where the token comes from, for messages
     */
    public TokenCredential(String scheme, String token, String settings) {
        this.header = scheme + " " + token;
        this.settings = settings;
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public String settings() {
        return settings;
    }
}
