package dev.forgeway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate that it signed itself, as a key store and as files in PEM. */
public record Certificates(Path folder, String name) {

    public static final String PASSWORD = "changeit";

    /** @param alternativeName what a client checks ("dns:localhost") */
    public static Certificates create(Path folder, String name, String alternativeName) {
        Certificates created = new Certificates(folder, name);
        created.keytool(alternativeName);
        created.write();
        return created;
    }

    public Path keyStore() {
        return folder.resolve(name + ".p12");
    }

    /** The certificate alone, for those who trust it. */
    public Path trustStore() {
        return folder.resolve(name + "-trust.p12");
    }

    public Path certificatePem() {
        return folder.resolve(name + ".crt");
    }

    public Path keyPem() {
        return folder.resolve(name + ".key");
    }

    /** What a program has that is this one and trusts the other. */
    public SSLContext trusting(Certificates other) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(), PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(other.trusted());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore trusted() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, store().getCertificate(name));
        return trusted;
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore())) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String alternativeName) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-dname", "CN=" + name, "-validity", "2", "-ext", "san=" + alternativeName));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore"));
        command.add(keyStore().toString());
        try {
            Process keytool = new ProcessBuilder(command).inheritIO().start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool made no " + name);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() {
        try {
            try (OutputStream out = Files.newOutputStream(trustStore())) {
                trusted().store(out, PASSWORD.toCharArray());
            }
            Key key = store().getKey(name, PASSWORD.toCharArray());
            Files.writeString(keyPem(), pem("PRIVATE KEY", key.getEncoded()));
            Files.writeString(
                    certificatePem(),
                    pem("CERTIFICATE", store().getCertificate(name).getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
