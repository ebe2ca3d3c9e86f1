/** Whole stories through every room, over the real wire, against the simulators. */
@NullMarked
package dev.forgeway.flow;

import org.jspecify.annotations.NullMarked;
