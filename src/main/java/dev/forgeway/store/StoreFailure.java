package dev.forgeway.store;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What anybody may be told of a failure. */
public final class StoreFailure {

    private StoreFailure() {}

    /** Its words, but of what the database says only the kind: there is SQL in it, and there may be the data of others. */
    public static String told(Exception failure) {
        return failure instanceof DataAccessException || failure instanceof TransactionException
                ? "the database did not take it (" + failure.getClass().getSimpleName() + ")"
                : String.valueOf(failure.getMessage());
    }
}
