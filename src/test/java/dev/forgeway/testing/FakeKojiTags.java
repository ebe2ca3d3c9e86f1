package dev.forgeway.testing;

import dev.forgeway.error.UnansweredException;
import dev.forgeway.service.koji.KojiTags;
import dev.forgeway.service.koji.KojiTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags of a Koji that are only remembered. */
public final class FakeKojiTags implements KojiTags {

    private final List<SideTag> sideTags = new ArrayList<>();
    private final Map<String, Map<String, String>> builds = new HashMap<>();
    private long last = 100;
    private boolean losesAnswer;
    private boolean hearsNothing;

    /** The next side tag is made, but nobody hears of it. */
    public FakeKojiTags losesAnswer() {
        this.losesAnswer = true;
        return this;
    }

    /** The next call for a side tag does not come through, and nobody hears of it. */
    public FakeKojiTags hearsNothing() {
        this.hearsNothing = true;
        return this;
    }

    /** A side tag is no longer there. */
    public void remove(String name) {
        sideTags.removeIf(tag -> tag.name().equals(name));
    }

    /** A build is in a tag. */
    public FakeKojiTags tagged(String tag, String packageName, String nvr) {
        builds.computeIfAbsent(tag, first -> new HashMap<>()).put(packageName, nvr);
        return this;
    }

    /** The names of the side tags, oldest first. */
    public List<String> names() {
        return sideTags.stream().map(SideTag::name).toList();
    }

    @Override
    public List<SideTag> sideTags(String target) {
        return sideTags.stream().filter(tag -> tag.name().startsWith(target)).toList();
    }

    @Override
    public SideTag createSideTag(String target) {
        if (hearsNothing) {
            hearsNothing = false;
            throw new UnansweredException("no answer");
        }
        last++;
        SideTag made = new SideTag(target + "-side-" + last, last);
        sideTags.add(made);
        if (losesAnswer) {
            losesAnswer = false;
            throw new UnansweredException("no answer");
        }
        return made;
    }

    @Override
    public void removeSideTag(String name) {
        remove(name);
    }

    @Override
    public Optional<String> newestReleased(String target, String packageName) {
        return Optional.ofNullable(
                builds(target.replace("candidate", "updates")).get(packageName));
    }

    @Override
    public Optional<KojiTask> findTagging(String tag, String nvr) {
        return Optional.empty();
    }

    @Override
    public KojiTask tagBuild(String tag, String nvr) {
        tagged(tag, nvr.replaceFirst("-[^-]*-[^-]*$", ""), nvr);
        return new KojiTask("201", "free", "https://koji.example.org/koji/taskinfo?taskID=201");
    }

    @Override
    public List<String> tagsOf(String nvr) {
        return builds.entrySet().stream()
                .filter(tag -> tag.getValue().containsValue(nvr))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public boolean exists(String tag) {
        return names().contains(tag);
    }

    @Override
    public Map<String, String> builds(String tag) {
        return builds.getOrDefault(tag, Map.of());
    }

    @Override
    public Optional<String> sourceOf(String nvr) {
        return Optional.empty();
    }
}
