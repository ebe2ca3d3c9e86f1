package dev.forgeway.decide.packageconfig;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job works in dist-git, and for which releases (https://packit.dev/docs/configuration/upstream/propose_downstream).
 *
 * @param branches as written ({@code fedora-all}, {@code epel9}); see {@link BranchExpansion}
 * @param upstreamUrl the page of the upstream repository, or null
 * @param issueRepository the page of the repository in which failures are told, or null
 * @param files which files of upstream and of dist-git belong together; empty for the spec file alone
 * @param tagTemplate how tags are made of versions ({@code v{version}}), or null where they are the same
 * @param tagInclude a regular expression that tags must match from their beginning, or null for any
 * @param tagExclude a regular expression that tags must not match from their beginning, or null for none
 */
public record DistGitSettings(
        List<String> branches,
        @Nullable String upstreamUrl,
        @Nullable String issueRepository,
        List<SyncedFile> files,
        @Nullable String tagTemplate,
        @Nullable String tagInclude,
        @Nullable String tagExclude) {

    static DistGitSettings read(Scopes scopes) {
        return new DistGitSettings(
                branches(scopes),
                scopes.text("upstream_project_url"),
                scopes.text("issue_repository"),
                files(scopes),
                scopes.text("upstream_tag_template"),
                scopes.text("upstream_tag_include"),
                scopes.text("upstream_tag_exclude"));
    }

    /**
     * A file or folder of the upstream repository and its place in dist-git
     * (https://packit.dev/docs/configuration/files_to_sync), relative to the roots.
     */
    public record SyncedFile(String upstream, String distGit) {}

    private static List<SyncedFile> files(Scopes scopes) {
        YamlValue value = scopes.find("files_to_sync");
        List<SyncedFile> files = new ArrayList<>();
        if (value != null) {
            for (YamlValue element : value.elements("hello.spec")) {
                if (element.isObject()) {
                    files.addAll(pairs(element.object("- {src: hello.spec, dest: hello.spec}")));
                } else {
                    files.add(new SyncedFile(element.text(), element.text()));
                }
            }
        }
        return List.copyOf(files);
    }

    /** Several files go into a folder, as one does where the destination ends with a slash or is the root. */
    private static List<SyncedFile> pairs(YamlObject element) {
        YamlValue source = element.get("src");
        YamlValue destination = element.get("dest");
        if (source == null || destination == null) {
            throw element.failure("src or dest is missing", "write `- {src: hello.spec, dest: hello.spec}`");
        }
        List<String> sources = source.texts("hello.spec");
        String target = destination.text();
        boolean isFolder = sources.size() > 1 || target.endsWith("/") || target.equals(".");
        String folder = target.equals(".") ? "" : target.replaceFirst("/*$", "/");
        return sources.stream()
                .map(one -> new SyncedFile(one, isFolder ? folder + one.substring(one.lastIndexOf('/') + 1) : target))
                .toList();
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
