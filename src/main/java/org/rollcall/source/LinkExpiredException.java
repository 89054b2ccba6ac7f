package org.rollcall.source;

import java.util.Map;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// A saved link has expired. Source: Graph delta and paging errors (410, syncStateNotFound, resyncRequired,
/// Directory_ExpiredPageToken, DirectoryPageTokenNotFoundException, malformed tokens).
public final class LinkExpiredException extends RollcallException {
    private static final long serialVersionUID = 1L;

    /// The kind of link.
    public enum Link {
        /// Between two reads: a full read is needed.
        DELTA,
        /// Within an enumeration: continue from the last good link once, then start over.
        PAGE
    }

    private final Link link;

    public LinkExpiredException(Link link, Map<String, String> details) {
        super(ErrorKind.REFUSED, "directory.link-expired", Words.of("directory.link-expired"),
                Words.of("directory.link-expired.remedy"), details, null);
        this.link = link;
    }

    public Link link() {
        return link;
    }
}
