/** Fedora's dist-git: its Pagure, where packages are changed by pull requests, and the lookaside cache of their sources. */
@NullMarked
package dev.forgeway.service.distgit;

import org.jspecify.annotations.NullMarked;
