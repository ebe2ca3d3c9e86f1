package dev.forgeway.decide;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Forge;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.store.NoticeStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What people see of a decision itself, beside the checks of its jobs: a reaction to a command that is followed, an
 * answer to one that is not, and a neutral check on a pull request whose project or account was refused. A refusal is
 * told to one account on one pull request, issue or commit once by a check and once by an answer, however often it
 * tries. For pushes and releases, that the project is refused is told on the first commit alone.
 */
@Component
public class Feedback {

    private static final String SEEN = "eyes";
    private static final String CHECK = "forgeway";
    private static final Set<Reason> REFUSALS =
            Set.of(Reason.ACTOR_NOT_ALLOWED, Reason.NAMESPACE_DENIED, Reason.NAMESPACE_NOT_APPROVED);

    private static final Set<Reason> OF_PROJECT = Set.of(Reason.NAMESPACE_DENIED, Reason.NAMESPACE_NOT_APPROVED);

    private final Answers answers;
    private final NoticeStore notices;
    private final Forges forges;

    Feedback(Answers answers, NoticeStore notices, Forges forges) {
        this.answers = answers;
        this.notices = notices;
        this.forges = forges;
    }

    /** @param detailsUrl where a check's details link leads */
    public List<Wanted> of(Decision decision, @Nullable String detailsUrl) {
        Event event = decision.eventIfParsed();
        Forge forge = event == null || event.project() == null
                ? null
                : forges.find(event.forge()).orElse(null);
        if (event == null || forge == null) {
            return List.of();
        }
        Optional<Subject> subject = Subject.of(event);
        Comment comment = event.comment();
        if (comment != null && subject.isPresent()) {
            return toComment(decision, forge, subject.get(), comment);
        }
        if (decision.configFileIfFound() == null) {
            return List.of();
        }
        return event instanceof PullRequestEvent opened
                ? onPullRequest(decision, opened, detailsUrl)
                : onCommit(decision, event, forge);
    }

    /** Whether somebody has yet to be told of a refusal, if there is a package config. */
    boolean wantsConfig(Decision refused) {
        Event event = refused.event();
        Forge forge = forges.find(event.forge()).orElse(null);
        String delivery = refused.delivery().id();
        if (forge == null || event.inDistGit()) { // where a package config asks for nothing until something is merged
            return false;
        }
        return event instanceof PullRequestEvent opened
                ? !notices.wasTold(toAccount(refused, subject(opened)), delivery)
                : isWork(event) && forge.hasCommentsOnCommits() && !notices.wasTold(toProject(refused), delivery);
    }

    private static boolean isWork(Event event) {
        return event instanceof PushEvent || event instanceof ReleaseEvent;
    }

    /** Nothing where commits have no comments. */
    private List<Wanted> onCommit(Decision decision, Event event, Forge forge) {
        String commit = event.commit();
        Reason reason = decision.reason();
        if (!isWork(event)
                || commit == null
                || reason == null
                || !OF_PROJECT.contains(reason)
                || !forge.hasCommentsOnCommits()
                || !notices.tells(toProject(decision), decision.delivery().id())) {
            return List.of();
        }
        String text = "Nothing was done for this commit: " + answers.refusal(decision)
                + ". This is told once; later commits and releases are passed over in silence.";
        String place = new Subject(Subject.Kind.COMMIT, commit).place();
        return List.of(wanted(decision, Wanted.Kind.COMMENT, place, "refusal", null, text));
    }

    private List<Wanted> toComment(Decision decision, Forge forge, Subject subject, Comment comment) {
        if (decision.outcome() == Outcome.DISPATCHED) {
            String id = Long.toString(comment.id());
            return forge.hasReactions(subject.kind())
                    ? List.of(wanted(decision, Wanted.Kind.REACTION, subject.place(), id, null, SEEN))
                    : List.of();
        }
        return answers.toCommand(decision)
                .filter(text -> mayTell(decision, subject))
                .map(text -> List.of(
                        wanted(decision, Wanted.Kind.COMMENT, subject.place(), answerName(comment, text), null, text)))
                .orElse(List.of());
    }

    /** A comment that is edited can deserve another answer, but never the same twice. */
    private static String answerName(Comment comment, String text) {
        return "answer:" + comment.id() + ":" + Integer.toHexString(text.hashCode());
    }

    private List<Wanted> onPullRequest(Decision decision, PullRequestEvent event, @Nullable String detailsUrl) {
        Reason reason = decision.reason();
        if (reason == null || !REFUSALS.contains(reason) || !mayTell(decision, subject(event))) {
            return List.of();
        }
        Check check = new Check(
                CHECK,
                CheckState.NEUTRAL,
                "Nothing was done for this pull request",
                "Nothing was done: " + answers.refusal(decision) + ".",
                detailsUrl);
        return List.of(wanted(decision, Wanted.Kind.CHECK, event.commit(), CHECK, check, null));
    }

    private boolean mayTell(Decision decision, Subject subject) {
        Reason reason = decision.reason();
        if (reason == null || !REFUSALS.contains(reason)) {
            return true;
        }
        return notices.tells(toAccount(decision, subject), decision.delivery().id());
    }

    private static Subject subject(PullRequestEvent event) {
        return Subject.pullRequest(event.pullRequest().number());
    }

    /** A refusal that is told to one account at one place. */
    private static String toAccount(Decision decision, Subject subject) {
        Event event = decision.event();
        return String.join(
                "\n",
                Objects.requireNonNull(event.project()).key(),
                event.type().wireName(),
                subject.place(),
                String.valueOf(event.actor()),
                Objects.requireNonNull(decision.reason()).wireName());
    }

    /** A refusal that is told once in a whole project. */
    private static String toProject(Decision decision) {
        return Objects.requireNonNull(decision.event().project()).key() + "\n"
                + Objects.requireNonNull(decision.reason()).wireName();
    }

    private static Wanted wanted(
            Decision decision,
            Wanted.Kind kind,
            String place,
            String name,
            @Nullable Check check,
            @Nullable String text) {
        Event event = decision.event();
        return new Wanted(
                kind,
                Objects.requireNonNull(event.forge()),
                Target.of(event),
                place,
                name,
                check,
                text,
                decision.delivery().receivedAt(),
                decision.delivery().id(),
                null);
    }
}
