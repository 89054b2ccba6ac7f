package org.rollcall.settings;

import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserField;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What is written is read as it was, and what is not right is refused with its place.
class SettingsParserTest {
    private static final Ref GROUP = new Ref(UUID.fromString("11111111-2222-3333-4444-555555555555"),
            "Fin\u202Eance \"\\");

    static SettingsFile everything() {
        var config = new ProfileConfig(ProfileConfig.Scope.ofGroups(List.of(GROUP), false),
                new ProfileConfig.Filters(false, true, false, List.of(GROUP), List.of(GROUP)),
                new ProfileConfig.Mapping(UserField.MAIL, Map.of(UserField.DEPARTMENT, UserField.COMPANY_NAME)),
                new ProfileConfig.Policies(25, 3, 7, 30, 4));
        var entry = new SettingsFile.ImportEntry("daily", config, "Helpdesk",
                List.of(new SettingsFile.RuleEntry(GROUP, true, "Operator")),
                new SettingsFile.ScheduleEntry(new Schedule.Timing(Duration.ofDays(1), LocalTime.of(2, 30),
                        Schedule.Missed.SKIP), true));
        return new SettingsFile(
                List.of(new SettingsFile.RoleEntry("Helpdesk", "Helps", EnumSet.of(Permission.MANAGE_USERS))),
                List.of(new SettingsFile.TenantEntry("Contoso", GROUP.id().toString(), GROUP.id().toString(), "custom",
                        "https://login.example", "https://graph.example:8443", null, "http://proxy:3128",
                        List.of(entry))),
                new SettingsFile.SignInEntry(false, "Contoso", Set.of(SignInMode.BROWSER), true,
                        new AdSettings(List.of("ldaps://dc1"), false, "DC=x", "X", "x.example", null, "searcher"), 15,
                        720, true),
                List.of(NotifyChannel.Settings.webhook("https://hooks.example/a"),
                        new NotifyChannel.Settings(NotifyChannel.Kind.MAIL, null, "mail.example", 587,
                                NotifyChannel.Security.STARTTLS, "a@example.org", List.of("b@example.org"), "u",
                                null)));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        String json = SettingsJson.write(everything());
        assertEquals(everything(), SettingsParser.parse(json));
        assertEquals(List.of(), SettingsFacts.compare(everything(), SettingsParser.parse(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "nonsense", "[]", "{}", "null", "1", "\"x\"", "{\"format\":7}",
            "{\"format\":\"rollcall-settings\"}", "{\"format\":\"rollcall-settings\",\"version\":99999999999999999999}",
            "{\"format\":\"rollcall-settings\",\"version\":1.5}", "{\"a\":1,\"a\":2}",
            "{\"format\":\"rollcall-settings\",\"version\":1,\"roles\":{}}" })
    void whatHoldsNoSettingsIsRefused(String json) {
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class, () -> SettingsParser.parse(json)).kind());
    }

    @Test
    void depthAndLengthAreBounded() {
        for (String each : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000),
                "{\"format\":\"" + "x".repeat(2_000_000) + "\"}", "{\"" + "x".repeat(60_000) + "\":1}",
                "{\"format\":" + "9".repeat(5_000) + "}")) {
            assertEquals(ErrorKind.INPUT,
                    assertThrows(RollcallException.class, () -> SettingsParser.parse(each)).kind());
        }
    }

    @Test
    void aMistakeIsToldWithItsPlace() {
        String json = SettingsJson.write(everything());
        var mistakes = Map.of("\"daily\"", "tenants[0].imports[0].name", "\"nested\" : true",
                "tenants[0].imports[0].rules[0].nested",
                "\"maxRemovalPercent\" : 25", "tenants[0].imports[0].policies.maxRemovalPercent",
                "\"missed\" : \"skip\"",
                "tenants[0].imports[0].schedule.missed", "\"idleMinutes\" : 15", "signIn.idleMinutes",
                "\"url\" : \"https://hooks.example/a\"", "notifications[0].url");
        mistakes.forEach((what, place) -> {
            String wrong = json.replace(what, what.contains(":") ? what.replaceFirst(":.*", ": -5") : "7");
            var e = assertThrows(RollcallException.class, () -> SettingsParser.parse(wrong), place);
            assertTrue(e.message().contains(place), () -> place + ": " + e.message());
        });
    }

    /// Whatever is done to a file, it is read or refused, and nothing else happens.
    @Test
    void spoiledFilesAreReadOrRefused() {
        String json = SettingsJson.write(everything());
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            var spoiled = new StringBuilder(json);
            for (int n = random.nextInt(3); n >= 0; n--) {
                int at = random.nextInt(spoiled.length());
                switch (random.nextInt(3)) {
                    case 0 -> spoiled.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 1 -> spoiled.delete(at, Math.min(spoiled.length(), at + random.nextInt(40)));
                    default -> spoiled.insert(at, json, at / 2, Math.min(json.length(), at / 2 + random.nextInt(60)));
                }
            }
            try {
                SettingsFacts.compare(everything(), SettingsParser.parse(spoiled.toString()));
            } catch (RollcallException e) {
                assertEquals(ErrorKind.INPUT, e.kind(), e.message());
            }
        }
    }
}
