/** SQL: records in, records out. No decisions. */
@NullMarked
package dev.forgeway.store;

import org.jspecify.annotations.NullMarked;
