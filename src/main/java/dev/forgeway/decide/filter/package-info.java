/** One class per reason to stop. A filter asks only what the event, the settings or the store can tell. */
@NullMarked
package dev.forgeway.decide.filter;

import org.jspecify.annotations.NullMarked;
