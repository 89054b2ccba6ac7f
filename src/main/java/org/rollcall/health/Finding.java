package org.rollcall.health;

/// Something that waits for a person.
///
/// @param grave nothing goes on before it is dealt with
public record Finding(boolean grave, String what, String remedy) {}
