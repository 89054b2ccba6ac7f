package org.rollcall.domain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// How much of one stream a run has read.
///
/// @param requests requests to the directory for this stream, retries included
/// @param notes    doubtful answers and how they were settled; a few dozen at most
public record StreamEvidence(String stream, long pages, long objects, long requests, List<ReadNote> notes) {
    /// The stream whose notes tell that the directory no longer knew a saved link.
    public static final String LINK_LOST = "LINK_LOST";

    /// The stream whose notes tell how a full read compares with what changes had told.
    public static final String PROOF = "PROOF";

    /// @param notes null in what earlier versions stored
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
