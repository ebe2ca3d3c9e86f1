/** Commands in comments: what was written. What a command does is decided elsewhere. */
@NullMarked
package dev.forgeway.decide.command;

import org.jspecify.annotations.NullMarked;
