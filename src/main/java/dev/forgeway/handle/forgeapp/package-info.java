/** Answers to people who speak to Forgeway itself. */
@NullMarked
package dev.forgeway.handle.forgeapp;

import org.jspecify.annotations.NullMarked;
