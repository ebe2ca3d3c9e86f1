/** Testing Farm, which runs tests on machines that it makes for them. */
@NullMarked
package dev.forgeway.service.testingfarm;

import org.jspecify.annotations.NullMarked;
