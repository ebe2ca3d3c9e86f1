package dev.forgeway.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a simulated Koji, by the names of Fedora and EPEL, its side tags
 * (https://docs.pagure.org/koji/plugins/sidetag/), and which build of a package is the newest in each tag.
 */
final class KojiTags {

    private static final long FIRST_SIDE_TAG = 98_001;

    private final Set<String> targets = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, String>> newest = new ConcurrentHashMap<>();
    private final Map<String, Long> sideTags = new LinkedHashMap<>();
    private long lastSideTag = FIRST_SIDE_TAG;

    KojiTags() {
        for (String branch : List.of("f43", "f44", "f45", "epel8", "epel9", "epel10")) {
            targets.addAll(List.of(branch, branch + "-candidate"));
        }
        targets.addAll(List.of("rawhide", "eln"));
    }

    synchronized boolean knows(String target) {
        return targets.contains(target) || sideTags.containsKey(target);
    }

    synchronized void add(String tag, String packageName, String nvr) {
        Map<String, String> inTag = newest.computeIfAbsent(tag, first -> new LinkedHashMap<>());
        inTag.put(packageName, nvr);
    }

    synchronized Map<String, String> builds(String tag) {
        return Map.copyOf(newest.getOrDefault(tag, Map.of()));
    }

    /** Where the builds of a target go; null for an unknown one. */
    @Nullable
    Map<String, @Nullable Object> target(String name) {
        if (!knows(name)) {
            return null;
        }
        if (name.contains("-side-")) {
            return Json.object("name", name, "build_tag_name", name, "dest_tag_name", name);
        }
        String branch = name.equals("rawhide") ? "f46" : name.replaceFirst("-candidate$", "");
        String tag = branch + (branch.startsWith("epel") ? "-testing-candidate" : "-updates-candidate");
        return Json.object("name", name, "build_tag_name", branch + "-build", "dest_tag_name", tag);
    }

    /** Where the builds of a target go. */
    String destination(String target) {
        Map<String, @Nullable Object> found = target(target);
        return found == null ? "" : String.valueOf(found.get("dest_tag_name"));
    }

    /** Koji's number of a tag, which is any for one that is no side tag. */
    synchronized long id(String tag) {
        return sideTags.getOrDefault(tag, 1L);
    }

    /** The answer to {@code createSideTag}; other tags are made in between. */
    synchronized Map<String, @Nullable Object> createSideTag(String base) {
        lastSideTag += 2;
        String name = base + "-side-" + lastSideTag;
        sideTags.put(name, lastSideTag);
        return Json.object("name", name, "id", lastSideTag);
    }

    /** @return whether there was such a side tag */
    synchronized boolean removeSideTag(String name) {
        newest.remove(name);
        return sideTags.remove(name) != null;
    }

    /** The answer to {@code listSideTags}; all are of the only user. */
    synchronized List<Map<String, @Nullable Object>> listSideTags(@Nullable Object base, Object user) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        sideTags.forEach((name, id) -> {
            if (base == null || name.startsWith(base + "-side-")) {
                found.add(Json.object("id", id, "name", name, "user_id", user, "user_name", "packit"));
            }
        });
        return found;
    }

    /** The names of the side tags, oldest first. */
    synchronized List<String> sideTags() {
        return List.copyOf(sideTags.keySet());
    }

    /** The answer to {@code getTag}; null for an unknown one. */
    synchronized @Nullable Map<String, @Nullable Object> tag(String name) {
        Long id = sideTags.get(name);
        return id == null && !newest.containsKey(name)
                ? null
                : Json.object("id", id(name), "name", name, "extra", Map.of("sidetag", id != null));
    }

    private static List<String> concat(String first, List<String> others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    /** The tags behind one, the nearest first: what is a candidate may be an update, and is for a release. */
    private static List<String> inherited(String tag) {
        String release = tag.replaceFirst("-.*", "");
        List<String> all = release.startsWith("f") ? List.of(release + "-updates", release) : List.of(release);
        return all.stream()
                .filter(parent -> !parent.equals(tag) && !tag.equals(release))
                .toList();
    }

    /** The answer to {@code getFullInheritance}. */
    List<Map<String, @Nullable Object>> inheritance(String tag) {
        return inherited(tag).stream()
                .map(name -> Json.object("name", name, "priority", 0, "intransitive", false))
                .toList();
    }

    /** The answer to {@code listTags}, of a build that is the newest in its tags. */
    synchronized List<Map<String, @Nullable Object>> tagsOf(String nvr) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        newest.forEach((tag, builds) -> {
            if (builds.containsValue(nvr)) {
                found.add(Json.object("id", id(tag), "name", tag, "locked", false));
            }
        });
        return found;
    }

    /** The answer to {@code getBuild}; null for one that is in no tag and that no task of ours made. */
    @Nullable
    Map<String, @Nullable Object> build(String nvr, KojiTasks tasks) {
        Map<String, @Nullable Object> made = tasks.buildNamed(nvr);
        return made != null || tagsOf(nvr).isEmpty()
                ? made
                : Json.object("id", KojiTaggings.build(nvr), "nvr", nvr, "task_id", null, "state", 1);
    }

    /** The answer to {@code listTagged}, as far as it asks for the newest builds alone, perhaps of one package. */
    synchronized List<Map<String, @Nullable Object>> list(List<@Nullable Object> given) {
        if (!Boolean.TRUE.equals(given.get(4))) {
            throw new IllegalArgumentException("only the newest builds can be asked for");
        }
        List<String> parents = Boolean.TRUE.equals(given.get(2)) ? inherited(String.valueOf(given.get(0))) : List.of();
        Object only = given.size() > 5 ? given.get(5) : null;
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        Map<String, String> nearest = new LinkedHashMap<>();
        for (String tag : concat(String.valueOf(given.get(0)), parents)) {
            newest.getOrDefault(tag, Map.of()).forEach(nearest::putIfAbsent);
        }
        nearest.forEach((name, nvr) -> {
            if (only == null || only.equals(name)) {
                found.add(Json.object("nvr", nvr, "package_name", name, "state", 1));
            }
        });
        return found;
    }
}
