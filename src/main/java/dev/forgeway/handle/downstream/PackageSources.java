package dev.forgeway.handle.downstream;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.service.distgit.Lookaside;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Keeps the sources of a package right when its spec file changed: every archive that the spec file names by an address is in
 * the lookaside cache and in the file {@code sources}, and what it named before and does no longer is not. A file that keeps its
 * name but comes from another address is another file.
 */
@Component
public class PackageSources {

    private static final int PART = 64 * 1024;

    private final SourceArchives archives;
    private final Lookaside lookaside;

    public PackageSources(SourceArchives archives, Lookaside lookaside) {
        this.archives = archives;
        this.lookaside = lookaside;
    }

    /**
     * Where they belong.
     *
     * @param folder the clone of the package
     * @param upload whether they are put into the lookaside cache; the file {@code sources} names them in any case
     *     (https://packit.dev/docs/configuration#upload_sources)
     */
    record Place(String packageName, Path folder, boolean upload) {}

    /**
     * Brings them from one state of the spec file to another.
     *
     * @param before the sources of the spec file as it was
     * @param after the sources of the spec file as it is
     * @param work where files can be kept for a while
     */
    void update(Place place, List<String> before, List<String> after, Path work) throws IOException {
        Path folder = place.folder();
        Path file = folder.resolve("sources");
        SourcesFile sources = read(file);
        Map<String, String> wanted = remote(after);
        Map<String, String> had = remote(before);
        Set<String> gone = new TreeSet<>(had.keySet());
        gone.removeAll(wanted.keySet());
        for (Map.Entry<String, String> one : wanted.entrySet()) {
            String name = one.getKey();
            if (!sources.names(name) || !one.getValue().equals(had.get(name))) {
                Path archive = archive(name, one.getValue(), folder, work);
                String hash = sha512(archive);
                if (place.upload()) {
                    Tries.run(() -> keep(place.packageName(), name, hash, archive));
                }
                sources.put(name, hash);
            }
            Files.deleteIfExists(folder.resolve(name)); // packit leaves it there, and it is no file of git
        }
        sources.remove(gone);
        if (Files.exists(file) || !sources.text().isEmpty()) {
            Files.writeString(file, sources.text());
        }
    }

    private void keep(String packageName, String name, String hash, Path archive) {
        if (!lookaside.has(packageName, name, hash)) {
            lookaside.upload(packageName, name, hash, archive);
        }
    }

    private static SourcesFile read(Path file) throws IOException {
        try {
            return new SourcesFile(Files.exists(file) ? Files.readString(file) : "");
        } catch (MalformedInputException e) {
            throw new UserErrorException("The file sources in dist-git is no text in UTF-8");
        }
    }

    /** The archive that a tool has made or fetched, or else the one of upstream. */
    private Path archive(String name, String address, Path folder, Path work) throws IOException {
        Path made = folder.resolve(name);
        Path archive = work.resolve("archive");
        if (Files.isRegularFile(made)) {
            return Files.move(made, archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return Tries.of(() -> {
            archives.fetch(address, archive);
            return archive;
        });
    }

    /** By the name of the file, which is what is after the last slash; sources without an address are files of git. */
    private static Map<String, String> remote(List<String> sources) {
        Map<String, String> remote = new LinkedHashMap<>();
        for (String source : sources) {
            if (!source.contains("://")) {
                continue;
            }
            String name = source.substring(source.lastIndexOf('/') + 1);
            if (source.contains("%") || !name.matches("[\\w.+~^-]+") || name.startsWith(".")) {
                throw new UserErrorException("The source " + source + " of the spec file cannot be worked out");
            }
            remote.put(name, source);
        }
        return remote;
    }

    private static String sha512(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-512"))) {
            byte[] part = new byte[PART];
            int read = 0;
            while (read >= 0) {
                read = digest.read(part);
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-512", e);
        }
    }
}
