package dev.forgeway.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;

/**
 * Answers of a service that it can say are still right. Where an answer had a tag, the next call of the same names it, and
 * 304 with nothing stands for the same answer (RFC 9110, 13.1.2 and 15.4.5). The service is asked each time, with the
 * credential of that call, so that nobody is shown what they may not see any more; and what one credential was shown is
 * remembered for it alone. A service without tags is asked as ever.
 */
public final class TaggedAnswers {

    /** In characters of JSON. */
    private static final long MOST = 4L * 1024 * 1024;

    private static final int LARGEST = 64 * 1024;

    private static final int NOT_MODIFIED = 304;

    private record Question(String asker, String accept, URI uri) {}

    private record Tagged(String tag, ServiceAnswer answer, int length) {}

    private final Cache<Question, Tagged> answers = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Question question, Tagged tagged) -> tagged.length())
            .build();

    /**
     * The answer to a GET, read only.
     *
     * @param ask makes the call; throws as {@link ServiceHttp#call(ServiceCall)} does
     */
    public ServiceAnswer get(ServiceCall call, Function<ServiceCall, ServiceAnswer> ask) {
        Question question = new Question(call.credential().budget(), call.accept(), call.uri());
        Tagged known = answers.getIfPresent(question);
        ServiceAnswer answer = ask.apply(known == null ? call : call.unlessTagged(known.tag()));
        if (known != null && answer.status() == NOT_MODIFIED) {
            return known.answer();
        }
        remember(question, answer);
        return answer;
    }

    private void remember(Question question, ServiceAnswer answer) {
        HttpHeaders headers = answer.headers();
        String tag = headers.getETag();
        JsonNode body = answer.body();
        if (tag == null) {
            return;
        }
        int length = body.toString().length();
        if (length <= LARGEST) {
            answers.put(question, new Tagged(tag, answer, length));
        } else {
            answers.invalidate(question);
        }
    }
}
