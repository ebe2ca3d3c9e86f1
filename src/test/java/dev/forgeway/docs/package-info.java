/** Holds the documents against what they describe. */
@NullMarked
package dev.forgeway.docs;

import org.jspecify.annotations.NullMarked;
