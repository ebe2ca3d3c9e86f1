/** Updates in Bodhi of what was built in Koji. */
@NullMarked
package dev.forgeway.handle.bodhi;

import org.jspecify.annotations.NullMarked;
