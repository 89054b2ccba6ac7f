package org.rollcall.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// An external directory as read by a synchronization. Every page call is one request (plus retries, see [#requests()]). A page
/// is all or nothing: it is read to its end before the sink receives its first object, so an incomplete body yields nothing, a
/// retry yields nothing twice, and memory is bounded by one page (999 objects). In a batch the same holds for each answer.
/// Readers are thread-safe.
///
/// Links are opaque: they are called exactly as received, and only if they point to the same origin.
///
/// All calls throw [RollcallException] (OFFLINE, THROTTLED, REFUSED, BUG), [LinkExpiredException] for an expired link, and
/// `CancellationException`.
public interface DirectoryReader extends AutoCloseable {
    /// The organization of the tenant: verifies name, network, trust, credential and tenant at once.
    Organization organization(CallControl control);

    /// The permissions of the token, without a trial call.
    Permissions permissions(CallControl control);

    /// A page of people from the list (999 a page). A sink may receive an object twice.
    ///
    /// @param link null for the first page
    Page users(@Nullable String link, Consumer<UserEntry> sink, CallControl control);

    /// A page of groups from the list (999 a page).
    Page groups(@Nullable String link, Consumer<GroupEntry> sink, CallControl control);

    /// A delta link that stands for "now", without any data (`$deltatoken=latest`).
    ///
    /// @param onlyIds at most 50 ids to follow; empty follows all
    Page latestUsers(Set<UUID> onlyIds, CallControl control);

    /// As [#latestUsers], for groups and their direct members.
    Page latestGroups(Set<UUID> onlyIds, CallControl control);

    /// A page of changes of people.
    Page userChanges(String link, Consumer<UserChange> sink, CallControl control);

    /// A page of changes of groups and their direct members; a large group comes in several pieces.
    Page groupChanges(String link, Consumer<GroupChange> sink, CallControl control);

    /// A page of the MFA registration report.
    Page mfaReport(@Nullable String link, Consumer<MfaEntry> sink, CallControl control);

    /// How many members a full page of [Question.Members] has.
    default int membersInAPage() {
        return 999;
    }

    /// Up to 20 questions in one request. Answers arrive in any order; throttled questions are repeated here.
    void batch(List<Question> questions, AnswerSink sink, CallControl control);

    /// The refresh token that replaced the one of the connection; stored by the caller.
    default Optional<Connection.Credential> renewedCredential() {
        return Optional.empty();
    }

    /// Requests sent to the Graph origin since this reader was created, including retries; a batch counts as one.
    long requests();

    @Override
    void close();

    /// How a page ended.
    ///
    /// @param next    where the enumeration continues; null on its last page
    /// @param delta   on the last page of a delta enumeration: the start of a later read
    /// @param objects number of objects passed to the sink
    /// @param at      the directory's own clock (`Date` header) when it answered
    record Page(@Nullable String next, @Nullable String delta, int objects, java.time.Instant at) {
        public boolean last() {
            return next == null;
        }
    }

    /// A question within a batch. `link` continues with the page after it, null starts.
    sealed interface Question {
        /// Direct members, id and type only ([#membersInAPage] a page).
        record Members(UUID group, @Nullable String link) implements Question {}

        /// People below a group through all nesting, with their attributes.
        record PeopleBelow(UUID group, @Nullable String link) implements Question {}

        /// Groups below a group through all nesting, with their attributes.
        record GroupsBelow(UUID group, @Nullable String link) implements Question {}

        /// Direct members that are people, with their attributes.
        record DirectPeople(UUID group, @Nullable String link) implements Question {}

        /// People in a group, directly or through nesting: only id, user type and whether they are enabled, which is enough for
        /// counting.
        record PeopleIn(UUID group, boolean nested, @Nullable String link) implements Question {}

        /// Groups below a group through all nesting (ids).
        record GroupIdsBelow(UUID group, @Nullable String link) implements Question {}

        record User(UUID id) implements Question {}

        record Group(UUID id) implements Question {}

        /// All groups a person is in, through all nesting (ids).
        record GroupsOfUser(UUID user, @Nullable String link) implements Question {}

        /// All groups a group is in, through all nesting (ids).
        record GroupsOfGroup(UUID group, @Nullable String link) implements Question {}

        /// The number of people (`$count`).
        record PeopleCount() implements Question {}

        /// The number of groups (`$count`).
        record GroupCount() implements Question {}
    }

    /// Receives the answers of a batch, object by object; [#ended] is called once for each question, after its objects.
    interface AnswerSink {
        void user(Question question, UserEntry user);

        void group(Question question, GroupEntry group);

        /// A member; for `GroupsOf...` a containing group, for `GroupIdsBelow` one below.
        void member(Question question, MemberEntry member);

        /// @param next the link to the next page, null at the end
        void ended(Question question, @Nullable String next);

        /// The person or group does not exist (404).
        void missing(Question question);

        /// The count; called instead of [#ended].
        default void counted(Question question, long count) {
            throw new IllegalStateException("nobody asked how many there are");
        }

        /// The directory does not count, which does not affect the other answers.
        default void uncounted(Question question, RollcallException why) {
            throw why;
        }

        /// The link of the question has expired and its objects are missing. The other answers are not affected.
        ///
        /// @throws LinkExpiredException unless the sink handles it
        default void expired(Question question) {
            throw new LinkExpiredException(LinkExpiredException.Link.PAGE, java.util.Map.of());
        }
    }

    /// Queries for pickers: searching by name and finding by id, name or mail.
    ///
    /// The person with this object id or user principal name; otherwise those with this mail address, several if ambiguous.
    List<UserEntry> findUsers(String idOrUserName, CallControl control);

    /// Groups with this object id, exact display name or mail address; if there is none, those whose name differs only in
    /// surrounding blanks. Several if ambiguous.
    List<GroupEntry> findGroups(String idNameOrMail, CallControl control);

    /// People whose name, user name or mail starts with or contains `text`; at most `limit` (1 to 999).
    List<UserEntry> searchUsers(String text, int limit, CallControl control);

    List<GroupEntry> searchGroups(String text, int limit, CallControl control);

    /// The numbers of people and groups (`$count`).
    Counts counts(CallControl control);

    /// The numbers of people among the direct members and through nesting, for each group.
    java.util.Map<UUID, MemberCounts> memberCounts(List<UUID> groups, CallControl control);

    record Counts(long users, long groups) {}

    record MemberCounts(long direct, long nested) {}
}
