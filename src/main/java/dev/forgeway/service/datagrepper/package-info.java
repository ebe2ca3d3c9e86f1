/** What Fedora keeps of the messages of its bus. */
@NullMarked
package dev.forgeway.service.datagrepper;

import org.jspecify.annotations.NullMarked;
