/** Real brokers of every kind, and what reaches Forgeway over them. */
@NullMarked
package dev.forgeway.bus;

import org.jspecify.annotations.NullMarked;
