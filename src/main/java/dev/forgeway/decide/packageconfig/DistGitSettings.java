package dev.forgeway.decide.packageconfig;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.forgeway.handle.SyncedFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param versionMask a regular expression, or null (https://packit.dev/docs/configuration#version_update_mask)
 * @param fastForward the branches, as written, that a branch is to be merged into; those without any are left out
 * @param withoutUpload whether somebody else brings the sources to the lookaside cache
 */
public record DistGitSettings(
        List<String> branches,
        @Nullable String upstreamUrl,
        @Nullable String issueRepository,
        List<SyncedFiles> files,
        @Nullable String tagTemplate,
        @Nullable String tagInclude,
        @Nullable String tagExclude,
        @Nullable String versionMask,
        Map<String, List<String>> fastForward,
        boolean withoutUpload) {

    private static final String EXAMPLE = "dist_git_branches: {rawhide: {}}";

    static DistGitSettings read(Scopes scopes) {
        return new DistGitSettings(
                branches(scopes),
                scopes.text("upstream_project_url"),
                scopes.text("issue_repository"),
                files(scopes),
                scopes.text("upstream_tag_template"),
                scopes.text("upstream_tag_include"),
                scopes.text("upstream_tag_exclude"),
                mask(scopes),
                fastForward(scopes),
                withoutUpload(scopes));
    }

    private static List<SyncedFiles> files(Scopes scopes) {
        YamlValue value = scopes.find("files_to_sync");
        List<SyncedFiles> files = new ArrayList<>();
        if (value != null) {
            for (YamlValue element : value.elements("hello.spec")) {
                files.add(
                        element.isObject()
                                ? synced(element.object("- {src: hello.spec, dest: hello.spec}"))
                                : SyncedFiles.one(element.text(), element.text()));
            }
        }
        if (value != null && value.key().equals("synced_files")) {
            addSpecFile(scopes.text("specfile_path"), files);
        }
        return List.copyOf(files);
    }

    /** Under its former name, the list did not have to name the spec file. */
    private static void addSpecFile(@Nullable String path, List<SyncedFiles> files) {
        if (path != null && files.stream().noneMatch(one -> one.sources().contains(path))) {
            files.add(SyncedFiles.one(path, path.substring(path.lastIndexOf('/') + 1)));
        }
    }

    private static SyncedFiles synced(YamlObject element) {
        YamlValue source = element.get("src");
        YamlValue destination = element.get("dest");
        YamlValue filters = element.get("filters");
        if (source == null || destination == null) {
            throw element.failure("src or dest is missing", "write `- {src: hello.spec, dest: hello.spec}`");
        }
        return new SyncedFiles(
                source.texts("hello.spec"),
                destination.text(),
                isSet(element.get("mkpath")),
                isSet(element.get("delete")),
                filters == null ? List.of() : filters.texts("- *.orig"));
    }

    private static boolean isSet(@Nullable YamlValue value) {
        return value != null && value.bool();
    }

    /** A list, one name, or a mapping from names to what else is to be done for them. */
    private static List<String> branches(Scopes scopes) {
        YamlValue value = scopes.find("dist_git_branches");
        if (value == null) {
            return List.of();
        }
        return value.isObject() ? List.copyOf(value.object(EXAMPLE).keys()) : value.texts("fedora-all");
    }

    private static Map<String, List<String>> fastForward(Scopes scopes) {
        YamlValue value = scopes.find("dist_git_branches");
        Map<String, List<String>> into = new LinkedHashMap<>();
        if (value != null && value.isObject()) {
            YamlObject branches = value.object(EXAMPLE);
            for (String branch : branches.keys()) {
                YamlValue settings = branches.get(branch);
                YamlValue others = settings == null || !settings.isObject()
                        ? null
                        : settings.object(EXAMPLE).get("fast_forward_merge_into");
                if (others != null) {
                    into.put(branch, others.texts("fedora-branched"));
                }
            }
        }
        return Collections.unmodifiableMap(into);
    }

    private static boolean withoutUpload(Scopes scopes) {
        YamlValue value = scopes.find("upload_sources");
        return value != null && !value.bool();
    }

    private static @Nullable String mask(Scopes scopes) {
        YamlValue value = scopes.find("version_update_mask");
        if (value == null) {
            return null;
        }
        try {
            Pattern unused = Pattern.compile(value.text());
            return value.text();
        } catch (PatternSyntaxException e) {
            throw value.failure(
                    "version_update_mask is no regular expression", "write `version_update_mask: '\\d+\\.\\d+'`");
        }
    }
}
