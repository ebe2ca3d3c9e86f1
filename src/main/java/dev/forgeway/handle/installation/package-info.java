/** What becomes of installations of the GitHub App: they are kept, and their accounts approved. */
@NullMarked
package dev.forgeway.handle.installation;

import org.jspecify.annotations.NullMarked;
