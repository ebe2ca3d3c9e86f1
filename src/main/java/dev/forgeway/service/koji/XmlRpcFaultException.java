package dev.forgeway.service.koji;

/** The hub answered with a fault. It must not leave the client. */
final class XmlRpcFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String text;

    XmlRpcFaultException(int code, String text) {
        super("fault " + code + ": " + text);
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    /** The hub's own words. */
    String text() {
        return text;
    }
}
