package org.rollcall.domain;

/// A page of a list, and how many there are in all of it.
public record Listing<T>(Page<T> page, long total) {}
