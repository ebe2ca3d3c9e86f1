package dev.forgeway.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of Pagure's API, which its messages are made of too (https://pypi.org/project/pagure-messages/), and the
 * envelope around a message (https://docs.pagure.org/pagure/usage/using_webhooks.html).
 */
final class PagureMessages {

    private final AtomicInteger count = new AtomicInteger();
    private final Supplier<URI> site;

    PagureMessages(Supplier<URI> site) {
        this.site = site;
    }

    WebhookDelivery delivery(String topic, Object message) {
        String id = Instant.now().toString().substring(0, 5) + UUID.randomUUID();
        return new WebhookDelivery(
                topic,
                id,
                Json.write(Json.object(
                        "i", count.incrementAndGet(),
                        "msg", message,
                        "msg_id", id,
                        "timestamp", Instant.now().getEpochSecond(),
                        "topic", topic)));
    }

    Map<String, @Nullable Object> project(ForgeProject project) {
        return Json.object(
                "id", project.id(),
                "name", project.name(),
                "namespace", project.namespace(),
                "fullname", project.path(),
                "url_path", project.path(),
                "full_url", page(project),
                "user", user("keeper"),
                "tags", List.of(),
                "access_users", access(project),
                "access_groups", Map.of("admin", List.of(), "commit", List.of(), "ticket", List.of()));
    }

    private static Map<String, @Nullable Object> access(ForgeProject project) {
        Map<String, @Nullable Object> access = Json.object("owner", List.of("keeper"));
        for (String level : List.of("admin", "commit", "collaborator", "ticket")) {
            List<String> accounts = new ArrayList<>();
            project.members().forEach((account, role) -> {
                if (role.equals(level)) {
                    accounts.add(account);
                }
            });
            access.put(level, accounts);
        }
        return access;
    }

    private static Map<String, @Nullable Object> user(String name) {
        return Json.object("name", name, "fullname", name, "url_path", "user/" + name);
    }

    Map<String, @Nullable Object> pullRequest(ForgeProject at, ForgeProject source, ForgeProject.PullRequest pull) {
        return Json.object(
                "id",
                pull.number(),
                "full_url",
                page(at) + "/pull-request/" + pull.number(),
                "status",
                "Open",
                "branch",
                pull.target(),
                "branch_from",
                pull.branch(),
                "commit_stop",
                pull.head(),
                "project",
                project(at),
                "repo_from",
                project(source),
                "user",
                user(pull.author()),
                "tags",
                pull.labels(),
                "last_updated",
                seconds(Instant.now()),
                "comments",
                comments(at, pull.number()));
    }

    Map<String, @Nullable Object> issue(ForgeProject at, int number) {
        return Json.object(
                "id",
                number,
                "status",
                "Open",
                "private",
                false,
                "full_url",
                page(at) + "/issue/" + number,
                "user",
                user("keeper"),
                "comments",
                comments(at, number));
    }

    private static List<Map<String, @Nullable Object>> comments(ForgeProject at, int number) {
        return at.comments(number).stream()
                .map(comment -> Json.object(
                        "id", comment.id(),
                        "comment", comment.body(),
                        "user", user(comment.author()),
                        "date_created", seconds(comment.createdAt()),
                        "edited_on", null,
                        "notification", false))
                .toList();
    }

    private static String seconds(Instant at) {
        return Long.toString(at.getEpochSecond());
    }

    private String page(ForgeProject project) {
        return site.get() + "/" + project.path();
    }
}
