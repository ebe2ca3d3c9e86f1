/** What tests of several rooms share: real stores on an empty database, fakes of the outside world, and values. */
@NullMarked
package dev.forgeway.testing;

import org.jspecify.annotations.NullMarked;
