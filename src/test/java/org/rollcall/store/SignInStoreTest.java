package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Counts and forecast are one rule, and counts go along indexes.
class SignInStoreTest {
    private static final AdSettings AD = new AdSettings(List.of("ldaps://dc1"), false, "DC=x", null, null, null, null);

    @TempDir
    Path folder;
    TestDirectory directory;
    SignInStore store;
    Tenant contoso;
    Tenant fabrikam;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        store = new SignInStore(directory.database);
        contoso = directory.tenant("Contoso");
        fabrikam = directory.tenant("Fabrikam");
        var random = new Random(11);
        for (int i = 0; i < 120; i++) {
            String name = "p" + i + "@contoso.com";
            long id = directory.person(random.nextInt(4) == 0 ? fabrikam : contoso, "P" + i, name, null, null,
                    UserStatus.values()[random.nextInt(3)]);
            directory.sql("update directory_user set user_type = ?, mfa = ?, on_premises_sam_account_name = ?"
                    + " where id = ?", random.nextInt(3) == 0 ? null : random.nextBoolean() ? "Guest" : "Member",
                    MfaState.values()[random.nextInt(3)].name(),
                    random.nextInt(3) == 0 ? null : random.nextInt(4) == 0 ? "" : "p" + i, id);
        }
        for (int i = 0; i < 4; i++) {
            String name = "local" + i;
            long id = directory.database.transaction(() -> new PersonStore(directory.database, directory.clock)
                    .insertLocal(name, null, null));
            new LocalAccountStore(directory.database).insert(id, "hash", directory.clock.instant());
        }
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private List<AuthSettings> settings() {
        var all = new ArrayList<AuthSettings>();
        AuthSettings off = AuthSettings.initial();
        all.add(off);
        all.add(off.withAd(AD));
        for (Set<SignInMode> modes : List.<Set<SignInMode>>of(EnumSet.of(SignInMode.BROWSER),
                EnumSet.of(SignInMode.DEVICE, SignInMode.PASSWORD), EnumSet.of(SignInMode.PASSWORD), Set.of())) {
            all.add(off.withEntra(contoso.id(), modes));
        }
        all.add(off.withEntra(null, EnumSet.of(SignInMode.BROWSER)));
        return all;
    }

    @Test
    void countsSayWhatTheForecastSaysOfEachPerson() {
        var people = new ArrayList<UserRow>();
        new UserQueries(directory.database, new GroupNesting(directory.database))
                .forEach(org.rollcall.domain.UserFilter.everyone(), people::add);
        for (AuthSettings now : settings()) {
            for (SignInMode mode : SignInMode.values()) {
                long could = people.stream().filter(each -> could(each, now, mode)).count();
                assertEquals(could, store.admits(now, mode), mode + " " + now);
            }
            long entra = people.stream().filter(each -> could(each, now, SignInMode.BROWSER)
                    || could(each, now, SignInMode.DEVICE) || could(each, now, SignInMode.PASSWORD)).count();
            assertEquals(entra, store.admitsEntra(now));
            long any = people.stream()
                    .filter(each -> EnumSet.allOf(SignInMode.class).stream().anyMatch(mode -> could(each, now, mode)))
                    .count();
            assertEquals(any, store.canSignIn(now));
            for (AuthSettings after : settings()) {
                long out = people.stream()
                        .filter(each -> EnumSet.allOf(SignInMode.class).stream()
                                .anyMatch(mode -> could(each, now, mode))
                                && EnumSet.allOf(SignInMode.class).stream().noneMatch(mode -> could(each, after, mode)))
                        .count();
                assertEquals(out, store.lockedOut(now, after, 5).people());
            }
        }
    }

    private static boolean could(UserRow person, AuthSettings settings, SignInMode mode) {
        Boolean works = SignInForecast.of(person, settings, mode).works();
        return works == null || works;
    }

    @Test
    void whatIsLookedForAtEverySignInIsFoundAlongAnIndex() {
        String plan = String.valueOf(directory.database.dsl().fetchValue("explain select * from directory_user where"
                + " sam_key = 'ada' and tenant_id is not null"));
        assertTrue(plan.contains("DIRECTORY_USER_SAM_KEY: SAM_KEY = "), plan);
        plan = String.valueOf(directory.database.dsl().fetchValue("explain select count(*) from directory_user where"
                + " status = 'ACTIVE' and tenant_id = 1 and coalesce(user_type, '') <> 'Guest'"
                + " and mfa in ('NOT_REGISTERED', 'UNKNOWN')"));
        assertTrue(plan.contains("DIRECTORY_USER_SIGN_IN"), plan);
        plan = String.valueOf(directory.database.dsl().fetchValue("explain select count(*) from directory_user where"
                + " status = 'ACTIVE' and tenant_id is not null and on_premises_sam_account_name > ''"));
        assertTrue(plan.contains("DIRECTORY_USER_SAM") || plan.contains("DIRECTORY_USER_SIGN_IN"), plan);
    }
}
