/** The Forgejo (and Gitea) implementation of the forge. Nothing here is used except through the forge interface. */
@NullMarked
package dev.forgeway.forge.forgejo;

import org.jspecify.annotations.NullMarked;
