package dev.forgeway.handle.downstream;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.handle.SyncedFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Carries files between two clones as {@code rsync --archive} does, by which packit's documentation explains {@code
 * files_to_sync}: wildcards, folders with and without a slash at the end, missing sources that are no mistake. Neither side is left,
 * and no link is followed or made.
 */
final class FileSync {

    private final FileTree from;
    private final FileTree to;
    private final SyncedFiles wanted;
    private final SyncFilters filters;
    private final Map<String, String> copies = new LinkedHashMap<>();
    private final Set<String> deletions = new TreeSet<>();

    private FileSync(FileTree from, FileTree to, SyncedFiles wanted) {
        this.from = from;
        this.to = to;
        this.wanted = wanted;
        this.filters = new SyncFilters(wanted.filters());
    }

    /**
     * Carries everything that is wanted, one after the other.
     *
     * @param links what is a link to git on the side that is read
     * @param kept files of the side that is written to, which stay as they are
     * @throws UserErrorException when it cannot be done as it is written
     */
    static void carry(Path from, Set<String> links, Path to, List<SyncedFiles> wanted, Set<String> kept)
            throws IOException {
        FileTree source = FileTree.of(from, links);
        for (SyncedFiles one : wanted) {
            FileSync sync = new FileSync(source, FileTree.of(to, Set.of()), one);
            sync.plan();
            sync.apply(from, to, kept);
        }
    }

    private void plan() {
        List<String> sources = new ArrayList<>();
        for (String source : wanted.sources()) {
            String slash = source.endsWith("/") ? "/" : "";
            for (String found : from.glob(FileTree.within(source))) {
                if (slash.isEmpty() || from.isFolder(found)) {
                    sources.add(found + slash);
                }
            }
        }
        String destination = FileTree.within(wanted.destination());
        boolean isFolder = sources.size() > 1
                || wanted.destination().endsWith("/")
                || to.isFolder(destination)
                || sources.stream().anyMatch(one -> one.endsWith("/") || from.isFolder(one));
        if (sources.isEmpty()) {
            return;
        }
        mustHavePlace(destination, isFolder);
        for (String source : sources) {
            if (source.endsWith("/")) {
                folder(source.substring(0, source.length() - 1), destination, "");
            } else {
                String name = source.substring(source.lastIndexOf('/') + 1);
                entry(source, isFolder ? FileTree.join(destination, name) : destination, name);
            }
        }
    }

    /** The last part of a folder is made, those above it only when that is wished. */
    private void mustHavePlace(String destination, boolean isFolder) {
        String above = FileTree.parent(destination);
        if (!to.isFolder(above) && !wanted.mkpath()) {
            throw new UserErrorException("files_to_sync: there is no folder " + above + "; `mkpath: true` makes it");
        }
        if (isFolder && to.has(destination) && !to.isFolder(destination)) {
            throw new UserErrorException("files_to_sync: " + destination + " is no folder");
        }
    }

    /** @param path where it is in the transfer, which filters are about */
    private void entry(String source, String destination, String path) {
        boolean isFolder = from.isFolder(source);
        if (filters.hides(path, isFolder)) {
            return;
        }
        if (from.isLink(source)) {
            throw new UserErrorException("files_to_sync: " + source + " is a link, which is not carried");
        }
        if (isFolder) {
            folder(source, destination, path);
        } else {
            copies.put(destination, source);
        }
    }

    private void folder(String source, String destination, String path) {
        Set<String> names = from.in(source);
        for (String name : names) {
            entry(FileTree.join(source, name), FileTree.join(destination, name), FileTree.join(path, name));
        }
        if (wanted.delete() && to.isFolder(destination)) {
            for (String name : to.in(destination)) {
                String there = FileTree.join(path, name);
                boolean isHere = names.contains(name)
                        && from.isFolder(FileTree.join(source, name)) == to.isFolder(FileTree.join(destination, name))
                        && !filters.hides(there, from.isFolder(FileTree.join(source, name)));
                if (!isHere) {
                    delete(FileTree.join(destination, name), there);
                }
            }
        }
    }

    private void delete(String destination, String path) {
        if (filters.protects(path, to.isFolder(destination))) {
            return;
        }
        if (to.isFolder(destination)) {
            to.in(destination).forEach(name -> delete(FileTree.join(destination, name), FileTree.join(path, name)));
        } else {
            deletions.add(destination);
        }
    }

    private void apply(Path source, Path destination, Set<String> kept) throws IOException {
        for (String deleted : deletions) {
            if (!kept.contains(deleted) && !copies.containsKey(deleted)) {
                Files.delete(place(destination, deleted));
            }
        }
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            if (!kept.contains(copy.getKey())) {
                Path file = place(destination, copy.getKey());
                mustBeNoFolder(file, copy.getKey());
                Files.copy(
                        place(source, copy.getValue()),
                        file,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** An empty one, of which all was deleted, goes away. */
    private static void mustBeNoFolder(Path file, String path) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.delete(file);
            } catch (DirectoryNotEmptyException e) {
                throw new UserErrorException("files_to_sync: " + path + " is a folder");
            }
        }
    }

    /** Where a file is, or goes to, in folders that are folders. */
    private static Path place(Path root, String path) throws IOException {
        Path folder = root;
        String above = FileTree.parent(path);
        for (String part : above.isEmpty() ? new String[0] : above.split("/", -1)) {
            folder = folder.resolve(part);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw new UserErrorException("files_to_sync: " + root.relativize(folder) + " is no folder");
                }
                Files.createDirectory(folder);
            }
        }
        return root.resolve(path);
    }
}
