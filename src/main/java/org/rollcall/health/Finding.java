package org.rollcall.health;

/// Something that needs attention.
///
/// @param grave nothing works until it is dealt with
public record Finding(boolean grave, String what, String remedy) {}
