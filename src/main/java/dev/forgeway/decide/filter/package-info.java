/**
 * One class per reason to stop, and one node in the routes. A filter asks the event, the settings and the store first,
 * and the forge only what these cannot tell, at most once for each event.
 */
@NullMarked
package dev.forgeway.decide.filter;

import org.jspecify.annotations.NullMarked;
