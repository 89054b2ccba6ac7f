package org.rollcall.domain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// What a run has read of one stream.
///
/// @param requests requests to the directory for this stream, retries included
/// @param notes    doubtful answers and their resolution; a few dozen at most
public record StreamEvidence(String stream, long pages, long objects, long requests, List<ReadNote> notes) {
    /// The stream whose notes report an expired delta link.
    public static final String LINK_LOST = "LINK_LOST";

    /// The stream whose notes compare a full read with the delta reads.
    public static final String PROOF = "PROOF";

    /// @param notes null in rows of earlier versions
    public StreamEvidence(String stream, long pages, long objects, long requests, @Nullable List<ReadNote> notes) {
        this.stream = stream;
        this.pages = pages;
        this.objects = objects;
        this.requests = requests;
        this.notes = notes == null ? List.of() : List.copyOf(notes);
    }

    public StreamEvidence(String stream, long pages, long objects, long requests) {
        this(stream, pages, objects, requests, List.of());
    }
}
