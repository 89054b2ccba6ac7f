package org.rollcall.sync.read;

import java.util.List;

import org.rollcall.domain.StreamEvidence;

/// How a read ended.
///
/// @param complete every page of every stream was read and stored
/// @param evidence by stream; a read that went on after an interruption counts from its beginning
/// @param requests sent during this read, retries included
public record ReadResult(boolean complete, List<StreamEvidence> evidence, long requests) {
    public ReadResult {
        evidence = List.copyOf(evidence);
    }
}
