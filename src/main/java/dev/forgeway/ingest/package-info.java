/** Bytes in, durable delivery out: signatures and envelopes. No parsing of the whole body, no database, no network. */
@NullMarked
package dev.forgeway.ingest;

import org.jspecify.annotations.NullMarked;
