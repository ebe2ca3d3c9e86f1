package dev.forgeway.handle.downstream;

import dev.forgeway.error.UserErrorException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files and folders of a clone, by their paths from its root with slashes between the parts. Nothing leads out of it: links
 * are neither followed nor files, and git's own folder is not there.
 */
final class FileTree {

    private static final String GIT = ".git";

    private final Set<String> files = new TreeSet<>();
    private final Set<String> links = new TreeSet<>();
    private final Map<String, Set<String>> folders = new TreeMap<>();

    /** @param known paths that are links to git, whatever they are on the disk */
    static FileTree of(Path root, Set<String> known) throws IOException {
        FileTree tree = new FileTree();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.endsWith(GIT)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                String name = name(root, folder);
                tree.folders.put(name, new TreeSet<>());
                if (!name.isEmpty()) {
                    tree.add(name);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = name(root, file);
                tree.add(name);
                if (attributes.isRegularFile() && !known.contains(name)) {
                    tree.files.add(name);
                } else {
                    tree.links.add(name);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return tree;
    }

    private void add(String path) {
        Objects.requireNonNull(folders.get(parent(path))).add(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String name(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    boolean isFile(String path) {
        return files.contains(path);
    }

    /** Something that is neither file nor folder. */
    boolean isLink(String path) {
        return links.contains(path);
    }

    boolean isFolder(String path) {
        return folders.containsKey(path);
    }

    boolean has(String path) {
        return isFile(path) || isFolder(path) || isLink(path);
    }

    /** The names of what is in a folder. */
    Set<String> in(String folder) {
        return folders.getOrDefault(folder, Set.of());
    }

    /**
     * The paths that a pattern stands for, part by part: {@code *} is for no more than one part, and not for the names that begin
     * with a dot (https://docs.python.org/3/library/glob.html).
     */
    List<String> glob(String pattern) {
        List<String> found = List.of("");
        for (String part : pattern.split("/", -1)) {
            List<String> next = new ArrayList<>();
            for (String folder : found) {
                if (Glob.isPattern(part)) {
                    Glob glob = new Glob(part);
                    in(folder).stream()
                            .filter(name -> name.startsWith(".") == part.startsWith("."))
                            .filter(glob::matches)
                            .forEach(name -> next.add(join(folder, name)));
                } else if (has(join(folder, part))) {
                    next.add(join(folder, part));
                }
            }
            found = next;
        }
        return found;
    }

    /** Whether a path is what a pattern stands for, or in it. */
    static boolean covers(String pattern, String path) {
        String[] parts = within(pattern).split("/", -1);
        String[] names = path.split("/", -1);
        if (parts.length > names.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            boolean fits = Glob.isPattern(parts[i])
                    ? names[i].startsWith(".") == parts[i].startsWith(".") && new Glob(parts[i]).matches(names[i])
                    : parts[i].equals(names[i]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /**
     * A path as it is used here: without {@code ./} and slashes at its ends; the root is empty.
     *
     * @throws UserErrorException for one that leads out of the root, or into git's own folder
     */
    static String within(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") || part.equalsIgnoreCase(GIT) || part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0) {
                throw new UserErrorException("files_to_sync: '" + path + "' leads out of the repository");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (path.startsWith("/")) {
            throw new UserErrorException("files_to_sync: '" + path + "' leads out of the repository");
        }
        return String.join("/", parts);
    }
}
