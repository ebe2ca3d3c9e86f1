/** The walls between the rooms. */
@NullMarked
package dev.forgeway.arch;

import org.jspecify.annotations.NullMarked;
