package dev.forgeway.service.copr;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wishes of a project; what they do not say stays as it is, or as Copr has it for a new project
 * (https://python-copr.readthedocs.io/en/latest/client_v3/proxies.html#project).
 *
 * @param listOnHomepage whether Copr's homepage names it, or null
 * @param preserve whether it stays when nothing is built in it any more, or null
 * @param additionalRepos of which packages are taken for builds; empty for no wish
 * @param bootstrap how Mock makes its first root: default, on, off or image; or null
 * @param moduleHotfixes whether its packages count more than those of modules, or null
 * @param followFedoraBranching whether it is given the chroots of new releases of Fedora, or null
 */
public record CoprProjectSettings(
        @Nullable Boolean listOnHomepage,
        @Nullable Boolean preserve,
        List<String> additionalRepos,
        @Nullable String bootstrap,
        @Nullable Boolean moduleHotfixes,
        @Nullable Boolean followFedoraBranching) {

    /** No wish at all. */
    public static final CoprProjectSettings USUAL = new CoprProjectSettings(null, null, List.of(), null, null, null);

    public CoprProjectSettings {
        additionalRepos = Objects.requireNonNullElse(additionalRepos, List.of());
    }
}
