package org.rollcall.sync.read;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.store.ReadProgressStore.Todo;
import org.rollcall.text.Words;

/// A pending lookup and the question of a batch that answers it.
record Asking(Todo kind, UUID id) {
    static Asking of(Question question) {
        return switch (question) {
            case Question.User user -> new Asking(Todo.USER, user.id());
            case Question.Group group -> new Asking(Todo.GROUP, group.id());
            case Question.GroupsBelow below -> new Asking(Todo.GROUPS_BELOW, below.group());
            case Question.PeopleBelow below -> new Asking(Todo.PEOPLE_BELOW, below.group());
            case Question.DirectPeople people -> new Asking(Todo.DIRECT_PEOPLE, people.group());
            case Question.GroupsOfUser groups -> new Asking(Todo.GROUPS_OF_USER, groups.user());
            case Question.GroupsOfGroup groups -> new Asking(Todo.GROUPS_OF_GROUP, groups.group());
            case Question.Members members -> new Asking(Todo.MEMBERS_OF, members.group());
            case Question.PeopleIn _,Question.GroupIdsBelow _,Question.PeopleCount _,Question.GroupCount _ ->
                throw new IllegalArgumentException("no import asks for " + question);
        };
    }

    /// @param link where to continue, null at the start
    Question question(@Nullable String link) {
        return switch (kind) {
            case USER -> new Question.User(id);
            case GROUP -> new Question.Group(id);
            case GROUPS_BELOW -> new Question.GroupsBelow(id, link);
            case PEOPLE_BELOW -> new Question.PeopleBelow(id, link);
            case DIRECT_PEOPLE -> new Question.DirectPeople(id, link);
            case GROUPS_OF_USER -> new Question.GroupsOfUser(id, link);
            case GROUPS_OF_GROUP -> new Question.GroupsOfGroup(id, link);
            case MEMBERS_OF -> new Question.Members(id, link);
        };
    }

    /// The question for the object itself that this one is about.
    Asking object() {
        return switch (kind) {
            case USER, GROUPS_OF_USER -> new Asking(Todo.USER, id);
            case GROUP, GROUPS_BELOW, PEOPLE_BELOW, DIRECT_PEOPLE, GROUPS_OF_GROUP, MEMBERS_OF ->
                new Asking(Todo.GROUP, id);
        };
    }

    /// For notes: "the members of group ...".
    String words() {
        return switch (kind) {
            case USER -> Words.of("sync.asking.person", id).english();
            case GROUP -> Words.of("sync.asking.group", id).english();
            case GROUPS_BELOW -> Words.of("sync.asking.theGroupsBelowGroup", id).english();
            case PEOPLE_BELOW -> Words.of("sync.asking.thePeopleBelowGroup", id).english();
            case DIRECT_PEOPLE -> Words.of("sync.asking.thePeopleInGroup", id).english();
            case GROUPS_OF_USER -> Words.of("sync.asking.theGroupsOfPerson", id).english();
            case GROUPS_OF_GROUP -> Words.of("sync.asking.theGroupsOfGroup", id).english();
            case MEMBERS_OF -> Words.of("sync.asking.theMembersOfGroup", id).english();
        };
    }

    /// Enumerations within a group, whose place is stored with the group.
    boolean keepsPlace() {
        return switch (kind) {
            case GROUPS_BELOW, PEOPLE_BELOW, DIRECT_PEOPLE, MEMBERS_OF -> true;
            case USER, GROUP, GROUPS_OF_USER, GROUPS_OF_GROUP -> false;
        };
    }

    /// Weight of the question within a batch: pages of people are larger than pages of ids, and a batch has to fit in memory.
    int weight() {
        return kind == Todo.PEOPLE_BELOW || kind == Todo.DIRECT_PEOPLE ? 4 : 1;
    }

    /// The stream of the evidence that counts it.
    String stream() {
        return switch (kind) {
            case USER, PEOPLE_BELOW, DIRECT_PEOPLE -> Streams.USERS;
            case GROUP, GROUPS_BELOW -> Streams.GROUPS;
            case GROUPS_OF_USER, GROUPS_OF_GROUP, MEMBERS_OF -> Streams.MEMBERS;
        };
    }
}
