package dev.forgeway.handle;

import java.util.List;

/** Where handlers come from that are no beans, because only the settings tell of them. */
public interface ConfiguredHandlers {

    List<JobHandler> all();
}
