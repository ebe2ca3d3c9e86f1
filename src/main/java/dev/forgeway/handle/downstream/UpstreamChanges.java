package dev.forgeway.handle.downstream;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.GitAccess;
import dev.forgeway.forge.ProposedChange;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.service.git.GitClone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Proposes changes to upstream repositories, by one pull request from a branch that is made for it. Done again, it makes the same
 * branch what it is and finds the pull request that is open from it.
 */
@Component
public class UpstreamChanges {

    private final RemoteEffects effects;
    private final Path dataFolder;

    public UpstreamChanges(RemoteEffects effects, Settings settings) {
        this.effects = effects;
        this.dataFolder = settings.dataDir();
    }

    /**
     * Opens the pull request, or updates the one that is open.
     *
     * @return its page; empty when the default branch has the files already
     * @throws UserErrorException when only people can help
     * @throws TransientException when it is to be tried again
     */
    Optional<String> propose(Job job, Forge forge, Target target, ProposedChange change) {
        Optional<GitAccess> git = forge.gitAccess(target);
        Optional<String> base =
                git.isPresent() ? pushed(forge, target, git.get(), change) : forge.commit(target, change);
        return base.map(to -> effects.unlessThere(
                job,
                "proposal " + target.project().key() + " " + change.branch() + " " + to,
                () -> forge.findProposal(target, change, to),
                () -> forge.openProposal(target, change, to)));
    }

    private Optional<String> pushed(Forge forge, Target target, GitAccess git, ProposedChange change) {
        String base = forge.findDefaultBranch(target)
                .orElseThrow(() -> new UserErrorException(target.project().url() + " has no default branch"));
        try (WorkFolder work = new WorkFolder(dataFolder);
                GitClone clone = Tries.into(work.path().resolve("upstream"), at -> GitClone.of(git.url(), base, at))) {
            write(clone, change.files());
            if (!clone.commit(change.title() + "\n\n" + change.text(), SpecTool.NAME, SpecTool.EMAIL, change.at())) {
                return Optional.empty();
            }
            Tries.run(() -> clone.push(
                    git.url(), change.branch(), new GitClone.Login(git.user(), git.password(), git.setting())));
            return Optional.of(base);
        } catch (IOException e) {
            throw new TransientException("cannot write what is proposed: " + e.getMessage(), e);
        }
    }

    private static void write(GitClone clone, Map<String, String> files) throws IOException {
        Set<String> links = clone.links();
        for (Map.Entry<String, String> entry : files.entrySet()) {
            String path = entry.getKey();
            Path file = clone.folder().resolve(FileTree.within(path));
            if (isBehindALink(path, links) || Files.isDirectory(file)) {
                throw new UserErrorException(path + " is no place for a file in the upstream repository");
            }
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, entry.getValue());
        }
    }

    /** What is written over a link, which is a file on the disk, would change where it leads. */
    private static boolean isBehindALink(String path, Set<String> links) {
        return links.stream().anyMatch(link -> path.equals(link) || path.startsWith(link + "/"));
    }
}
