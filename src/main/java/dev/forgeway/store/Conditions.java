package dev.forgeway.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The where clause of a search, of those conditions that have a value. */
final class Conditions {

    private final List<String> clauses = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Conditions equal(String column, @Nullable Object value) {
        if (value != null) {
            clauses.add(column + " = ?");
            values.add(value);
        }
        return this;
    }

    /** Begins with these hexadecimal digits, asked so that an index on the column is used. */
    Conditions beginsWith(String column, @Nullable String digits) {
        if (digits != null) {
            clauses.add(column + " >= ? and " + column + " < ?");
            values.add(digits);
            values.add(digits + 'g');
        }
        return this;
    }

    Conditions before(String column, @Nullable Instant time) {
        if (time != null) {
            clauses.add(column + " < ?");
            values.add(time);
        }
        return this;
    }

    Conditions since(String column, @Nullable Instant time) {
        if (time != null) {
            clauses.add(column + " >= ?");
            values.add(time);
        }
        return this;
    }

    /** A clause without parameters. */
    Conditions fact(String clause) {
        clauses.add(clause);
        return this;
    }

    /** The project with this key is not private, as far as is known. */
    Conditions notPrivate(String column) {
        clauses.add("(" + column + " is null or " + column + " not in (" + PrivateProjects.KEYS + "))");
        return this;
    }

    /** The delivery with this id is not about a private project, as far as is known. */
    Conditions notOfPrivate(String deliveryId) {
        clauses.add("not exists (select 1 from delivery as cause where cause.id = " + deliveryId
                + " and cause.project in (" + PrivateProjects.KEYS + "))");
        return this;
    }

    Conditions below(String column, @Nullable String value) {
        if (value != null) {
            clauses.add(column + " < ?");
            values.add(value);
        }
        return this;
    }

    /** A clause with one parameter. */
    Conditions having(String clause, @Nullable String value) {
        if (value != null) {
            clauses.add(clause);
            values.add(value);
        }
        return this;
    }

    /**
     * The clause, with the order of a page and its length.
     *
     * @param columns by which the rows sort, such as an id, for ids sort by time
     */
    String newestFirst(int limit, String... columns) {
        String where = clauses.isEmpty() ? "" : "where " + String.join(" and ", clauses);
        return where + " order by " + String.join(" desc, ", columns) + " desc limit " + limit;
    }

    Bound values() {
        return Bound.to(values.toArray());
    }
}
