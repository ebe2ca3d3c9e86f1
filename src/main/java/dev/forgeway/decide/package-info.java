/** What a delivery means, whether it may act and which jobs it asks for. No work is done here. */
@NullMarked
package dev.forgeway.decide;

import org.jspecify.annotations.NullMarked;
