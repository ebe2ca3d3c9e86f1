package dev.forgeway.handle.testingfarm;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Whether a commit has test metadata ({@code .fmf/version}, https://fmf.readthedocs.io); asked for once for all targets
 * of a commit.
 */
@Component
class FmfMetadata {

    private static final int MOST = 1_000;

    private final Forges forges;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    FmfMetadata(Forges forges) {
        this.forges = forges;
    }

    /**
     * @param folder relative to the root; {@code .} for the root itself
     * @throws dev.forgeway.error.TransientException when the forge cannot say now
     */
    boolean isThere(Job job, String folder) {
        Event event = job.event();
        Target target = Target.of(event);
        String commit = Objects.requireNonNull(event.commit());
        String path = folder.equals(".") ? ".fmf/version" : folder + "/.fmf/version";
        Forge forge = forges.named(event.forge());
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(
                target.project().key() + " " + commit + " " + path,
                key -> forge.findPackageConfig(target, commit, List.of(path)).isPresent());
    }
}
