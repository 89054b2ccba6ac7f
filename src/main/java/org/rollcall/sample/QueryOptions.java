package org.rollcall.sample;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/// The query options of a list, checked by Graph's rules. Source: "Advanced query capabilities on Microsoft Entra ID
/// objects" and "Paging".
///
/// @param select properties asked for; null for those that come by themselves
/// @param top page size, 1 to 999
/// @param filter what an object has to fulfil
/// @param ids if the filter asks for nothing but ids: those
/// @param order null for the directory's own order
record QueryOptions(@Nullable Set<String> select, int top, Predicate<SampleObject> filter, @Nullable List<String> ids,
        @Nullable Comparator<SampleObject> order) {
    private static final int DEFAULT_TOP = 100;
    private static final int MAX_TOP = 999;
    private static final Set<String> UNAVAILABLE_IN_LISTS = Set.of("aboutme", "birthday", "hiredate", "interests",
            "mysite", "pastprojects", "preferredname", "responsibilities", "schools", "skills", "mailboxsettings");

    /// @param schemas the types that the list may hold
    /// @param cast whether the path casts to a type, which makes the query an advanced one
    static QueryOptions of(GraphCall call, List<SampleSchema> schemas, boolean cast) {
        boolean ready = call.eventual() && call.counts();
        if (cast && !ready) {
            throw unsupported("OData cast");
        }
        for (String option : List.of("$skip", "$expand", "$apply", "$compute")) {
            if (call.query(option) != null) {
                throw new GraphFault(400, "Request_UnsupportedQuery",
                        "'" + option + "' is not supported by the service for this resource.");
            }
        }
        Predicate<SampleObject> test = _ -> true;
        List<String> ids = null;
        String filter = call.query("$filter");
        SampleSchema schema = schemas.getFirst();
        if (filter != null) {
            ODataFilter.Compiled compiled = ODataFilter.compile(schema, filter);
            if (compiled.advanced() && !ready) {
                throw unsupported("$filter operator");
            }
            test = compiled.test();
            ids = compiled.ids();
        }
        String search = call.query("$search");
        if (search != null) {
            if (!call.eventual()) {
                throw new GraphFault(400, "Request_UnsupportedQuery",
                        "Request with $search query parameter only works through MSGraph with a special request header:"
                                + " 'ConsistencyLevel: eventual'");
            }
            test = test.and(ODataSearch.compile(schema, search));
        }
        Comparator<SampleObject> order = order(call, schema);
        if (order != null && (filter != null || search != null) && !ready) {
            throw new GraphFault(400, "Request_UnsupportedQuery",
                    "Sorting not supported for current query.");
        }
        return new QueryOptions(select(call, schemas), top(call), test, ids, order);
    }

    private static @Nullable Comparator<SampleObject> order(GraphCall call, SampleSchema schema) {
        String text = call.query("$orderby");
        if (text == null) {
            return null;
        }
        String[] words = text.strip().split("\\s+", -1);
        String property = schema.canonical(words[0]);
        if (property == null || !Set.of("displayName", "userPrincipalName", "createdDateTime").contains(property)) {
            throw new GraphFault(400, "Request_UnsupportedQuery", "Sorting by '" + words[0] + "' is not supported.");
        }
        Comparator<SampleObject> order = Comparator.comparing(
                o -> o.text(property) == null ? "" : String.valueOf(o.text(property)).toLowerCase(Locale.ROOT));
        return (words.length > 1 && words[1].equalsIgnoreCase("desc") ? order.reversed() : order)
                .thenComparing(SampleObject::id);
    }

    private static int top(GraphCall call) {
        String text = call.query("$top");
        if (text == null) {
            return DEFAULT_TOP;
        }
        try {
            int top = Integer.parseInt(text);
            if (top >= 1 && top <= MAX_TOP) {
                return top;
            }
        } catch (NumberFormatException e) {
            throw new GraphFault(400, "BadRequest", "Invalid value '" + text + "' for $top query option found.");
        }
        throw new GraphFault(400, "Request_BadRequest", "Invalid page size specified: '" + text
                + "'. Must be between 1 and 999 inclusive.");
    }

    /// The properties asked for by `$select`, in Graph's spelling, in the order they were asked for.
    static @Nullable Set<String> select(GraphCall call, List<SampleSchema> schemas) {
        String text = call.query("$select");
        if (text == null || text.equals("*")) {
            return null;
        }
        var names = new LinkedHashSet<String>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (UNAVAILABLE_IN_LISTS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new GraphFault(501, "NotImplemented", "This operation target is not yet supported.");
            }
            String canonical = null;
            for (SampleSchema schema : schemas) {
                canonical = canonical == null ? schema.canonical(name) : canonical;
            }
            if (canonical == null) {
                throw new GraphFault(400, "BadRequest",
                        "Parsing OData Select and Expand failed: Could not find a property"
                                + " named '" + name + "' on type 'microsoft.graph." + schemas.getFirst().typeName()
                                + "'.");
            }
            names.add(canonical);
        }
        return names;
    }

    private static GraphFault unsupported(String what) {
        return new GraphFault(400, "Request_UnsupportedQuery", "Unsupported Query. " + what
                + " requires the header 'ConsistencyLevel: eventual' and the query parameter '$count=true'.");
    }
}
