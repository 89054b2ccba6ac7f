package org.rollcall.domain;

/// The kinds of change, in the order of reports.
public enum ChangeKind {
    CREATE("create"),
    UPDATE("update"),
    RENAME("rename"),
    DEACTIVATE("deactivate"),
    REACTIVATE("reactivate"),
    REMOVE(
            "remove"),
    GROUP_CREATE("groupCreate"),
    GROUP_UPDATE("groupUpdate"),
    GROUP_REMOVE(
            "groupRemove"),
    MEMBER_ADD("memberAdd"),
    MEMBER_REMOVE("memberRemove"),
    ROLE_GRANT(
            "roleGrant"),
    ROLE_CHANGE("roleChange"),
    CONFLICT("conflict"),
    SKIP("skip");

    private final String jsonName;

    ChangeKind(String jsonName) {
        this.jsonName = jsonName;
    }

    /// The name in JSON documents of the command line.
    public String jsonName() {
        return jsonName;
    }

    /// Whether applying it changes the directory; conflicts and skips are informational.
    public boolean changesDirectory() {
        return this != CONFLICT && this != SKIP;
    }
}
