package dev.forgeway.decide.packageconfig;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job of tests asks of Testing Farm (https://packit.dev/docs/configuration/upstream/tests).
 *
 * @param fmfUrl the repository of the test metadata, or null for the one that is tested
 * @param fmfRef branch, tag or commit there, or null for what Testing Farm takes
 * @param fmfPath the folder of {@code .fmf}, relative to the root of the repository
 * @param tmtPlan a regular expression for the names of plans, or null for all
 * @param postInstallScript run while the machine is prepared, or null for none
 * @param extraParams merged over the request to Testing Farm: texts, numbers, booleans, nulls, lists and maps of them
 * @param env variables of the environment in which the tests run
 * @param useInternalTf whether the tests run on the machines that are not public
 * @param useTargetRepoForFmfUrl whether the metadata is that of the target's repository, also for forks
 * @param byDefault which jobs a command is for that does not say so itself
 */
public record TestSettings(
        @Nullable String fmfUrl,
        @Nullable String fmfRef,
        String fmfPath,
        @Nullable String tmtPlan,
        @Nullable String postInstallScript,
        Map<String, @Nullable Object> extraParams,
        Map<String, String> env,
        boolean useInternalTf,
        boolean useTargetRepoForFmfUrl,
        Default byDefault) {

    /**
     * Which jobs {@code /packit test} is for without {@code --identifier} and {@code --labels}
     * (https://packit.dev/docs/configuration#test_command).
     *
     * @param identifier of those jobs, or null for any
     * @param labels of which they have one; empty for any
     */
    public record Default(@Nullable String identifier, List<String> labels) {

        /** All jobs. */
        public static final Default ALL = new Default(null, List.of());
    }

    static TestSettings read(Scopes scopes) {
        String path = scopes.text("fmf_path");
        return new TestSettings(
                scopes.text("fmf_url"),
                scopes.text("fmf_ref"),
                path == null ? "." : path,
                scopes.text("tmt_plan"),
                scopes.text("tf_post_install_script"),
                extraParams(scopes),
                env(scopes),
                scopes.bool("use_internal_tf"),
                scopes.bool("use_target_repo_for_fmf_url"),
                scopes.below(
                        "test_command",
                        "test_command: {default_labels: [regression]}",
                        Default.ALL,
                        command -> new Default(
                                command.text("default_identifier"),
                                command.texts("default_labels", "regression", List.of()))));
    }

    private static Map<String, @Nullable Object> extraParams(Scopes scopes) {
        YamlValue value = scopes.find("tf_extra_params");
        return value == null
                ? Map.of()
                : value.object("tf_extra_params: {settings: {}}").plain();
    }

    private static Map<String, String> env(Scopes scopes) {
        YamlValue value = scopes.find("env");
        return value == null ? Map.of() : value.object("env: {NAME: value}").texts();
    }
}
