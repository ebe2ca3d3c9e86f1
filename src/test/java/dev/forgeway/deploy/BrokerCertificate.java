package dev.forgeway.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate of {@code localhost} with its key, in the files that brokers and clients take. */
final class BrokerCertificate {

    private static final String PASSWORD = "changeit";

    private static final String ALIAS = "broker";

    private BrokerCertificate() {}

    static void create(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("broker.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        write(folder, store);
    }

    /** Certificate and key of the broker, in one file. */
    static Path pem(Path folder) {
        return folder.resolve("broker.pem");
    }

    /** What the other broker and clients trust. */
    static Path trust(Path folder) {
        return folder.resolve("trust.pem");
    }

    private static void write(Path folder, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            String certificate = text("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
            Files.writeString(trust(folder), certificate);
            Files.writeString(
                    pem(folder),
                    certificate
                            + text(
                                    "PRIVATE KEY",
                                    store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + kind
                + "-----\n";
    }
}
