package dev.forgeway.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GitHub's pages of a list: {@code per_page} (30, at most 100), {@code page} and the Link header
 * (https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api).
 */
final class Pages {

    private final Request request;
    private final String base;
    private final int size;
    private final int page;

    Pages(Request request, String api) {
        this.request = request;
        this.base = api + request.target().replaceFirst("\\?.*", "");
        this.size = Math.max(1, Math.min(100, request.number("per_page", 30)));
        this.page = Math.max(1, request.number("page", 1));
    }

    <T> List<T> of(List<T> all) {
        int from = Math.min((page - 1) * size, all.size());
        return all.subList(from, Math.min(from + size, all.size()));
    }

    /** The value of the Link header; empty when everything fits on one page. */
    Optional<String> links(int total) {
        int last = Math.max(1, (total + size - 1) / size);
        if (last == 1) {
            return Optional.empty();
        }
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add(link(page - 1, "prev"));
        }
        if (page < last) {
            links.add(link(page + 1, "next"));
            links.add(link(last, "last"));
        }
        if (page > 1) {
            links.add(link(1, "first"));
        }
        return Optional.of(String.join(", ", links));
    }

    private String link(int number, String relation) {
        Map<String, String> query = new LinkedHashMap<>(request.query());
        query.put("page", Integer.toString(number));
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(name + "=" + value));
        return "<" + base + "?" + String.join("&", pairs) + ">; rel=\"" + relation + "\"";
    }
}
