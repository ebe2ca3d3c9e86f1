package dev.forgeway.decide.packageconfig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * Which releases the aliases of targets stand for, the oldest first.
 *
 * @param fedoraStable released and supported
 * @param fedoraBranched branched from Rawhide and not yet released
 * @param epel supported releases of EPEL, with or without their minor version
 * @param centosStream supported releases of CentOS Stream
 * @param opensuseLeap supported releases of openSUSE Leap
 */
public record Releases(
        List<String> fedoraStable,
        List<String> fedoraBranched,
        List<String> epel,
        List<String> centosStream,
        List<String> opensuseLeap) {

    private static final String RESOURCE = "/packageconfig/releases.properties";

    /** The releases of the file that is shipped; it says where its data comes from. */
    public static Releases shipped() {
        try (InputStream stream = Releases.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            var properties = new Properties();
            properties.load(stream);
            return new Releases(
                    list(properties, "fedora.stable"),
                    list(properties, "fedora.branched"),
                    list(properties, "epel"),
                    list(properties, "centos-stream"),
                    list(properties, "opensuse.leap"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list(Properties properties, String key) {
        String value = properties.getProperty(key, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s*,\\s*"));
    }
}
