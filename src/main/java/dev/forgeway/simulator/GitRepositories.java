package dev.forgeway.simulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Bare git repositories by their paths, and the smart protocol over HTTP (https://git-scm.com/docs/http-protocol). */
final class GitRepositories implements AutoCloseable {

    private static final String UPLOAD = "git-upload-pack";

    private final Path root;

    GitRepositories() {
        try {
            this.root = Files.createTempDirectory("git-simulator");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean exists(String path) {
        return Files.isDirectory(folder(path));
    }

    /** Puts files into a branch, which is made when it is not there; null for a text takes the file away. */
    synchronized String commit(String path, String branch, Map<String, String> files, String message) {
        try (Repository repository = open(path)) {
            if (!exists(path)) {
                repository.create(true);
            }
            Map<String, String> all = new TreeMap<>(files(path, branch));
            all.putAll(files);
            ObjectId parent = repository.resolve(Constants.R_HEADS + branch);
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(tree(inserter, all));
                if (parent != null) {
                    commit.setParentId(parent);
                }
                PersonIdent author = new PersonIdent("Ada", "ada@example.org", Instant.now(), ZoneOffset.UTC);
                commit.setAuthor(author);
                commit.setCommitter(author);
                commit.setMessage(message);
                ObjectId id = inserter.insert(commit);
                inserter.flush();
                RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
                update.setNewObjectId(id);
                update.forceUpdate();
                return id.name();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a tag on the newest commit of a branch. */
    synchronized void tag(String path, String tag, String branch) {
        try (Repository repository = open(path)) {
            RefUpdate update = repository.updateRef(Constants.R_TAGS + tag);
            update.setNewObjectId(repository.resolve(Constants.R_HEADS + branch));
            update.forceUpdate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectId tree(ObjectInserter inserter, Map<String, String> files) throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(
                    inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return cache.writeTree(inserter);
    }

    /** The texts of a branch; none where there is no such branch or repository. */
    Map<String, String> files(String path, String branch) {
        Map<String, String> files = new TreeMap<>();
        if (!exists(path)) {
            return files;
        }
        try (Repository repository = open(path);
                TreeWalk walk = new TreeWalk(repository)) {
            ObjectId tree = repository.resolve(Constants.R_HEADS + branch + "^{tree}");
            if (tree != null) {
                walk.addTree(tree);
                walk.setRecursive(true);
                while (walk.next()) {
                    byte[] text = repository.open(walk.getObjectId(0)).getBytes();
                    files.put(walk.getPathString(), new String(text, StandardCharsets.UTF_8));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages of a branch, the newest first. */
    List<String> messages(String path, String branch) {
        List<String> messages = new ArrayList<>();
        try (Repository repository = open(path);
                RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve(Constants.R_HEADS + branch)));
            for (RevCommit commit : walk) {
                messages.add(commit.getFullMessage());
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a repository. */
    synchronized void fork(String from, String to) {
        Path source = folder(from);
        Path target = folder(to);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = target.resolve(source.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a repository has, for a client that wants to fetch from it ({@code git-upload-pack}) or push to it. */
    Response advertise(String path, String service) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Repository repository = open(path)) {
            PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(new PacketLineOut(out));
            if (service.equals(UPLOAD)) {
                upload(repository).sendAdvertisedRefs(advertiser, service);
            } else {
                new PacketLineOut(out).writeString("# service=" + service + "\n");
                new PacketLineOut(out).end();
                receive(repository).sendAdvertisedRefs(advertiser);
            }
            return binary("application/x-" + service + "-advertisement", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fetches or pushes. */
    synchronized Response serve(String path, String service, Request request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Repository repository = open(path);
                InputStream in = body(request)) {
            if (service.equals(UPLOAD)) {
                upload(repository).upload(in, out, null);
            } else {
                receive(repository).receive(in, out, null);
            }
            return binary("application/x-" + service + "-result", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UploadPack upload(Repository repository) {
        UploadPack upload = new UploadPack(repository);
        upload.setBiDirectionalPipe(false);
        return upload;
    }

    private static ReceivePack receive(Repository repository) {
        ReceivePack receive = new ReceivePack(repository);
        receive.setBiDirectionalPipe(false);
        return receive;
    }

    private static InputStream body(Request request) throws IOException {
        InputStream plain = new ByteArrayInputStream(request.body().getBytes(StandardCharsets.ISO_8859_1));
        return "gzip".equals(request.header("content-encoding")) ? new GZIPInputStream(plain) : plain;
    }

    private static Response binary(String type, ByteArrayOutputStream out) {
        return new Response(
                200,
                Map.of("Content-Type", type, "Cache-Control", "no-cache"),
                out.toString(StandardCharsets.ISO_8859_1));
    }

    private Repository open(String path) throws IOException {
        return new FileRepository(folder(path).toFile());
    }

    private Path folder(String path) {
        return root.resolve(path + ".git");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
