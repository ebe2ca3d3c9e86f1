/** How the brokers of others are reached, for those who consume and those who publish. */
@NullMarked
package dev.forgeway.bus;

import org.jspecify.annotations.NullMarked;
