package org.rollcall.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.PageShaper.Page;
import org.rollcall.sample.PageTokens.BadToken;
import org.rollcall.sample.PageTokens.Trouble;
import org.rollcall.sample.SampleFaults.Fault;

/// Pages of objects: users, groups, members, containing groups, deleted objects. A page goes on after the object that the
/// one before ended with, so changes in between neither skip nor repeat others.
final class CollectionPages {
    /// How long next links of lists can be used.
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final String PURPOSE = "list";

    /// Where the objects come from.
    interface Source {
        /// The number of the first object after `after` (-1 to begin); -1 at the end.
        int next(DirectoryState state, int after);
    }

    /// What is listed and how it is shown.
    ///
    /// @param context what `@odata.context` says
    /// @param typed whether each object tells its type
    /// @param members whether these are members, of which some may be seen by id only
    record Listing(String context, QueryOptions options, Source source, boolean typed, boolean members) {}

    private final SampleDirectory directory;
    private final PageTokens tokens;
    private final PageShaper shaper;
    private final SampleFaults faults;

    CollectionPages(SampleDirectory directory, PageTokens tokens, PageShaper shaper, SampleFaults faults) {
        this.directory = directory;
        this.tokens = tokens;
        this.shaper = shaper;
        this.faults = faults;
    }

    /// Goes through a sorted array.
    static Source sorted(int[] refs, boolean deletedToo) {
        return (state, after) -> {
            int found = java.util.Arrays.binarySearch(refs, after);
            for (int at = found < 0 ? -found - 1 : found + 1; at < refs.length; at++) {
                if (deletedToo || state.isAlive(refs[at]) && SampleDirectory.isListed(refs[at])) {
                    return refs[at];
                }
            }
            return -1;
        };
    }

    /// Only the objects of one kind.
    static Source ofKind(Source source, ObjectKind kind) {
        return (state, after) -> {
            int ref = source.next(state, after);
            while (ref >= 0 && ObjectKind.of(ref) != kind) {
                ref = source.next(state, ref);
            }
            return ref;
        };
    }

    long count(QueryOptions options, Source source) {
        return directory.read(state -> {
            long count = 0;
            for (int ref = source.next(state, -1); ref >= 0; ref = source.next(state, ref)) {
                count += options.filter().test(Objects.requireNonNull(state.object(ref))) ? 1 : 0;
            }
            return count;
        });
    }

    private record Place(int after, int offset, int empties) {}

    SampleResponse page(GraphCall call, Listing listing) {
        String token = call.query("$skiptoken");
        Place place = token == null ? new Place(-1, 0, PageShaper.ANY) : place(call, token);
        QueryOptions options = listing.options;
        List<SampleObject> found = directory.read(state -> options.order() == null
                ? inDirectoryOrder(state, listing, place.after)
                : sorted(state, listing, place.offset));
        boolean cut = !listing.members && !found.isEmpty()
                && faults.fires(Fault.SHORT_LIST, call.request().path()).isPresent();
        boolean more = !cut && found.size() > options.top();
        List<SampleObject> shown = found.subList(0, Math.min(found.size(), options.top()));
        List<SampleObject> objects = cut ? shown.subList(0, shown.size() - 1 - shown.size() / 20) : shown;
        String next = more
                ? link(call, new Place(objects.getLast().ref(), place.offset + objects.size(), PageShaper.ANY))
                : null;
        Page<SampleObject> page = shaper.shape(call, new Page<>(objects, next, null),
                token == null ? null : call.continued(token), place.empties,
                empties -> link(call, new Place(place.after, place.offset, empties)));
        Long count = token == null && call.counts() && call.eventual() ? count(options, listing.source) : null;
        boolean idOnly = listing.members && faults.fires(Fault.ID_ONLY, call.request().path()).isPresent();
        return GraphJson.object(200, json -> {
            json.writeStringField("@odata.context", call.context(listing.context + columns(options.select())));
            if (count != null) {
                json.writeNumberField("@odata.count", count);
            }
            if (page.next() != null) {
                json.writeStringField("@odata.nextLink", page.next());
            }
            json.writeArrayFieldStart("value");
            for (SampleObject object : page.objects()) {
                write(json, call, listing, object, idOnly);
            }
            json.writeEndArray();
        });
    }

    static String columns(@Nullable Set<String> select) {
        return select == null ? "" : "(" + String.join(",", select) + ")";
    }

    private static void write(JsonGenerator json, GraphCall call, Listing listing, SampleObject object, boolean idOnly)
            throws java.io.IOException {
        boolean limited = idOnly || listing.members && !GraphPermissions.sees(call.caller(), object.kind());
        GraphJson.entity(json, object, listing.options.select(), listing.typed, limited);
    }

    private static List<SampleObject> inDirectoryOrder(DirectoryState state, Listing listing, int after) {
        var found = new ArrayList<SampleObject>();
        QueryOptions options = listing.options;
        for (int ref = listing.source.next(state, after); ref >= 0
                && found.size() <= options.top(); ref = listing.source.next(state, ref)) {
            SampleObject object = Objects.requireNonNull(state.object(ref));
            if (options.filter().test(object)) {
                found.add(object);
            }
        }
        return found;
    }

    private static List<SampleObject> sorted(DirectoryState state, Listing listing, int offset) {
        var all = new ArrayList<SampleObject>();
        for (int ref = listing.source.next(state, -1); ref >= 0; ref = listing.source.next(state, ref)) {
            SampleObject object = Objects.requireNonNull(state.object(ref));
            if (listing.options.filter().test(object)) {
                all.add(object);
            }
        }
        all.sort(listing.options.order());
        int from = Math.min(offset, all.size());
        return all.subList(from, Math.min(all.size(), from + listing.options.top() + 1));
    }

    private String link(GraphCall call, Place place) {
        return call.continued(tokens.issue(PURPOSE, List.of(call.fingerprint(), Integer.toString(place.after),
                Integer.toString(place.offset), Integer.toString(place.empties))));
    }

    private Place place(GraphCall call, String token) {
        checkFaults(faults, call.request().path());
        try {
            List<String> fields = tokens.read(PURPOSE, token, TOKEN_LIFE);
            if (!fields.get(0).equals(call.fingerprint())) {
                throw badToken();
            }
            return new Place(Integer.parseInt(fields.get(1)), Integer.parseInt(fields.get(2)),
                    Integer.parseInt(fields.get(3)));
        } catch (BadToken e) {
            throw e.trouble() == Trouble.MALFORMED ? badToken() : expired();
        }
    }

    /// The faults that befall next links.
    static void checkFaults(SampleFaults faults, String path) {
        if (faults.fires(Fault.PAGE_TOKEN, path).isPresent()) {
            throw expired();
        }
        if (faults.fires(Fault.PAGE_TOKEN_LOST, path).isPresent()) {
            throw new GraphFault(400, "DirectoryPageTokenNotFoundException", "The page token was not found.");
        }
    }

    static GraphFault expired() {
        return new GraphFault(400, "Directory_ExpiredPageToken",
                "The specified page token value has expired and can no longer be included in your request.");
    }

    private static GraphFault badToken() {
        return new GraphFault(400, "Request_BadRequest", "The specified page token is invalid for this query.");
    }
}
