package dev.forgeway.service.distgit;

import java.util.Base64;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ticket that somebody got by {@code kinit} for the account that this process runs as, as HTTP wants it (RFC 4559).
 * Java looks for it where {@code javax.security.auth.useSubjectCredsOnly} is false.
 */
final class KerberosTicket {

    private static final Logger LOG = LoggerFactory.getLogger(KerberosTicket.class);
    private static final String SUBJECT_ONLY = "javax.security.auth.useSubjectCredsOnly";
    private static final String SPNEGO = "1.3.6.1.5.5.2";

    private KerberosTicket() {}

    /** The Authorization header for a host; empty where there is no ticket for it. */
    static Optional<String> forHost(String host) {
        if (!"false".equals(System.getProperty(SUBJECT_ONLY))) {
            return Optional.empty();
        }
        try {
            GSSManager manager = GSSManager.getInstance();
            GSSName service = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
            GSSContext context = manager.createContext(service, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
            byte[] token = context.initSecContext(new byte[0], 0, 0);
            context.dispose();
            return Optional.of("Negotiate " + Base64.getEncoder().encodeToString(token));
        } catch (GSSException e) {
            LOG.warn("There is no Kerberos ticket for {}: {}", host, e.getMessage());
            return Optional.empty();
        }
    }
}
