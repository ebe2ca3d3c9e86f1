/** The user's file in the repository, read and checked. Finding the file and choosing jobs for an event are not here. */
@NullMarked
package dev.forgeway.decide.packageconfig;

import org.jspecify.annotations.NullMarked;
