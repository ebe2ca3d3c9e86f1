/** A client of Fedora Copr's API, version 3. No knowledge of jobs or forges. */
@NullMarked
package dev.forgeway.service.copr;

import org.jspecify.annotations.NullMarked;
