package org.rollcall.store;

import java.util.List;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.impl.DSL;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserSort;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.TENANT;

/// Orders of people and places within them. Every order has the id as its last word, so places are exact.
final class UserOrder {
    private UserOrder() {}

    /// Where a page ends: the last person's value and id.
    record Place(String value, long id) {}

    static Field<String> value(UserSort sort) {
        return switch (sort.by()) {
            case NAME -> DIRECTORY_USER.SORT_KEY;
            case USERNAME -> DSL.lower(DIRECTORY_USER.USERNAME);
            case MAIL -> DSL.coalesce(DSL.lower(DIRECTORY_USER.MAIL), "");
            case DEPARTMENT -> DSL.coalesce(DSL.lower(DIRECTORY_USER.DEPARTMENT), "");
            case ROLE -> DSL.coalesce(ROLE.NAME_KEY, "");
            case SOURCE -> DSL.coalesce(ROLE_ASSIGNMENT.SOURCE, "");
            case STATUS -> DIRECTORY_USER.STATUS;
            case MFA -> DIRECTORY_USER.MFA;
            case TENANT -> DSL.coalesce(TENANT.NAME_KEY, "");
            case CHANGED -> DSL.toChar(UserRows.CHANGED, "YYYY-MM-DD HH24:MI:SS.FF6");
        };
    }

    /// By name there is an index over exactly these two columns.
    static List<OrderField<?>> fields(UserSort sort) {
        return directed(sort, value(sort));
    }

    /// The same order, in words that no index answers: for conditions that few people fulfil.
    static List<OrderField<?>> fieldsWithoutIndex(UserSort sort) {
        return directed(sort, DSL.coalesce(value(sort), ""));
    }

    private static List<OrderField<?>> directed(UserSort sort, Field<String> value) {
        return sort.descending()
                ? List.of(value.desc(), DIRECTORY_USER.ID.desc())
                : List.of(value.asc(), DIRECTORY_USER.ID.asc());
    }

    static Condition beyond(UserSort sort, Place place) {
        Field<String> value = value(sort);
        // The first part alone is what an index can use.
        return sort.descending()
                ? value.le(place.value()).and(value.lt(place.value()).or(DIRECTORY_USER.ID.lt(place.id())))
                : value.ge(place.value()).and(value.gt(place.value()).or(DIRECTORY_USER.ID.gt(place.id())));
    }

    static String encode(UserSort sort, Place place) {
        return Cursors.encode(List.of(sort.by().name(), direction(sort), Long.toString(place.id()), place.value()));
    }

    /// @throws RollcallException INPUT: not a place in this order
    static Place place(UserSort sort, String text) {
        List<String> parts = Cursors.decode(text);
        if (parts.size() != 4 || !parts.get(0).equals(sort.by().name()) || !parts.get(1).equals(direction(sort))
                || !parts.get(2).matches("[0-9]{1,18}")) {
            throw Cursors.invalid();
        }
        return new Place(parts.get(3), Long.parseLong(parts.get(2)));
    }

    private static String direction(UserSort sort) {
        return sort.descending() ? "desc" : "asc";
    }
}
