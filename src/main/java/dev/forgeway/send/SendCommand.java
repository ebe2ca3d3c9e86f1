package dev.forgeway.send;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.SettingsBinder;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code forgeway send}: one delivery, as its sender would send it. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Signs and posts a delivery as its sender would, or publishes it on a bus, and prints the answer and where "
                    + "its story is.",
            "",
            "Secrets, brokers and accounts are Forgeway's own settings (docs/configuration.md): from the environment "
                    + "(FORGEWAY_INGEST_GITHUB_SECRETS) or an application.yaml in this folder or in ./config."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:taken",
            "1:refused by the other side",
            "2:wrong arguments, or a setting is missing",
            "3:the other side was not reached"
        },
        footer = {
            "",
            "For example:",
            "  ./forgeway send github/pull_request.opened",
            "  ./forgeway send --source gitlab --event 'Push Hook' --auth jwt push.json",
            "  ./forgeway send fedora-messaging/copr.build.end.succeeded --to amqp://localhost"
        })
final class SendCommand implements Callable<Integer> {

    private static final String PREFIX = "org.fedoraproject.prod.";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a file, or a fixture like github/pull_request.opened")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(names = "--source", description = "${COMPLETION-CANDIDATES}; by default the file's folder")
    private @Nullable Source source;

    @Option(
            names = "--event",
            description = "the name of the event, or the topic; by default that of a fixture, <event>.<case>.json, for "
                    + "fedora-messaging and amqp behind " + PREFIX)
    private @Nullable String event;

    @Option(
            names = "--to",
            description = "the address of Forgeway, or of the broker; by default localhost or the setting")
    private @Nullable URI to;

    @Option(
            names = "--id",
            description = "the sender's id of the delivery; by default a new one, and what the body has")
    private @Nullable String id;

    @Option(names = "--auth", description = "for gitlab: ${COMPLETION-CANDIDATES}; by default what is configured")
    private @Nullable GitLabProof proof;

    @Option(
            names = "--api",
            defaultValue = "http://localhost:8080",
            description = "where Forgeway's API is, for the link to a bus message; by default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private URI api;

    @Override
    public Integer call() {
        Outgoing delivery = delivery();
        if (delivery.source().isBus()) {
            new BusPublisher(settings(delivery.source())).publish(delivery);
            print("published to " + delivery.event() + " as " + delivery.id());
            print(story(delivery));
        } else {
            post(delivery);
        }
        return 0;
    }

    private Outgoing delivery() {
        DeliveryFile read = DeliveryFile.of(file);
        Source from = source == null
                ? read.source().orElseThrow(() -> SendException.unusable("whose delivery is it? Say --source"))
                : source;
        String name = event == null
                ? read.event(from)
                        .map(of -> topic(from, of))
                        .orElseThrow(() -> SendException.unusable("what is it? Say --event"))
                : event;
        Outgoing delivery =
                new Outgoing(from, name, id == null ? UUID.randomUUID().toString() : id, read.body());
        return id == null ? delivery : identified(delivery);
    }

    private static String topic(Source from, String event) {
        boolean prefixed = from == Source.FEDORA_MESSAGING || from == Source.AMQP;
        return prefixed && !event.startsWith("org.") ? PREFIX + event : event;
    }

    /** Some senders have the id in the body. */
    private static Outgoing identified(Outgoing delivery) {
        return switch (delivery.source()) {
            case PAGURE -> delivery.with("msg_id", delivery.id());
            case MQTT -> delivery.with("id", delivery.id());
            case CLOUDEVENTS -> delivery.text("specversion").isEmpty() ? delivery : delivery.with("id", delivery.id());
            default -> delivery;
        };
    }

    private void post(Outgoing delivery) {
        URI base = to == null ? URI.create("http://localhost:8080") : to;
        Answer answer = Answer.to(new SignedWebhooks(settings(delivery.source()), Clock.systemUTC())
                .request(at(base, delivery.source().path()), delivery, proof));
        print("answered " + answer.status() + " in " + answer.millis() + " ms: " + answer.body());
        if (!answer.isTaken()) {
            throw SendException.refused("it was not taken" + answer.hint());
        }
        answer.delivery()
                .ifPresent(kept -> print(base.resolve("/api/deliveries/" + kept).toString()));
    }

    /** A path that somebody gave is left as it is. */
    private static URI at(URI base, String path) {
        String given = base.getPath();
        return given == null || given.isEmpty() || given.equals("/") ? base.resolve(path) : base;
    }

    /** MQTT has no ids; one that stands in the body is one. */
    private String story(Outgoing message) {
        if (message.source() != Source.MQTT) {
            return api.resolve("/api/deliveries?key=" + message.id()).toString();
        }
        String own = message.text("id").isEmpty() ? message.text("msg_id") : message.text("id");
        return api.resolve(own.isEmpty() ? "/api/deliveries?source=mqtt" : "/api/deliveries?key=" + own)
                .toString();
    }

    /** As the application would have them, so that nobody has to write a secret twice. */
    private IngestSettings settings(Source from) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        if (from.isBus() && to != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "arguments", Map.of("forgeway.ingest." + from + ".url", to.toString())));
        }
        return SettingsBinder.ingest(environment);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
