/** A client of the Fedora Account System, which knows who somebody is elsewhere. No knowledge of jobs or forges. */
@NullMarked
package dev.forgeway.service.fas;

import org.jspecify.annotations.NullMarked;
