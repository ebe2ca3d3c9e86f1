/** The Pagure implementation of the forge. Nothing here is used except through the forge interface. */
@NullMarked
package dev.forgeway.forge.pagure;

import org.jspecify.annotations.NullMarked;
