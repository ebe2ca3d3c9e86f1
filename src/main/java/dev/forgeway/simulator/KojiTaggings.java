package dev.forgeway.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tasks of a simulated Koji that give builds a tag. They are over at once, unless they are held. */
public final class KojiTaggings {

    /** A task. */
    record Tagging(long id, String tag, String nvr) {

        String packageName() {
            return nvr.replaceFirst("-[^-]*-[^-]*$", "");
        }
    }

    private static final String METHOD = "tagBuild";
    private static final long FIRST = 200_000_001;

    private final KojiTags tags;
    private final Consumer<Tagging> effect;
    private final List<Tagging> open = new ArrayList<>();
    private long next = FIRST;
    private boolean isHeld;

    /** @param effect what such a task does */
    KojiTaggings(KojiTags tags, Consumer<Tagging> effect) {
        this.tags = tags;
        this.effect = effect;
    }

    /** From now on the tasks wait. */
    public synchronized void hold() {
        isHeld = true;
    }

    /** The tasks do what they are for, now and from now on. */
    public synchronized void release() {
        isHeld = false;
        open.forEach(effect);
        open.clear();
    }

    /** Starts a task; its id. */
    synchronized long add(String tag, String nvr) {
        Tagging made = new Tagging(next, tag, nvr);
        next++;
        if (isHeld) {
            open.add(made);
        } else {
            effect.accept(made);
        }
        return made.id();
    }

    /** Whether the arguments of {@code listTasks} ask for such tasks. */
    static boolean areMeant(List<@Nullable Object> given) {
        return given.get(0) instanceof Map<?, ?> which && METHOD.equals(which.get("method"));
    }

    /** Koji's number of a build, which follows from its name. */
    static long build(String nvr) {
        return nvr.hashCode() & Integer.MAX_VALUE;
    }

    /** The answer to {@code listTasks} for those that are open. */
    synchronized List<Map<String, @Nullable Object>> list(long owner) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Tagging task : open) {
            Map<String, @Nullable Object> json =
                    Json.object("id", task.id(), "state", 0, "method", METHOD, "owner", owner);
            json.put("request", List.of(tags.id(task.tag()), build(task.nvr()), false));
            found.add(json);
        }
        return found;
    }
}
