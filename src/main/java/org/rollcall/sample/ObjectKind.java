package org.rollcall.sample;

/// The kinds of directory object in the sample tenant, and how an object is named by one int: its kind and its index.
public enum ObjectKind {
    USER("user"),
    GROUP("group"),
    DEVICE("device"),
    SERVICE_PRINCIPAL("servicePrincipal"),
    CONTACT("orgContact");

    private static final int SHIFT = 27;
    private static final ObjectKind[] VALUES = values();

    private final String typeName;

    ObjectKind(String typeName) {
        this.typeName = typeName;
    }

    /// Graph's name of the type, such as `orgContact`.
    public String typeName() {
        return typeName;
    }

    /// As `@odata.type` has it.
    String odataType() {
        return "#microsoft.graph." + typeName;
    }

    /// The object of this kind with that index (below 2^27) as one int; people sort before groups, then the others.
    int ref(int index) {
        return ordinal() << SHIFT | index;
    }

    static ObjectKind of(int ref) {
        return VALUES[ref >>> SHIFT];
    }

    static int index(int ref) {
        return ref & (1 << SHIFT) - 1;
    }
}
