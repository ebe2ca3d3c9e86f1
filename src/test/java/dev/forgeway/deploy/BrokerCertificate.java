package dev.forgeway.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate of {@code localhost} with its key, in the files that brokers and clients take. They trust the one before it too,
 * as while one replaces the other.
 */
final class BrokerCertificate {

    private static final String PASSWORD = "changeit";

    private static final String ALIAS = "broker";

    private static final String BEFORE = "before";

    private BrokerCertificate() {}

    static void create(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("broker.p12");
        generate(store, BEFORE);
        generate(store, ALIAS);
        write(folder, store);
    }

    private static void generate(Path store, String alias) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
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
            String before = text("CERTIFICATE", store.getCertificate(BEFORE).getEncoded());
            Files.writeString(trust(folder), before + certificate);
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
