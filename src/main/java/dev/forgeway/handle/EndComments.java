package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.store.StoredJob;
import dev.forgeway.store.Wanted;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a package config asks to be said on a pull request at the end of a build or of tests
 * (https://packit.dev/docs/configuration/notifications). The same text is said once on a pull request.
 */
final class EndComments {

    private EndComments() {}

    /** Empty where nothing was asked for, and for what belongs to no pull request. */
    static Optional<Wanted> of(StoredJob ended, Outcome outcome) {
        Job job = ended.job();
        return Origin.of(job)
                .filter(origin -> origin.kind() == Origin.Kind.PULL_REQUEST)
                .flatMap(origin -> text(ended, outcome)
                        .map(text -> comment(job, Subject.pullRequest(Integer.parseInt(origin.value())), text)));
    }

    private static Optional<String> text(StoredJob ended, Outcome outcome) {
        NotificationPlan plan = NotificationPlan.of(ended.job());
        String url = Objects.requireNonNullElse(ended.url(), "");
        String commit = Objects.requireNonNullElse(ended.job().event().commit(), "");
        return switch (outcome.result()) {
            case FAILED, ERROR -> plan.failureText(commit, url);
            case SUCCEEDED ->
                plan.successfulBuild() && ended.job().handler().equals("copr-build")
                        ? Optional.of("The [build in Copr](%s) of %s succeeded; its RPMs can be installed from there. "
                                        .formatted(url, commit)
                                + "They are meant for testing only.")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Wanted comment(Job job, Subject subject, String text) {
        Event event = job.event();
        return new Wanted(
                Wanted.Kind.COMMENT,
                Objects.requireNonNull(event.forge()),
                Target.of(event),
                subject.place(),
                "end:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)),
                null,
                text,
                job.receivedAt(),
                job.deliveryId(),
                job.id());
    }
}
