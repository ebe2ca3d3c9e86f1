package dev.forgeway.store;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes and transactions of the database alone, whichever transaction manager the application has for its messages.
 * What a method here has committed when it returns survives a kill of the process, except for {@link #updateSoon}.
 *
 * <p>PostgreSQL sees to that itself. H2 writes committed data out after WRITE_DELAY only, and with WRITE_DELAY=0 once
 * for every commit, which costs several times the work of the commit; so the writes that wait at the same moment share
 * one CHECKPOINT (https://h2database.com/html/commands.html#checkpoint).
 */
@Component
public class StoreTransaction {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate template;
    private final Runnable flush;
    private final boolean isH2;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    public StoreTransaction(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.isH2 = isH2(jdbc);
        this.flush = isH2 ? new GroupFlush(() -> jdbc.execute("checkpoint"))::await : () -> {};
    }

    /** Runs the work in one transaction, or in that which runs on this thread; any exception rolls it back. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** As {@link #run}, with a result. */
    public <T> T call(Supplier<T> work) {
        if (inside.get()) {
            return work.get();
        }
        inside.set(true);
        T result;
        try {
            result = template.execute(status -> work.get());
        } finally {
            inside.remove();
        }
        flush.run();
        if (result == null) {
            throw new IllegalStateException("the work of a transaction gave no result");
        }
        return result;
    }

    /**
     * A search of a person, planned for its very values: one that was repeated gets a plan for any value from PostgreSQL, which
     * is a bad one for a project that has nearly everything or a handler that has nearly nothing
     * (https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-PLAN-CACHE-MODE).
     */
    <T> T search(Supplier<T> query) {
        if (isH2) {
            return query.get();
        }
        return call(() -> {
            jdbc.execute("set local plan_cache_mode = force_custom_plan");
            return query.get();
        });
    }

    /** One statement, in a transaction of its own or in that which runs; returns the number of rows. */
    int update(String sql, Bound values) {
        int rows = jdbc.update(sql, values);
        if (rows > 0 && !inside.get()) {
            flush.run();
        }
        return rows;
    }

    /** As {@link #update}, but a kill of the process may undo it until something else is written. */
    int updateSoon(String sql, Bound values) {
        return jdbc.update(sql, values);
    }

    private static boolean isH2(JdbcTemplate jdbc) {
        ConnectionCallback<Boolean> product =
                connection -> connection.getMetaData().getDatabaseProductName().equals("H2");
        return Boolean.TRUE.equals(jdbc.execute(product));
    }
}
