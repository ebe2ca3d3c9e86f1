/** Event, package config and handler descriptions in, jobs out. Pure. */
@NullMarked
package dev.forgeway.decide.select;

import org.jspecify.annotations.NullMarked;
