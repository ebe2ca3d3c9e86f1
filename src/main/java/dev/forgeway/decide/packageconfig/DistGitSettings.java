package dev.forgeway.decide.packageconfig;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job works in dist-git, and for which releases (https://packit.dev/docs/configuration/upstream/propose_downstream).
 *
 * @param branches as written ({@code fedora-all}, {@code epel9}); see {@link BranchExpansion}
 * @param tagTemplate how tags are made of versions ({@code v{version}}), or null where they are the same
 * @param tagInclude a regular expression that tags must match from their beginning, or null for any
 * @param tagExclude a regular expression that tags must not match from their beginning, or null for none
 */
public record DistGitSettings(
        List<String> branches,
        @Nullable String tagTemplate,
        @Nullable String tagInclude,
        @Nullable String tagExclude) {

    static DistGitSettings read(Scopes scopes) {
        return new DistGitSettings(
                branches(scopes),
                scopes.text("upstream_tag_template"),
                scopes.text("upstream_tag_include"),
                scopes.text("upstream_tag_exclude"));
    }

    /** A list, one name, or a mapping from names to what else is to be done for them. */
    private static List<String> branches(Scopes scopes) {
        YamlValue value = scopes.find("dist_git_branches");
        if (value == null) {
            return List.of();
        }
        return value.isObject()
                ? List.copyOf(value.object("dist_git_branches: {rawhide: {}}").keys())
                : value.texts("fedora-all");
    }
}
