package dev.forgeway.handle.downstream;

import dev.forgeway.error.UserErrorException;
import dev.forgeway.handle.SyncedFiles;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files of a package in dist-git go where in upstream, by what {@link FileSync} would make of it in the other direction: a
 * wildcard is for the files whose names it fits, and a folder for all that is in it.
 */
final class FilesBack {

    private final FileTree distGit;
    private final SyncedFiles wanted;
    private final SyncFilters filters;
    private final Map<String, String> places = new TreeMap<>();

    private FilesBack(FileTree distGit, SyncedFiles wanted) {
        this.distGit = distGit;
        this.wanted = wanted;
        this.filters = new SyncFilters(wanted.filters());
    }

    /**
     * The files of dist-git by their places in upstream.
     *
     * @throws UserErrorException when that cannot be told, or a file is missing or cannot be carried
     */
    static Map<String, String> of(SyncedFiles wanted, FileTree distGit) {
        FilesBack back = new FilesBack(distGit, wanted);
        wanted.sources().forEach(back::add);
        return back.places;
    }

    private void add(String source) {
        String upstream = FileTree.within(source);
        String folder = FileTree.parent(upstream);
        String name = upstream.substring(upstream.lastIndexOf('/') + 1);
        String destination = FileTree.within(wanted.destination());
        if (Glob.isPattern(folder) || (Glob.isPattern(name) && source.endsWith("/"))) {
            throw new UserErrorException(
                    "files_to_sync: '" + source + "' cannot be carried back; only names of files can have wildcards");
        }
        if (source.endsWith("/") || upstream.isEmpty()) {
            folder(destination, upstream, "");
        } else if (Glob.isPattern(name)) {
            Glob glob = new Glob(name);
            distGit.in(destination).stream()
                    .filter(glob::matches)
                    .filter(one -> one.startsWith(".") == name.startsWith("."))
                    .forEach(one -> entry(FileTree.join(destination, one), FileTree.join(folder, one), one));
        } else {
            boolean isFolder =
                    wanted.sources().size() > 1 || wanted.destination().endsWith("/") || distGit.isFolder(destination);
            String there = isFolder ? FileTree.join(destination, name) : destination;
            if (!distGit.has(there)) {
                throw new UserErrorException("There is no file " + there + " in dist-git");
            }
            entry(there, upstream, name);
        }
    }

    private void folder(String there, String upstream, String path) {
        for (String name : distGit.in(there)) {
            entry(FileTree.join(there, name), FileTree.join(upstream, name), FileTree.join(path, name));
        }
    }

    private void entry(String there, String upstream, String path) {
        if (filters.hides(path, distGit.isFolder(there)) || there.equals("sources")) {
            return;
        }
        if (distGit.isFolder(there)) {
            folder(there, upstream, path);
        } else if (distGit.isLink(there)) {
            throw new UserErrorException("files_to_sync: " + there + " is a link, which is not carried");
        } else {
            places.put(upstream, there);
        }
    }
}
