/** A client of Anitya, which knows what upstream projects released. No knowledge of jobs or forges. */
@NullMarked
package dev.forgeway.service.anitya;

import org.jspecify.annotations.NullMarked;
