package dev.forgeway.decide.packageconfig;

import dev.forgeway.handle.UpdatePlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job builds in Koji (https://packit.dev/docs/configuration/downstream/koji_build).
 *
 * @param scratch whether the result is only to be looked at
 * @param pullRequestAuthors whose pull requests are built when they are merged; {@code all_admins} and {@code all_committers}
 *     stand for those of the project, and {@code @name} for a group
 * @param committers whose direct pushes are built, likewise
 * @param builders whose builds an update follows, likewise; {@code packit} stands for ours
 * @param sidetagGroup where packages are built together, or null
 * @param dependencies the packages that have to be there first
 * @param dependents the packages whose jobs are looked at when this one got there
 * @param update what else its updates have
 */
public record KojiSettings(
        boolean scratch,
        List<String> pullRequestAuthors,
        List<String> committers,
        List<String> builders,
        @Nullable String sidetagGroup,
        List<String> dependencies,
        List<String> dependents,
        UpdatePlan update) {

    static KojiSettings read(Scopes scopes) {
        return new KojiSettings(
                scopes.bool("scratch"),
                scopes.texts("allowed_pr_authors", "packit", List.of("packit")),
                scopes.texts("allowed_committers", "packit", List.of()),
                scopes.texts("allowed_builders", "packit", List.of("packit")),
                scopes.text("sidetag_group"),
                scopes.texts("dependencies", "hello", List.of()),
                scopes.texts("dependents", "hello", List.of()),
                update(scopes));
    }

    private static UpdatePlan update(Scopes scopes) {
        YamlValue value = scopes.find("bodhi_extra_params");
        return new UpdatePlan(
                value == null
                        ? Map.of()
                        : value.object("bodhi_extra_params: {stable_days: 7}").plain());
    }
}
