package dev.forgeway.handle;

import java.util.List;

/**
 * An element of {@code files_to_sync} (https://packit.dev/docs/configuration/files_to_sync): what of the upstream repository
 * belongs where in dist-git. Paths are relative to the roots, as written; they mean what they mean to {@code rsync --archive}.
 *
 * @param sources files and folders of upstream, with wildcards; a folder with a slash at its end is its content
 * @param destination a file, or a folder that all go into
 * @param mkpath whether the folders above the destination are made where they are missing
 * @param delete whether what upstream's folders do not have is deleted in theirs
 * @param filters rules by which parts are left alone (https://www.man7.org/linux/man-pages/man1/rsync.1.html#FILTER_RULES)
 */
public record SyncedFiles(
        List<String> sources, String destination, boolean mkpath, boolean delete, List<String> filters) {

    /** One file or folder, and its place. */
    public static SyncedFiles one(String source, String destination) {
        return new SyncedFiles(List.of(source), destination, false, false, List.of());
    }

    /** The same without sources that are a file of this name. */
    public SyncedFiles without(String name) {
        return new SyncedFiles(
                sources.stream()
                        .filter(source ->
                                !source.substring(source.lastIndexOf('/') + 1).equals(name))
                        .toList(),
                destination,
                mkpath,
                delete,
                filters);
    }
}
