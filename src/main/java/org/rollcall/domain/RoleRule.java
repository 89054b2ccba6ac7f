package org.rollcall.domain;

/// Members of a group get a role. The rules of a profile are tried in order; the first that fits decides.
///
/// @param id       0 before it is stored
/// @param position from 0, without gaps
/// @param group    with the name it had when last seen, for people to read when the group is gone
/// @param nested   true: members of groups below count too
public record RoleRule(long id, long profileId, int position, Ref group, boolean nested, long roleId) {}
