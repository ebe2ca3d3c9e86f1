/** Payloads in, events out, one class per sender. No network and no database. */
@NullMarked
package dev.forgeway.decide.parse;

import org.jspecify.annotations.NullMarked;
