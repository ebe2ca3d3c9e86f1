/** A client of Bodhi, which knows the releases of Fedora and EPEL. No knowledge of jobs or forges. */
@NullMarked
package dev.forgeway.service.bodhi;

import org.jspecify.annotations.NullMarked;
