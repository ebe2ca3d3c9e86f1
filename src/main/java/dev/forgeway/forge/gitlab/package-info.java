/** The GitLab implementation of the forge. Nothing here is used except through the forge interface. */
@NullMarked
package dev.forgeway.forge.gitlab;

import org.jspecify.annotations.NullMarked;
