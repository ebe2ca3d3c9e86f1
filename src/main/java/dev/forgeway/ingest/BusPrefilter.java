package dev.forgeway.ingest;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which messages of a bus concern us, by the end of their topic and a peek at a few fields. A message that lacks the
 * field that is looked at, or is no JSON, goes on: the parser says what is wrong with it. The rules are those of <a
 * href="https://github.com/packit/packit-service-fedmsg">packit's listener</a>, with its accounts, tags and file names
 * as settings.
 */
@Component
public class BusPrefilter {

    private final Map<String, Rule> rules;

    public BusPrefilter(Settings settings) {
        this.rules = rules(settings);
    }

    /** @param topic with or without what the bus puts before it ("org.fedoraproject.prod.copr.build.end") */
    public boolean wants(String topic, byte[] body) {
        Rule rule = rule(topic);
        if (rule == null) {
            return false;
        }
        return rule.paths().isEmpty()
                || MessagePeek.values(body, rule.paths()).map(rule.test()::test).orElse(true);
    }

    /** The rule of the longest end of the topic that has one. */
    private @Nullable Rule rule(String topic) {
        String end = topic;
        while (!rules.containsKey(end)) {
            int dot = end.indexOf('.');
            if (dot < 0) {
                return actionRun(topic);
            }
            end = end.substring(dot + 1);
        }
        return rules.get(end);
    }

    /** Forgejo's CI has an event for each way in which a run ends. */
    private static @Nullable Rule actionRun(String topic) {
        return topic.contains("forgejo.action_run_") ? Rule.ALWAYS : null;
    }

    private static Map<String, Rule> rules(Settings settings) {
        IngestSettings.BusFilter filter = settings.ingest().fedoraMessaging().filter();
        Set<String> owners = Set.copyOf(settings.ingest().fedoraMessaging().owners());
        Rule copr = copr(owners, settings.service().copr().owner());
        return Stream.of(
                        Map.of("copr.build.start", copr, "copr.build.end", copr),
                        koji(owners, filter),
                        pagure(owners, filter),
                        Map.of(
                                "anitya.project.version.update.v2",
                                anyOf("message.packages.distro", filter.distributions()::contains)),
                        always(
                                "hotness.update.bug.file",
                                "openscanhub.task.started",
                                "openscanhub.task.finished",
                                "logdetective.analysis",
                                "forgejo.push",
                                "forgejo.pull_request",
                                "forgejo.issue_comment"))
                .flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whoever submitted it, what is in our projects is ours; and what our accounts submitted, wherever. */
    private static Rule copr(Set<String> owners, @Nullable String owner) {
        return new Rule(
                Set.of("user", "owner"),
                found -> found.isEmpty()
                        || found.values().stream().flatMap(List::stream).anyMatch(owners::contains)
                        || (owner != null
                                && found.getOrDefault("owner", List.of()).contains(owner)));
    }

    private static Map<String, Rule> koji(Set<String> owners, IngestSettings.BusFilter filter) {
        Rule build = new Rule(
                Set.of("task.method", "owner"),
                found -> all(found, "task.method", filter.kojiMethods()::contains)
                        && all(found, "owner", owner -> !filter.ignoredOwners().contains(owner)));
        return Map.of(
                "buildsys.task.state.change", anyOf("owner", owners::contains),
                "buildsys.build.state.change", build,
                "buildsys.tag", anyOf("tag", tag -> filter.tags().stream().anyMatch(tag::contains)));
    }

    private static Map<String, Rule> pagure(Set<String> owners, IngestSettings.BusFilter filter) {
        Rule flags = anyOf("pullrequest.user.name", owners::contains);
        Rule merged = new Rule(
                Set.of("pullrequest.merged"),
                found -> found.getOrDefault("pullrequest.merged", List.of()).contains("true"));
        Map<String, Rule> rules = new HashMap<>(always(
                "pull-request.new",
                "pull-request.reopened",
                "pull-request.updated",
                "pull-request.rebased",
                "pull-request.comment.added",
                "pull-request.comment.edited",
                "issue.comment.added",
                "issue.comment.edited"));
        rules.put("pull-request.closed", merged);
        rules.put("pull-request.flag.added", flags);
        rules.put("pull-request.flag.updated", flags);
        rules.put(
                "git.receive",
                anyOf(
                        "changed_files" + MessagePeek.NAMES,
                        file -> filter.changedFiles().stream().anyMatch(file::endsWith)));
        return rules;
    }

    private static Map<String, Rule> always(String... topics) {
        return Stream.of(topics).collect(Collectors.toMap(topic -> topic, topic -> Rule.ALWAYS));
    }

    /** One of the values is such; without the field, nobody can tell. */
    private static Rule anyOf(String path, Predicate<String> test) {
        return new Rule(
                Set.of(path),
                found -> !found.containsKey(path)
                        || found.getOrDefault(path, List.of()).stream().anyMatch(test));
    }

    private static boolean all(Map<String, List<String>> found, String path, Predicate<String> test) {
        return found.getOrDefault(path, List.of()).stream().allMatch(test);
    }

    /** @param paths what of the message is looked at; nothing where the topic says enough */
    private record Rule(Set<String> paths, Predicate<Map<String, List<String>>> test) {

        static final Rule ALWAYS = new Rule(Set.of(), found -> true);
    }
}
