package dev.forgeway.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import dev.forgeway.metrics.StepLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The one place through which Forgeway calls forges and services: time-outs, connection reuse, metrics, the step log,
 * rate limits and the meaning of errors. It repeats a call only once, with a renewed credential after a 401; every other
 * repetition belongs to the broker.
 *
 * <p>Redirects within the same host are followed (a renamed repository on GitHub:
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects), others
 * never, because they would carry the credential away.
 */
public final class ServiceHttp {

    private static final int MOST_REDIRECTS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestClient plain;
    private final RestClient secure;
    private final Duration readTimeout;
    private final ServiceMeters meters;
    private final ErrorMapping errors;
    private final Budgets budgets;
    private final Clock clock;

    public ServiceHttp(HttpTimeouts timeouts, MeterRegistry registry, Clock clock) {
        this(timeouts, null, registry, clock);
    }

    /** @param tls whom to trust, and the certificate to show to who asks for one; null for what Java has */
    public ServiceHttp(HttpTimeouts timeouts, @Nullable SSLContext tls, MeterRegistry registry, Clock clock) {
        this.plain = client(HttpClient.Version.HTTP_1_1, timeouts, null);
        this.secure = client(HttpClient.Version.HTTP_2, timeouts, tls);
        this.readTimeout = timeouts.read();
        this.meters = new ServiceMeters(registry);
        this.errors = new ErrorMapping(clock);
        this.budgets = new Budgets(clock);
        this.clock = clock;
    }

    private static RestClient client(HttpClient.Version version, HttpTimeouts timeouts, @Nullable SSLContext tls) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(version)
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (tls != null) {
            http.sslContext(tls);
        }
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http.build());
        factory.setReadTimeout(timeouts.read());
        return RestClient.builder()
                .requestFactory(factory)
                .defaultHeader(HttpHeaders.USER_AGENT, "forgeway")
                .build();
    }

    /**
     * Makes the call and answers with its success.
     *
     * @throws dev.forgeway.error.TransientException when the service is away, busy, limited, or not itself; also without a
     *     call, while a rate limit that another call met is not over
     * @throws ServiceRefusedException when the service says no
     */
    public ServiceAnswer call(ServiceCall call) {
        return call(call, response -> RawAnswer.read(call, response, JSON));
    }

    /**
     * Makes the call and writes the body of its success into a file.
     *
     * @param most so many bytes at most; more count as a refusal with 413
     * @throws dev.forgeway.error.TransientException as {@link #call(ServiceCall)} does
     * @throws ServiceRefusedException when the service says no
     */
    public void download(ServiceCall call, Path file, long most) {
        call(call, response -> RawAnswer.file(response, file, most));
    }

    private ServiceAnswer call(ServiceCall call, BodyReader reader) {
        budgets.check(call);
        RawAnswer answer = follow(call, reader);
        if (answer.status() == 401 && call.credential().renew()) {
            answer = follow(call, reader);
        }
        return errors.judge(call, answer);
    }

    /** What becomes of the body of an answer. */
    private interface BodyReader {
        RawAnswer read(ClientHttpResponse response) throws IOException;
    }

    /**
     * Makes a call that accepts any answer ({@code *}{@code /*}) and of whose answer only the status counts, and returns it. Redirects are not followed, and a 401 is a
     * refusal like any other.
     *
     * @throws dev.forgeway.error.TransientException as {@link #call} does
     * @throws ServiceRefusedException for any other answer than a success
     */
    public int deliver(ServiceCall call) {
        budgets.check(call);
        return errors.judgeDelivery(call, attempt(call, RawAnswer::unread));
    }

    private RawAnswer follow(ServiceCall call, BodyReader reader) {
        ServiceCall current = call;
        RawAnswer answer = attempt(current, reader);
        for (int i = 0; i < MOST_REDIRECTS && answer.isRedirect(); i++) {
            ServiceCall next = redirected(current, answer);
            if (next == null) {
                return answer;
            }
            current = next;
            answer = attempt(current, reader);
        }
        return answer;
    }

    /** The call at its new address on the same host; a moved POST becomes a GET, as RFC 9110, 15.4 has it. */
    private static @Nullable ServiceCall redirected(ServiceCall call, RawAnswer answer) {
        String location = answer.headers().getFirst(HttpHeaders.LOCATION);
        URI base = call.uri();
        URI to;
        try {
            to = location == null ? null : base.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (to == null || !Objects.equals(to.getHost(), base.getHost()) || !samePort(to, base)) {
            return null;
        }
        String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
        URI there = URI.create(base.getScheme() + "://" + base.getRawAuthority() + to.getRawPath() + query);
        boolean asGet = answer.status() < 307 && call.method().equals(HttpMethod.POST);
        return call.movedTo(there, asGet);
    }

    /** A server behind a TLS proxy can name http; the call then stays on https and its own port. */
    private static boolean samePort(URI to, URI base) {
        return to.getPort() == base.getPort() || to.getPort() == -1;
    }

    private RawAnswer attempt(ServiceCall call, BodyReader reader) {
        String authorization = call.credential().header();
        Instant at = clock.instant();
        long start = System.nanoTime();
        try {
            RawAnswer answer = send(call, authorization, reader);
            CallResult result = errors.classify(answer);
            meters.budget(call, answer.headers());
            budgets.learn(call, result, answer.headers());
            record(call, result, at, start);
            return answer;
        } catch (RestClientException e) {
            CallResult result = overdue(start) ? CallResult.TIMEOUT : ErrorMapping.classify(e);
            record(call, result, at, start);
            throw ErrorMapping.noAnswer(call, result, e);
        }
    }

    private RawAnswer send(ServiceCall call, @Nullable String authorization, BodyReader reader) {
        RestClient client = "https".equalsIgnoreCase(call.uri().getScheme()) ? secure : plain;
        RestClient.RequestBodySpec request =
                client.method(call.method()).uri(call.uri()).header(HttpHeaders.ACCEPT, call.accept());
        call.headers().forEach(request::header);
        call.credential().secretHeaders().forEach(request::header);
        if (authorization != null) {
            request.header(HttpHeaders.AUTHORIZATION, authorization);
        }
        JsonNode body = call.body();
        if (body != null) {
            if (!call.headers().containsKey(HttpHeaders.CONTENT_TYPE)) {
                request.contentType(MediaType.APPLICATION_JSON);
            }
            request.body(bytes(body));
        }
        return Objects.requireNonNull(request.exchange((sent, response) -> reader.read(response)));
    }

    /** A body as it is sent, for those who sign it. */
    public static byte[] bytes(JsonNode body) {
        try {
            return body instanceof BinaryNode bytes ? bytes.binaryValue() : JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** A body that trickles is cut off at the read time-out by closing it, which reads like any other cut. */
    private boolean overdue(long start) {
        return System.nanoTime() - start >= readTimeout.toNanos();
    }

    private void record(ServiceCall call, CallResult result, Instant at, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        meters.called(call, result, took);
        StepLog.call(call.service(), call.operation(), at, took, result.wireName());
    }
}
