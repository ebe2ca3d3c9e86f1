package dev.forgeway.config;

import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The patterns of an {@link EventSelection}, ready to be asked. */
public final class WantedEvents {

    private final List<Pattern> events;
    private final List<Pattern> projects;
    private final List<Pattern> actions;

    public WantedEvents(EventSelection selection) {
        this.events = patterns(selection.events());
        this.projects = patterns(selection.projects());
        this.actions = patterns(selection.actions());
    }

    private static List<Pattern> patterns(List<String> texts) {
        return texts.stream().map(Pattern::new).toList();
    }

    /** Whether such an event is wanted. @param project what the event is about, which it need not say itself */
    public boolean include(Event event, @Nullable Project project) {
        return fits(events, event.type().wireName())
                && fits(actions, event.action())
                && fits(projects, project == null ? "" : project.key());
    }

    private static boolean fits(List<Pattern> any, String text) {
        return any.stream().anyMatch(pattern -> pattern.fits(text));
    }

    /** A text in which {@code *} stands for any characters. */
    static final class Pattern {

        private final java.util.regex.Pattern regex;

        Pattern(String text) {
            this.regex = java.util.regex.Pattern.compile(Arrays.stream(text.split("\\*", -1))
                    .map(java.util.regex.Pattern::quote)
                    .collect(Collectors.joining(".*")));
        }

        boolean fits(String text) {
            return regex.matcher(text).matches();
        }
    }
}
