package dev.forgeway.event;

/** An issue of a project. */
public record Issue(int number) {}
