package dev.forgeway.service.git;

import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.InvalidRemoteException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/**
 * The newest commit of one branch of a repository that others may have made: without its submodules, its symbolic links as
 * plain files, and no hooks run. What is transferred is limited in size and time. Credentials are no part of addresses.
 */
public final class GitClone implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;
    private static final int CONNECTION_SECONDS = 60;

    private final Git git;
    private final Path folder;
    private final ObjectId base;

    private GitClone(Git git, Path folder, ObjectId base) {
        this.git = git;
        this.folder = folder;
        this.base = base;
    }

    /**
     * Who may push.
     *
     * @param setting the setting that the password comes from, for messages
     */
    public record Login(String user, String password, String setting) {

        /** Without the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Clones a branch into a folder that is empty or not there.
     *
     * @throws UserErrorException when there is no such repository or branch, and when it is too large or too slow
     * @throws TransientException when it is to be tried again
     */
    public static GitClone of(URI url, String branch, Path folder) {
        return of(url, branch, folder, new CloneLimits(folder, LIMIT, MOST_BYTES));
    }

    static GitClone of(URI url, String branch, Path folder, CloneLimits limits) {
        return of(url, Constants.R_HEADS, branch, folder, limits);
    }

    /** The same for the commit of a tag, to read what is there. */
    public static GitClone ofTag(URI url, String tag, Path folder) {
        return of(url, Constants.R_TAGS, tag, folder, new CloneLimits(folder, LIMIT, MOST_BYTES));
    }

    private static GitClone of(URI url, String kind, String name, Path folder, CloneLimits limits) {
        String ref = kind + name;
        Git git = null;
        boolean isComplete = false;
        try {
            git = Git.cloneRepository()
                    .setURI(url.toString())
                    .setDirectory(folder.toFile())
                    .setBranchesToClone(java.util.List.of(ref))
                    .setBranch(ref)
                    .setDepth(1)
                    .setNoTags()
                    .setCloneSubmodules(false)
                    .setNoCheckout(true)
                    .setTimeout(CONNECTION_SECONDS)
                    .setProgressMonitor(limits)
                    .call();
            limits.mustHold(url);
            ObjectId tip = kind.equals(Constants.R_TAGS) ? checkOutTag(git, url, name) : checkOut(git, url, name);
            GitClone clone = new GitClone(git, folder, tip);
            isComplete = true;
            return clone;
        } catch (InvalidRemoteException e) {
            throw new UserErrorException("There is no repository at " + url);
        } catch (TransportException e) {
            limits.mustHold(url);
            throw failed("clone", url, e);
        } catch (GitAPIException | JGitInternalException | IOException e) {
            limits.mustHold(url);
            throw new TransientException("could not clone " + url + ": " + e.getMessage(), e);
        } finally {
            if (git != null && !isComplete) {
                git.close();
            }
        }
    }

    private static ObjectId checkOutTag(Git git, URI url, String tag) throws IOException, GitAPIException {
        ObjectId tip = git.getRepository().resolve(Constants.R_TAGS + tag + "^{commit}");
        if (tip == null) {
            throw new UserErrorException("There is no tag " + tag + " in " + url);
        }
        harmless(git);
        git.checkout().setName(tip.name()).setForced(true).call();
        return tip;
    }

    private static ObjectId checkOut(Git git, URI url, String branch) throws IOException, GitAPIException {
        ObjectId tip = git.getRepository().resolve(Constants.R_REMOTES + "origin/" + branch);
        if (tip == null) {
            throw new UserErrorException("There is no branch " + branch + " in " + url);
        }
        harmless(git);
        git.checkout()
                .setCreateBranch(git.getRepository().findRef(Constants.R_HEADS + branch) == null)
                .setName(branch)
                .setStartPoint("origin/" + branch)
                .setForced(true)
                .call();
        return tip;
    }

    private static void harmless(Git git) throws IOException {
        StoredConfig config = git.getRepository().getConfig();
        config.setBoolean("core", null, "symlinks", false);
        config.setString("core", null, "hooksPath", "/dev/null");
        config.setBoolean("commit", null, "gpgsign", false);
        config.save();
    }

    /** The paths of symbolic links, which are plain files on the disk, with slashes between the parts. */
    public Set<String> links() {
        try {
            Set<String> links = new TreeSet<>();
            DirCache index = git.getRepository().readDirCache();
            for (int i = 0; i < index.getEntryCount(); i++) {
                if (FileMode.SYMLINK.equals(index.getEntry(i).getRawMode())) {
                    links.add(index.getEntry(i).getPathString());
                }
            }
            return links;
        } catch (IOException e) {
            throw new TransientException("cannot read what was cloned: " + e.getMessage(), e);
        }
    }

    /** Where the files are. */
    public Path folder() {
        return folder;
    }

    /**
     * Makes one commit of everything that is not ignored, on top of what was cloned; what a tool has committed meanwhile becomes part of
     * it. The same files, message and time make the same commit.
     *
     * @return false when nothing is different
     */
    public boolean commit(String message, String name, String email, Instant at) {
        try {
            git.reset()
                    .setMode(org.eclipse.jgit.api.ResetCommand.ResetType.SOFT)
                    .setRef(base.name())
                    .call();
            git.add().addFilepattern(".").call();
            git.add().addFilepattern(".").setUpdate(true).call();
            if (git.status().call().getChanged().isEmpty()
                    && git.status().call().getAdded().isEmpty()
                    && git.status().call().getRemoved().isEmpty()) {
                return false;
            }
            PersonIdent author = new PersonIdent(name, email, at, ZoneOffset.UTC);
            git.commit()
                    .setMessage(message)
                    .setAuthor(author)
                    .setCommitter(author)
                    .setNoVerify(true)
                    .setSign(false)
                    .call();
            return true;
        } catch (GitAPIException e) {
            throw new IllegalStateException("cannot commit in " + folder.getFileName(), e);
        }
    }

    /**
     * Makes a branch of another repository the commit that was made. Where that repository does not have the commit that
     * was cloned, the history before it is fetched first, because it could not be sent otherwise.
     *
     * @throws UserErrorException when the repository refuses it, and when the history is too large or too slow
     * @throws TransientException when it is to be tried again, also when the login is not let in
     */
    public void push(URI url, String branch, Login login) {
        push(url, branch, login, new CloneLimits(folder, LIMIT, MOST_BYTES));
    }

    void push(URI url, String branch, Login login, CloneLimits limits) {
        try {
            Collection<Ref> there = signed(
                            git.lsRemote().setRemote(url.toString()).setHeads(true), login)
                    .call();
            ObjectId ours = git.getRepository().resolve(Constants.HEAD);
            String ref = Constants.R_HEADS + branch;
            if (there.stream()
                    .anyMatch(one ->
                            one.getName().equals(ref) && one.getObjectId().equals(ours))) {
                return;
            }
            if (there.stream().noneMatch(one -> base.equals(one.getObjectId()))) {
                git.fetch()
                        .setUnshallow(true)
                        .setTimeout(CONNECTION_SECONDS)
                        .setProgressMonitor(limits)
                        .call();
                limits.mustHold(url);
            }
            Iterable<PushResult> results = signed(
                            git.push().setRemote(url.toString()).setRefSpecs(new RefSpec("+HEAD:" + ref)), login)
                    .call();
            results.forEach(result -> result.getRemoteUpdates().forEach(update -> mustBeDone(url, update)));
        } catch (TransportException e) {
            limits.mustHold(url);
            if (isRefusal(e)) {
                throw new TransientException(
                        url + " did not let " + login.user() + " push: check " + login.setting(), e);
            }
            throw failed("push to", url, e);
        } catch (GitAPIException | JGitInternalException | IOException e) {
            limits.mustHold(url);
            throw new TransientException("could not push to " + url + ": " + e.getMessage(), e);
        }
    }

    private static <C extends TransportCommand<C, ?>> C signed(C command, Login login) {
        command.setTimeout(CONNECTION_SECONDS);
        return command.setCredentialsProvider(new UsernamePasswordCredentialsProvider(login.user(), login.password()));
    }

    private static void mustBeDone(URI url, RemoteRefUpdate update) {
        RemoteRefUpdate.Status status = update.getStatus();
        if (status != RemoteRefUpdate.Status.OK && status != RemoteRefUpdate.Status.UP_TO_DATE) {
            throw new UserErrorException(url + " did not take branch "
                    + update.getRemoteName().substring(Constants.R_HEADS.length()) + ": " + reason(update));
        }
    }

    private static String reason(RemoteRefUpdate update) {
        @Nullable String message = update.getMessage();
        return message == null ? update.getStatus().name() : message;
    }

    /** Git tells only by words what went wrong. */
    private static RuntimeException failed(String what, URI url, TransportException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("not found") || isRefusal(e)
                ? new UserErrorException("Could not " + what + " " + url + ": " + message.replace(url + ": ", ""))
                : new TransientException("could not " + what + " " + url + ": " + message, e);
    }

    private static boolean isRefusal(TransportException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("not authorized") || message.contains("not permitted");
    }

    @Override
    public void close() {
        git.close();
    }
}
