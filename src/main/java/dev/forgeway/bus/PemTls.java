package dev.forgeway.bus;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** TLS from files in PEM, as brokers' administrators hand them out. */
public final class PemTls {

    private PemTls() {}

    /**
     * @param trusted the certificates of the authorities that are trusted; null for those that Java trusts
     * @param certificate our own; null for none
     * @param privateKey its key, PKCS#8 or PKCS#1
     */
    public static SSLContext context(@Nullable Path trusted, @Nullable Path certificate, @Nullable Path privateKey) {
        if (trusted == null && certificate == null) {
            return ofJava();
        }
        return SslBundle.of(new PemSslStoreBundle(store(certificate, privateKey), store(trusted, null)))
                .createSslContext();
    }

    private static @Nullable PemSslStoreDetails store(@Nullable Path certificate, @Nullable Path privateKey) {
        if (certificate == null) {
            return null;
        }
        PemSslStoreDetails details = PemSslStoreDetails.forCertificate(location(certificate));
        return privateKey == null ? details : details.withPrivateKey(location(privateKey));
    }

    private static String location(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    private static SSLContext ofJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }
}
