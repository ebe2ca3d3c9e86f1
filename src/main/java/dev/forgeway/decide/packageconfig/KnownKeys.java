package dev.forgeway.decide.packageconfig;

import dev.forgeway.error.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names that the format knows (https://packit.dev/docs/configuration), and hints about others. */
final class KnownKeys {

    static final Set<String> JOB_TYPES = Set.of(
            "copr_build",
            "tests",
            "upstream_koji_build",
            "vm_image_build",
            "propose_downstream",
            "pull_from_upstream",
            "sync_from_downstream",
            "koji_build",
            "koji_build_tag",
            "bodhi_update");
    static final List<String> TRIGGERS = List.of("pull_request", "commit", "release", "koji_build", "ignore");

    /** Which triggers the documentation of each type of job names; {@code ignore} goes with all. */
    private static final Map<String, Set<String>> TRIGGERS_OF = Map.of(
            "copr_build", Set.of("pull_request", "commit", "release"),
            "tests", Set.of("pull_request", "commit", "release"),
            "upstream_koji_build", Set.of("pull_request", "commit", "release"),
            "vm_image_build", Set.of("pull_request"),
            "propose_downstream", Set.of("release"),
            "pull_from_upstream", Set.of("release"),
            "sync_from_downstream", Set.of("commit"),
            "koji_build", Set.of("commit", "koji_build"),
            "bodhi_update", Set.of("commit", "koji_build"));

    /** What keys were called formerly. Their values count where the new name is not there. */
    private static final Map<String, List<String>> FORMERLY = Map.of(
            "upstream_package_name", List.of("upstream_project_name"),
            "files_to_sync", List.of("synced_files"),
            "dist_git_branches", List.of("dist_git_branch", "dist-git-branch"));

    private static final Map<String, String> FORMER_JOB_TYPES =
            Map.of("build", "copr_build", "production_build", "upstream_koji_build");

    /** The new names of keys; some have become keys of another. */
    private static final Map<String, String> RENAMED = renamed(Map.of(
            "create_tarball_command", "actions.create-archive",
            "current_version_command", "actions.get-current-version"));

    private static final Set<String> EVERYWHERE = Set.of("""
            actions additional_packages additional_repos allowed_builders allowed_committers allowed_gpg_keys
            allowed_pr_authors archive_root_dir_template bodhi_extra_params bootstrap branch commit_message config_file_path copr_chroot
            copy_upstream_release_description create_pr create_sync_note csmock_args dependencies dependents dist_git_base_url
            dist_git_branches dist_git_namespace dist_git_url downstream_branch_name downstream_package_name enable_net
            env fast_forward_merge_into files_to_sync fmf_path fmf_ref fmf_url follow_fedora_branching identifier
            image_customizations image_distribution image_request issue_repository list_on_homepage merge_pr_in_ci
            module_hotfixes notifications osh_diff_scan_after_copr_build osh_options owner packit_instances
            parse_time_macros patch_generation_ignore_paths patch_generation_patch_id_digits paths pkg_tool
            prerelease_suffix_macro prerelease_suffix_pattern preserve_project project release_suffix require scratch
            sidetag_group sources spec_source_id specfile_path srpm_build_deps status_name_template sync_changelog
            sync_test_job_statuses_with_builds targets test_command tf_extra_params tf_post_install_script timeout
            tmt_plan update_release update_version upload_sources upstream_package_name upstream_project_url
            upstream_ref upstream_tag_exclude upstream_tag_include upstream_tag_template use_internal_tf
            use_target_repo_for_fmf_url version_update_mask with_pr_config""".strip().split("\\s+"));

    /** What is understood and not done, by the reason. */
    private static final Map<String, Set<String>> NOT_DONE = Map.of(
            "no images are built",
            Set.of("copr_chroot", "image_customizations", "image_distribution", "image_request"),
            "nothing is scanned, because OpenScanHub takes requests from packit's command line with a Kerberos login alone",
            Set.of("csmock_args", "osh_diff_scan_after_copr_build", "osh_options"),
            "the settings of this service say where dist-git is and how it is worked with",
            Set.of("dist_git_base_url", "dist_git_namespace", "dist_git_url", "pkg_tool"),
            "signatures of commits are not checked",
            Set.of("allowed_gpg_keys"),
            "it is for a branch below dist_git_branches",
            Set.of("fast_forward_merge_into"),
            "checks of tests say that they wait, until the build has ended",
            Set.of("sync_test_job_statuses_with_builds"),
            "nothing of this service needs it",
            Set.of("downstream_branch_name", "update_version", "with_pr_config"));

    /** What packit's own command line reads from the file, which prepares sources and updates of packages. */
    private static final Set<String> OF_PACKIT = Set.of("""
            actions archive_root_dir_template commit_message config_file_path copy_upstream_release_description create_pr
            create_sync_note parse_time_macros paths patch_generation_ignore_paths patch_generation_patch_id_digits
            prerelease_suffix_macro prerelease_suffix_pattern release_suffix sources spec_source_id sync_changelog
            update_release upstream_ref""".strip().split("\\s+"));

    private static final Set<String> TOP = Set.of("jobs", "packages", "_");
    private static final Set<String> JOB =
            Set.of("job", "trigger", "packages", "package", "metadata", "manual_trigger", "skip_build", "labels", "_");

    private static final Set<String> TARGET = Set.of(
            "distros", "additional_packages", "additional_repos", "additional_modules", "with_opts", "without_opts");

    private KnownKeys() {}

    private static Map<String, String> renamed(Map<String, String> gone) {
        var renamed = new HashMap<>(gone);
        FORMERLY.forEach((now, names) -> names.forEach(name -> renamed.put(name, now)));
        return Map.copyOf(renamed);
    }

    /** The value of a key in a mapping, also where it stands under a former name of the key; null where there is none. */
    static @Nullable YamlValue value(YamlObject scope, String key) {
        YamlValue value = scope.get(key);
        return value != null
                ? value
                : FORMERLY.getOrDefault(key, List.of()).stream()
                        .map(scope::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** What a type of job is called now. */
    static String jobType(String written) {
        return FORMER_JOB_TYPES.getOrDefault(written, written);
    }

    /** Hints about the settings of single targets, where {@code targets} of this mapping holds such. */
    static List<String> targetHints(YamlObject scope) {
        YamlValue targets = scope.get("targets");
        if (targets == null || !targets.isObject()) {
            return List.of();
        }
        YamlObject object = targets.object("targets: {fedora-all: {}}");
        var hints = new ArrayList<String>();
        for (String target : object.ownLines().keySet()) {
            YamlValue settings = object.get(target);
            if (settings != null && settings.isObject()) {
                hints.addAll(hints(settings.object(target + ": {}"), Set.of(), TARGET, " of target " + target));
            }
        }
        return hints;
    }

    static List<String> topHints(YamlObject top) {
        return both(hints(top, EVERYWHERE, TOP, ""), targetHints(top));
    }

    static List<String> packageHints(YamlObject one, String name) {
        return both(hints(one, EVERYWHERE, Set.of(), " of package " + name), targetHints(one));
    }

    static List<String> jobHints(YamlObject job) {
        return both(hints(job, EVERYWHERE, JOB, ""), targetHints(job));
    }

    /** Nothing for a trigger that such a job has; a hint for one with which it never runs. */
    static List<String> triggerHints(String type, String trigger, int line) {
        Set<String> usual = TRIGGERS_OF.getOrDefault(type, Set.of(trigger));
        return trigger.equals("ignore") || usual.contains(trigger)
                ? List.of()
                : List.of("line " + line + ": job " + type + " never runs with trigger " + trigger + "; it has "
                        + String.join(", ", new TreeSet<>(usual)));
    }

    private static List<String> both(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<String> hints(YamlObject object, Set<String> usual, Set<String> more, String place) {
        var hints = new ArrayList<String>();
        object.ownLines().forEach((key, line) -> {
            String notDone = notDone(key);
            if (notDone != null && (usual.contains(key) || more.contains(key))) {
                hints.add("line " + line + ": key " + key + place + " is not followed: " + notDone);
            } else if (RENAMED.containsKey(key)) {
                hints.add("line " + line + ": key " + key + place + " is now called " + RENAMED.get(key));
            } else if (!usual.contains(key) && !more.contains(key)) {
                String meant = Suggestion.nearest(key, all(usual, more))
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; it is ignored");
                hints.add("line " + line + ": key " + key + place + " is not known" + meant);
            }
        });
        return hints;
    }

    private static @Nullable String notDone(String key) {
        return NOT_DONE.entrySet().stream()
                .filter(reason -> reason.getValue().contains(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** The keys of a job. */
    static Set<String> ofJobs() {
        return all(EVERYWHERE, JOB);
    }

    /** The keys of a target. */
    static Set<String> ofTargets() {
        return TARGET;
    }

    /** Whether only packit's own command line reads a key. */
    static boolean isOfPackit(String key) {
        return OF_PACKIT.contains(key);
    }

    private static Set<String> all(Set<String> usual, Set<String> more) {
        var known = new TreeSet<>(usual);
        known.addAll(more);
        return known;
    }
}
