package dev.forgeway.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the handler of a request by method and path template: {@code {name}} is one segment, {@code {name+}} more. */
final class Router {

    /** Performs one kind of call. */
    interface Handler {
        Response handle(Request request);
    }

    private record Route(String method, Pattern path, List<String> names, Handler handler) {}

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)(\\+?)}");

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String template, Handler handler) {
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher name = NAME.matcher(template);
        int from = 0;
        while (name.find()) {
            names.add(name.group(1));
            regex.append(Pattern.quote(template.substring(from, name.start())))
                    .append(name.group(2).isEmpty() ? "([^/]+)" : "(.+)");
            from = name.end();
        }
        regex.append(Pattern.quote(template.substring(from))).append("/?");
        routes.add(new Route(method, Pattern.compile(regex.toString()), names, handler));
    }

    Optional<Response> handle(Request request) {
        String path = request.target().replaceFirst("\\?.*", "");
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(request.method()) && matcher.matches()) {
                return Optional.of(route.handler().handle(request.withParameters(parameters(route, matcher))));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> parameters(Route route, Matcher matcher) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < route.names().size(); i++) {
            parameters.put(route.names().get(i), URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
