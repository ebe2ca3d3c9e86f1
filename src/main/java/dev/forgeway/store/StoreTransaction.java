package dev.forgeway.store;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of the database alone, whichever transaction manager the application has for its messages. A running
 * transaction on the same data source is joined.
 */
@Component
public class StoreTransaction {

    private final TransactionTemplate template;

    public StoreTransaction(DataSource dataSource) {
        this.template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** Runs the work in one transaction, which ends with it; any exception rolls it back. */
    public void run(Runnable work) {
        template.executeWithoutResult(status -> work.run());
    }

    /** As {@link #run}, with a result. */
    public <T> T call(Supplier<T> work) {
        T result = template.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("the work of a transaction gave no result");
        }
        return result;
    }
}
