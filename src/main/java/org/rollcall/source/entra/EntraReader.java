package org.rollcall.source.entra;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.GroupChange;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MfaEntry;
import org.rollcall.source.Organization;
import org.rollcall.source.Permissions;
import org.rollcall.source.UserChange;
import org.rollcall.source.UserEntry;
import org.rollcall.source.entra.BatchExchange.Inner;
import org.rollcall.source.entra.GraphErrors.Calling;
import org.rollcall.text.Words;

/// One Entra tenant through Microsoft Graph v1.0.
final class EntraReader implements DirectoryReader {
    private static final int LINK_FILTER_LIMIT = 50;
    private static final int MOST_FOUND = 999;

    private final TokenHttp tokenHttp;
    private final EntraTokens tokens;
    private final Transport transport;
    private final BatchExchange batches;
    private final GraphItems items = new GraphItems();

    EntraReader(Connection connection, Clock clock) {
        ProxyAddress proxy = connection.proxyUrl() == null ? null : ProxyAddress.parse(connection.proxyUrl());
        tokenHttp = new TokenHttp(HttpClients.forLogin(connection, proxy), connection.authorityUrl(), proxy, clock);
        tokens = new EntraTokens(connection, tokenHttp, clock);
        transport = new Transport(connection, new GraphAddresses(connection.graphUrl()), tokens, proxy, clock);
        batches = new BatchExchange(transport);
    }

    @Override
    public Organization organization(CallControl control) {
        List<Organization> found = organizations(control);
        if (found.isEmpty()) {
            throw new RollcallException(ErrorKind.REFUSED, "graph.no-organization",
                    Words.of("directory.graph.no-organization"), Words.of("directory.graph.no-organization.remedy"));
        }
        return found.getFirst();
    }

    private List<Organization> organizations(CallControl control) {
        try {
            return collection(GraphQueries.organization(), false, items.organizations(), control).items();
        } catch (RollcallException e) {
            if (e.code().equals("graph.permission")) {
                throw new RollcallException(ErrorKind.REFUSED, "graph.permission",
                        Words.of("directory.graph.permission"),
                        Words.of("directory.graph.permission.remedy"), e.details(), e);
            }
            throw e;
        }
    }

    @Override
    public Permissions permissions(CallControl control) {
        return TokenClaims.permissions(tokens.token(control));
    }

    @Override
    public Page users(@Nullable String link, Consumer<UserEntry> sink, CallControl control) {
        return page(GraphQueries.users(), link, Calling.LIST_LINK, items.users(), sink, control);
    }

    @Override
    public Page groups(@Nullable String link, Consumer<GroupEntry> sink, CallControl control) {
        return page(GraphQueries.groups(), link, Calling.LIST_LINK, items.groups(), sink, control);
    }

    @Override
    public Page latestUsers(Set<UUID> onlyIds, CallControl control) {
        checkFilter(onlyIds);
        return page(GraphQueries.latestUsers(onlyIds), null, Calling.DELTA_LINK, items.userChanges(), user -> {},
                control);
    }

    @Override
    public Page latestGroups(Set<UUID> onlyIds, CallControl control) {
        checkFilter(onlyIds);
        return page(GraphQueries.latestGroups(onlyIds), null, Calling.DELTA_LINK, items.groupChanges(), group -> {},
                control);
    }

    private static void checkFilter(Set<UUID> onlyIds) {
        if (onlyIds.size() > LINK_FILTER_LIMIT) {
            throw new IllegalArgumentException("a delta link follows " + LINK_FILTER_LIMIT + " ids at most");
        }
    }

    @Override
    public Page userChanges(String link, Consumer<UserChange> sink, CallControl control) {
        return page("", link, Calling.DELTA_LINK, items.userChanges(), sink, control);
    }

    @Override
    public Page groupChanges(String link, Consumer<GroupChange> sink, CallControl control) {
        return page("", link, Calling.DELTA_LINK, items.groupChanges(), sink, control);
    }

    @Override
    public Page mfaReport(@Nullable String link, Consumer<MfaEntry> sink, CallControl control) {
        try {
            return page(GraphQueries.mfaReport(), link, Calling.LIST_LINK, items.mfa(), sink, control);
        } catch (RollcallException e) {
            String status = e.details().get("status");
            if (link == null && ("400".equals(status) || "404".equals(status))) {
                throw new RollcallException(ErrorKind.REFUSED, "graph.feature-missing",
                        Words.of("directory.graph.feature-missing"),
                        Words.of("directory.graph.feature-missing.remedy"), e.details(), e);
            }
            throw e;
        }
    }

    /// One page, by the link if there is one, otherwise by the query.
    private <T> Page page(String query, @Nullable String link, Calling linked, PageReader<T> reader, Consumer<T> sink,
            CallControl control) {
        var ask = link == null
                ? Transport.Ask.get(transport.addresses().of(query), Calling.FRESH)
                : Transport.Ask.get(transport.addresses().own(link), linked);
        record Answer<T>(PageReader.Body<T> body, Page page) {}
        Answer<T> answer = transport.call(ask, (parser, at) -> {
            PageReader.Body<T> body = reader.read(parser);
            boolean delta = linked == Calling.DELTA_LINK;
            if (delta && (body.next() == null) == (body.delta() == null)) {
                // Without a link the read cannot continue, and restarting would lose changes.
                throw new MalformedAnswer("a page of changes that does not say how to go on");
            }
            return new Answer<>(body, new Page(body.next(), body.delta(), body.items().size(), at));
        }, control);
        answer.body.items().forEach(sink);
        return answer.page;
    }

    private <T> PageReader.Body<T> collection(String query, boolean advanced, PageReader<T> reader,
            CallControl control) {
        var ask = new Transport.Ask(transport.addresses().of(query), Calling.FRESH, advanced, null);
        return transport.call(ask, (parser, at) -> reader.read(parser), control);
    }

    @Override
    public void batch(List<Question> questions, AnswerSink sink, CallControl control) {
        List<Inner<?>> inner = new ArrayList<>();
        for (Question question : questions) {
            inner.add(inner(question, sink));
        }
        batches.send(inner, control);
    }

    private Inner<?> inner(Question question, AnswerSink sink) {
        return switch (question) {
            case Question.Members(UUID group, String link) -> inner(question, link, GraphQueries.members(group), false,
                    false, items.members(), member -> sink.member(question, member), sink);
            case Question.PeopleBelow(UUID group, String link) -> inner(question, link,
                    GraphQueries.people(group, true), true, false, items.users(), user -> sink.user(question, user),
                    sink);
            case Question.DirectPeople(UUID group, String link) -> inner(question, link,
                    GraphQueries.people(group, false), true, false, items.users(), user -> sink.user(question, user),
                    sink);
            case Question.GroupsBelow(UUID group, String link) -> inner(question, link,
                    GraphQueries.groupsBelow(group), true, false, items.groups(),
                    found -> sink.group(question, found), sink);
            case Question.PeopleIn(UUID group, boolean nested, String link) -> inner(question, link,
                    GraphQueries.peopleIn(group, nested), true, false, items.users(),
                    user -> sink.user(question, user), sink);
            case Question.GroupIdsBelow(UUID group, String link) -> inner(question, link,
                    GraphQueries.groupIdsBelow(group), true, false, items.groupsAsMembers(),
                    found -> sink.member(question, found), sink);
            case Question.User(UUID id) -> inner(question, null, GraphQueries.user(id), false, true, items.users(),
                    user -> sink.user(question, user), sink);
            case Question.Group(UUID id) -> inner(question, null, GraphQueries.group(id), false, true, items.groups(),
                    group -> sink.group(question, group), sink);
            case Question.GroupsOfUser(UUID user, String link) -> inner(question, link,
                    GraphQueries.groupsOf("users", user), true, false, items.groupsAsMembers(),
                    group -> sink.member(question, group), sink);
            case Question.GroupsOfGroup(UUID group, String link) -> inner(question, link,
                    GraphQueries.groupsOf("groups", group), true, false, items.groupsAsMembers(),
                    parent -> sink.member(question, parent), sink);
            case Question.PeopleCount _ -> counted(GraphQueries.count("/users"),
                    count -> sink.counted(question, count), why -> sink.uncounted(question, why));
            case Question.GroupCount _ -> counted(GraphQueries.count("/groups"),
                    count -> sink.counted(question, count), why -> sink.uncounted(question, why));
        };
    }

    private <T> Inner<T> inner(Question question, @Nullable String link, String query, boolean advanced,
            boolean single, PageReader<T> reader, Consumer<T> each, AnswerSink sink) {
        GraphAddresses addresses = transport.addresses();
        String url = link == null ? query : addresses.inBatch(addresses.own(link));
        return new Inner<>(url, link == null ? Calling.FRESH : Calling.LIST_LINK, advanced, single, reader, body -> {
            body.items().forEach(each);
            sink.ended(question, body.next());
        }, () -> sink.missing(question), () -> sink.expired(question), why -> {
            throw why;
        });
    }

    @Override
    public List<UserEntry> findUsers(String idOrUserName, CallControl control) {
        String wanted = idOrUserName.strip();
        Optional<UUID> id = guid(wanted);
        if (id.isPresent()) {
            return one(GraphQueries.user(id.get()), items.users(), control).stream().toList();
        }
        List<UserEntry> found = collection(GraphQueries.findUsers(wanted), false, items.users(), control).items();
        // A user name is unique, a mail address need not be.
        List<UserEntry> named = found.stream().filter(user -> user.attributes()
                .textOrEmpty(UserField.USER_PRINCIPAL_NAME).equalsIgnoreCase(wanted)).toList();
        return named.isEmpty() ? found : named;
    }

    @Override
    public List<GroupEntry> findGroups(String idNameOrMail, CallControl control) {
        String trimmed = idNameOrMail.strip();
        Optional<UUID> id = guid(trimmed);
        if (id.isPresent()) {
            Optional<GroupEntry> found = one(GraphQueries.group(id.get()), items.groups(), control);
            if (found.isPresent()) {
                return List.of(found.get());
            }
        }
        List<GroupEntry> found = groupsCalled(idNameOrMail, control);
        if (found.isEmpty() && !trimmed.equals(idNameOrMail)) {
            found = groupsCalled(trimmed, control);
        }
        if (!found.isEmpty() || trimmed.isEmpty()) {
            return found;
        }
        // Names may begin or end with blanks, which filters do not ignore.
        return searchGroups(trimmed, MOST_FOUND, control).stream().filter(group -> group.attributes()
                .textOrEmpty(GroupField.DISPLAY_NAME).strip().equalsIgnoreCase(trimmed)).toList();
    }

    private List<GroupEntry> groupsCalled(String nameOrMail, CallControl control) {
        return collection(GraphQueries.findGroups(nameOrMail), false, items.groups(), control).items();
    }

    @Override
    public List<UserEntry> searchUsers(String text, int limit, CallControl control) {
        return collection(GraphQueries.searchUsers(text, limit), true, items.users(), control).items().stream()
                .sorted(Comparator.comparing(user -> user.attributes().textOrEmpty(UserField.DISPLAY_NAME)
                        .toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Override
    public List<GroupEntry> searchGroups(String text, int limit, CallControl control) {
        return collection(GraphQueries.searchGroups(text, limit), true, items.groups(), control).items().stream()
                .sorted(Comparator.comparing(group -> group.attributes().textOrEmpty(GroupField.DISPLAY_NAME)
                        .toLowerCase(Locale.ROOT)))
                .toList();
    }

    private <T> Optional<T> one(String query, PageReader<T> reader, CallControl control) {
        try {
            var ask = Transport.Ask.get(transport.addresses().of(query), Calling.FRESH);
            return Optional.of(transport.call(ask, (parser, at) -> reader.readOne(parser), control).items()
                    .getFirst());
        } catch (RollcallException e) {
            if (e.code().equals("graph.not-found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Counts counts(CallControl control) {
        long[] counts = new long[2];
        batches.send(List.of(counted(GraphQueries.count("/users"), count -> counts[0] = count),
                counted(GraphQueries.count("/groups"), count -> counts[1] = count)), control);
        return new Counts(counts[0], counts[1]);
    }

    @Override
    public Map<UUID, MemberCounts> memberCounts(List<UUID> groups, CallControl control) {
        var counts = new HashMap<UUID, MemberCounts>();
        int together = BatchExchange.MOST / 2;
        for (int from = 0; from < groups.size(); from += together) {
            List<Inner<?>> inner = new ArrayList<>();
            for (UUID group : groups.subList(from, Math.min(from + together, groups.size()))) {
                counts.put(group, new MemberCounts(0, 0));
                String path = "/groups/" + group;
                inner.add(counted(GraphQueries.count(path + "/members" + GraphQueries.USER_CAST),
                        count -> counts.computeIfPresent(group, (id, old) -> new MemberCounts(count, old.nested()))));
                inner.add(counted(GraphQueries.count(path + "/transitiveMembers" + GraphQueries.USER_CAST),
                        count -> counts.computeIfPresent(group, (id, old) -> new MemberCounts(old.direct(), count))));
            }
            batches.send(inner, control);
        }
        return counts;
    }

    private Inner<?> counted(String query, Consumer<Long> count) {
        return counted(query, count, why -> {
            throw why;
        });
    }

    private Inner<?> counted(String query, Consumer<Long> count, Consumer<RollcallException> refused) {
        return new Inner<>(query, Calling.FRESH, true, false, items.members(),
                body -> count.accept(Math.max(body.count(), body.items().size())), () -> count.accept(0L), () -> {},
                refused);
    }

    private static Optional<UUID> guid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    @Override
    public Optional<Connection.Credential> renewedCredential() {
        return tokens.renewed();
    }

    @Override
    public long requests() {
        return transport.requests();
    }

    @Override
    public void close() {
        transport.close();
        tokenHttp.close();
    }
}
