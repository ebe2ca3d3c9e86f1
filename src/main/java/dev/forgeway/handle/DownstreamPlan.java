package dev.forgeway.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.PushEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job that updates dist-git is told; an argument of the job
 * (https://packit.dev/docs/configuration/upstream/propose_downstream).
 *
 * @param downstreamName the package in dist-git, or null when it is called like the repository
 * @param specfilePath the spec file in the upstream repository; its name alone counts in dist-git, and null is for the only one
 * @param issueRepository the page of the repository in which failures of a package are told, or null
 * @param tagTemplate how tags are made of versions, with {@code {version}} in it
 * @param tagInclude what tags must match from their beginning, or null
 * @param tagExclude what tags must not match from their beginning, or null
 * @param versionMask what the beginning of a version must have in common with the one before in branches of releases, as a
 *     regular expression; null for nothing (https://packit.dev/docs/configuration#version_update_mask)
 * @param fastForward the branches that get the same commit as another one, by that one ({@code fast_forward_merge_into})
 * @param files what of the upstream repository is carried to dist-git
 * @param withoutUpload whether somebody else brings the sources to the lookaside cache ({@code upload_sources: false})
 */
public record DownstreamPlan(
        @Nullable String downstreamName,
        @Nullable String specfilePath,
        @Nullable String issueRepository,
        @Nullable String tagTemplate,
        @Nullable String tagInclude,
        @Nullable String tagExclude,
        @Nullable String versionMask,
        Map<String, List<String>> fastForward,
        List<SyncedFiles> files,
        boolean withoutUpload) {

    /** The argument of a job. */
    public static final String ARGUMENT = "downstream";

    /** The argument of a job with the version that somebody asked for. */
    public static final String VERSION = "version";

    /** The argument of a job with the bugs that the update resolves, as they were written, between commas. */
    public static final String BUGS = "bugs";

    /** The argument of a job with the page of upstream, where the config names it. */
    public static final String UPSTREAM = "upstream";

    /** The argument of a job of dist-git with the page of the repository in which failures are told, where the config names it. */
    public static final String ISSUES = "issue-repository";

    /** The argument of a job with the build in Koji that it is for, where somebody else made it: name, version and release. */
    public static final String NVR = "nvr";

    /** The argument of a job with the name of the package in dist-git, where its event happened elsewhere. */
    public static final String PACKAGE = "package";

    /** Jobs of an older Forgeway know of no merging, and of no files. */
    public DownstreamPlan {
        fastForward = Objects.requireNonNullElse(fastForward, Map.of());
        files = Objects.requireNonNullElse(files, List.of());
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLACE = "{version}";

    /** The branches of Fedora's and EPEL's releases, which Rawhide is none of. */
    private static final Pattern OF_RELEASE = Pattern.compile("f\\d+|epel\\d+(\\.\\d+)?");

    /** What is no version for RPM (https://rpm-software-management.github.io/rpm/manual/spec.html, "Version"). */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._+~^]+");

    /** The plan of a job that has one. */
    public static DownstreamPlan of(Job job) {
        try {
            return JSON.readValue(
                    Objects.requireNonNull(job.arguments().get(ARGUMENT), "no plan"), DownstreamPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the plan of job " + job.id() + " cannot be read", e);
        }
    }

    /** Whether an event is about a branch of dist-git, and nobody watches what it starts. */
    public static boolean isUnwatched(Event event) {
        return event instanceof PushEvent || event instanceof KojiTagEvent;
    }

    /** The name of the package that a job of dist-git is for. */
    public static String packageOf(Job job) {
        return Optional.ofNullable(job.arguments().get(PACKAGE))
                .orElseGet(() -> Objects.requireNonNull(job.event().project()).name());
    }

    /**
     * The same version, if it can be one.
     *
     * @throws UserErrorException when it cannot
     */
    public static String valid(String version) {
        if (!VALID.matches(version)) {
            throw new UserErrorException("'" + version + "' cannot be a version of an RPM");
        }
        return version;
    }

    /** As it is written into {@link #ARGUMENT}. */
    public String argument() {
        return JSON.valueToTree(this).toString();
    }

    /** Why a tag is not to be taken; empty when it is. */
    public Optional<String> against(String tag) {
        if (tagInclude != null && !begins("upstream_tag_include", tagInclude, tag)) {
            return Optional.of("Tag " + tag + " does not match upstream_tag_include.");
        }
        return tagExclude != null && begins("upstream_tag_exclude", tagExclude, tag)
                ? Optional.of("Tag " + tag + " matches upstream_tag_exclude.")
                : Optional.empty();
    }

    /** Why a version must not follow another one in a branch; empty when it may. */
    public Optional<String> against(String branch, String before, String version) {
        if (versionMask == null
                || versionMask.isEmpty()
                || !OF_RELEASE.matcher(branch).matches()) {
            return Optional.empty();
        }
        Matcher one = compiled("version_update_mask", versionMask).matcher(before);
        Matcher other = compiled("version_update_mask", versionMask).matcher(version);
        return one.lookingAt() && other.lookingAt() && !one.group().equals(other.group())
                ? Optional.of(
                        "By version_update_mask, " + version + " does not follow " + before + " in " + branch + ".")
                : Optional.empty();
    }

    private static Pattern compiled(String key, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new UserErrorException(key + " is no regular expression: " + e.getDescription());
        }
    }

    private static boolean begins(String key, String expression, String tag) {
        return compiled(key, expression).matcher(tag).lookingAt();
    }

    /** The version that a tag stands for; empty where it is not to be taken, or stands for none. */
    public Optional<String> meant(String tag) {
        if (against(tag).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(version(tag));
        } catch (UserErrorException e) {
            return Optional.empty();
        }
    }

    /**
     * The version that a tag stands for. Where there is no template, a {@code v} before a number is left out.
     *
     * @throws UserErrorException when the tag does not fit the template, or there is no version in it
     */
    public String version(String tag) {
        String version = tag;
        if (tagTemplate == null) {
            version = tag.matches("v\\d.*") ? tag.substring(1) : tag;
        } else {
            int at = tagTemplate.indexOf(PLACE);
            String before = at < 0 ? tagTemplate : tagTemplate.substring(0, at);
            String after = at < 0 ? "" : tagTemplate.substring(at + PLACE.length());
            if (at < 0
                    || tag.length() <= before.length() + after.length()
                    || !tag.startsWith(before)
                    || !tag.endsWith(after)) {
                throw new UserErrorException("Tag " + tag + " does not fit upstream_tag_template: " + tagTemplate);
            }
            version = tag.substring(before.length(), tag.length() - after.length());
        }
        if (!VALID.matches(version)) {
            throw new UserErrorException("'" + version + "' of tag " + tag
                    + " cannot be a version of an RPM; upstream_tag_template can say which part of a tag is");
        }
        return version;
    }
}
