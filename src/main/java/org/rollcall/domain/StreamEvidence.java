package org.rollcall.domain;

/// How much of one stream a run has read.
///
/// @param requests requests to the directory for this stream, retries included
public record StreamEvidence(String stream, long pages, long objects, long requests) {}
