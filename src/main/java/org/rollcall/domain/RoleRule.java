package org.rollcall.domain;

/// Members of a group get a role. The rules of an import are tried in order; the first match decides.
///
/// @param id       0 before it is stored
/// @param position from 0, without gaps
/// @param group    with its name as last seen, for readers when the group no longer exists
/// @param nested   true: including members of groups below
public record RoleRule(long id, long profileId, int position, Ref group, boolean nested, long roleId) {}
