package dev.forgeway.flow;

/** The main story with what comes out of the box: H2. */
@FlowTest
class MainStoryTest extends MainStory {}
