package dev.forgeway.decide.select;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.packageconfig.JobConfig;
import dev.forgeway.decide.packageconfig.TargetExpansion;
import dev.forgeway.service.copr.Copr;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The chroots of a build in Copr. A job that names a project of its own and no targets is for all chroots of that project
 * (https://packit.dev/docs/configuration/upstream/copr_build); where Copr does not know it yet, for those of every other job.
 */
@Component
public class CoprTargets {

    private static final List<String> USUAL = List.of("fedora-stable");

    private final TargetExpansion expansion;
    private final Copr copr;
    private final String owner;

    public CoprTargets(TargetExpansion expansion, Copr copr, Settings settings) {
        this.expansion = expansion;
        this.copr = copr;
        this.owner = Objects.requireNonNullElse(settings.service().copr().owner(), "");
    }

    /** @throws dev.forgeway.error.TransientException when Copr cannot say now */
    List<String> of(JobConfig configured) {
        String project = configured.copr().project();
        if (!configured.targets().isEmpty() || !configured.type().equals("copr_build")) {
            return expansion.expand(configured.targets());
        }
        List<String> chroots = project == null
                ? List.of()
                : copr.chroots(Objects.requireNonNullElse(configured.copr().owner(), owner), project);
        return chroots.isEmpty() ? expansion.expand(USUAL) : chroots;
    }
}
