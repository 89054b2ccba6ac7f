package org.rollcall.domain;

/// A page of a list, and the total count.
public record Listing<T>(Page<T> page, long total) {}
