/** Tests in Testing Farm: requesting them and following what it tells of them. */
@NullMarked
package dev.forgeway.handle.testingfarm;

import org.jspecify.annotations.NullMarked;
