package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The targets of a simulated Koji, by the names of Fedora and EPEL, and which build is the newest in each tag. */
final class KojiTags {

    private final Set<String> targets = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, String>> newest = new ConcurrentHashMap<>();

    KojiTags() {
        for (String branch : List.of("f43", "f44", "f45", "epel8", "epel9", "epel10")) {
            targets.addAll(List.of(branch, branch + "-candidate"));
        }
        targets.addAll(List.of("rawhide", "eln"));
    }

    boolean knows(String target) {
        return targets.contains(target);
    }

    void add(String tag, String packageName, String nvr) {
        newest.computeIfAbsent(tag, first -> new ConcurrentHashMap<>()).put(packageName, nvr);
    }

    /** Where the builds of a target go; null for an unknown one. */
    @Nullable
    Map<String, @Nullable Object> target(String name) {
        if (!knows(name)) {
            return null;
        }
        String branch = name.equals("rawhide") ? "f46" : name.replaceFirst("-candidate$", "");
        String tag = branch + (branch.startsWith("epel") ? "-testing-candidate" : "-updates-candidate");
        return Json.object("name", name, "build_tag_name", branch + "-build", "dest_tag_name", tag);
    }

    /** The answer to {@code listTagged}, as far as it asks for the newest build alone and of one package. */
    List<Map<String, @Nullable Object>> list(List<@Nullable Object> given) {
        if (!Boolean.TRUE.equals(given.get(4))) {
            throw new IllegalArgumentException("only the newest build can be asked for");
        }
        String name = String.valueOf(given.get(5));
        String nvr = newest.getOrDefault(String.valueOf(given.get(0)), Map.of()).get(name);
        return nvr == null ? List.of() : List.of(Json.object("nvr", nvr, "package_name", name, "state", 1));
    }
}
