/** The application's entry point; everything else lives in one of the rooms below. */
@NullMarked
package dev.forgeway;

import org.jspecify.annotations.NullMarked;
