package dev.forgeway.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The where clause of a search, of those conditions that have a value. */
final class Conditions {

    private final List<String> clauses = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Conditions equal(String column, @Nullable String value) {
        if (value != null) {
            clauses.add(column + " = ?");
            values.add(value);
        }
        return this;
    }

    Conditions before(String time, String id, @Nullable Cursor cursor) {
        if (cursor != null) {
            clauses.add("(" + time + " < ? or (" + time + " = ? and " + id + " < ?))");
            values.addAll(List.of(cursor.at(), cursor.at(), cursor.id()));
        }
        return this;
    }

    /** The clause, with the order of a page and its length. */
    String newestFirst(String time, String id, int limit) {
        String where = clauses.isEmpty() ? "" : "where " + String.join(" and ", clauses);
        return where + " order by " + time + " desc, " + id + " desc limit " + limit;
    }

    Bound values() {
        return Bound.to(values.toArray());
    }
}
