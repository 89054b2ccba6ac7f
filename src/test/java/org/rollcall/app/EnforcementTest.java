package org.rollcall.app;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whoever may nothing is let through nowhere: each method of a service that takes an [Actor] is called by one without any
/// permission and has to refuse, before it looks at what else it was given. New methods are found by themselves. That
/// something was refused is recorded, and nothing else.
class EnforcementTest {
    /// The first two are called by services that have asked already; everybody who knows it may change their own password.
    private static final Set<String> ASK_NOBODY = Set.of("AuditService.record", "AuditService.recordLook",
            "AuditService.recordAll",
            "AuditService.failed",
            "LocalAccountService.changeOwn");
    private static final Actor AUDITOR = new Actor(null, "auditor", "test", Set.of(Permission.VIEW_ACTIVITY));
    private static Actor nobody = AUDITOR;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> whoMayNothingIsRefusedEverywhere() {
        AppContext context = ReadyFolder.create(folder.resolve("home"), "maren",
                "correct horse battery staple".toCharArray(), "test", Clock.systemUTC());
        var roles = context.roles();
        var edits = context.peopleEdits();
        List<Object> services = List.of(context.localAccounts(), context.tenants(), context.registration(),
                context.imports(), context.runs(), context.undo(), context.stoppedRuns(), context.schedules(),
                context.drafts(), context.draftCredentials(),
                context.people(), context.groups(), context.audit(), context.why(), roles.roles(),
                roles.assignments(), roles.rules(),
                roles.previews(), edits.accounts(), edits.links(), edits.purges(), context.past(),
                context.signIns().orElseThrow().userTokens(), context.auth().authentication(), context.auth().test(),
                context.notifications(), context.settings(), context.health());
        Actor maren = context.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "test");
        roles.roles().add(maren, "Nothing", "", Set.of());
        context.localAccounts().add(maren, "nobody", null, null, "Nothing",
                "correct horse battery staple".toCharArray());
        nobody = context.signIn().signIn("nobody", "correct horse battery staple".toCharArray(), "test");
        var before = state(context);
        var tests = new ArrayList<DynamicTest>();
        for (Object service : services) {
            for (Method method : guarded(service)) {
                String name = service.getClass().getSimpleName() + "." + method.getName();
                if (!ASK_NOBODY.contains(name)) {
                    tests.add(DynamicTest.dynamicTest(name + Arrays.toString(method.getParameterTypes()),
                            () -> refuses(service, method)));
                }
            }
        }
        assertTrue(tests.size() > 60, "found " + tests.size() + " methods");
        tests.add(DynamicTest.dynamicTest("nothing was changed, and nothing recorded but the refusals", () -> {
            assertEquals(before, state(context));
            List<AuditEvent> refusals = events(context).stream().filter(event -> event.action().equals("refused"))
                    .toList();
            assertTrue(refusals.size() > 5, "found " + refusals.size() + " refusals");
            refusals.forEach(event -> assertEquals("nobody", event.actor()));
            context.close();
        }));
        return tests.stream();
    }

    private static List<Object> state(AppContext context) {
        return List.of(events(context).stream().filter(event -> !event.action().equals("refused")).toList(),
                context.audit().verify(AUDITOR).intact(), context.userQueries().count(UserFilter.everyone()));
    }

    private static List<AuditEvent> events(AppContext context) {
        return context.audit().list(AUDITOR, AuditFilter.everything(), null, 1_000).rows();
    }

    private static List<Method> guarded(Object service) {
        return Arrays.stream(service.getClass().getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() > 0 && method.getParameterTypes()[0] == Actor.class)
                .sorted(Comparator.comparing(Method::toString)).toList();
    }

    private static void refuses(Object service, Method method) {
        Object[] arguments = Arrays.stream(method.getParameterTypes()).map(EnforcementTest::something).toArray();
        var refusal = assertThrows(RollcallException.class, () -> {
            try {
                method.invoke(service, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        assertEquals(ErrorKind.NOT_ALLOWED, refusal.kind(), refusal.message());
        assertEquals("permission.missing", refusal.code());
        assertTrue(refusal.message().startsWith("nobody may not do this: it needs the permission "),
                refusal.message());
    }

    /// Some value of that type: what it is must not matter.
    private static @Nullable Object something(Class<?> type) {
        if (type == Actor.class) {
            return nobody;
        }
        if (type == JobContext.class) {
            return JobContext.silent();
        }
        if (type == UserFilter.class) {
            return UserFilter.everyone();
        }
        if (type == UserSort.class) {
            return UserSort.BY_NAME;
        }
        if (type == CancelToken.class) {
            return new CancelToken();
        }
        if (type.isPrimitive()) {
            return type == boolean.class ? (Object) false : type == int.class ? (Object) 1 : (Object) 1L;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isSealed()) {
            return something(type.getPermittedSubclasses()[0]);
        }
        if (type.isRecord()) {
            return record(type);
        }
        var known = Map.<Class<?>, Object>of(String.class, "nothing", Long.class, 1L, Integer.class, 1, Boolean.class,
                false, UUID.class, new UUID(1, 1), Instant.class, Instant.EPOCH, Duration.class, Duration.ofHours(1),
                Path.class, Path.of("nothing"), Optional.class, Optional.empty());
        if (known.containsKey(type)) {
            return known.get(type);
        }
        if (type.isAssignableFrom(List.class) || type == Collection.class) {
            return List.of();
        }
        if (type == Set.class) {
            return Set.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{ type }, (_, _, _) -> null);
        }
        return null;
    }

    private static Object record(Class<?> type) {
        try {
            Constructor<?> made = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(part -> part.getType()).toArray(Class<?>[]::new));
            made.setAccessible(true);
            return made.newInstance(Arrays.stream(type.getRecordComponents())
                    .map(part -> something(part.getType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no " + type.getSimpleName() + " could be made", e);
        }
    }
}
