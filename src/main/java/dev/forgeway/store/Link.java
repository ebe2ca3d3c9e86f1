package dev.forgeway.store;

/** A named address where people see what runs elsewhere for a job. */
public record Link(String name, String url) {}
