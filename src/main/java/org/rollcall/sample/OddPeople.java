package org.rollcall.sample;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// The first people of every sample organisation: the administrator, and then one of each kind that breaks naive
/// software. All of it is legal in Entra.
final class OddPeople {
    static final int COUNT = 32;
    static final String ADMINISTRATOR = "admin";
    private static final int FIRST_GUEST = 20;
    private static final int LAST_GUEST = 22;

    private OddPeople() {}

    static boolean isGuest(int index) {
        return index >= FIRST_GUEST && index <= LAST_GUEST;
    }

    /// Makes an ordinary person the odd one with that number.
    static SampleObject change(int index, SampleObject person, SampleDomain domain) {
        if (!isGuest(index)) {
            // Whoever is here by name is present, enabled and reachable unless the line below says otherwise.
            person.set("accountEnabled", true).set("onPremisesSyncEnabled", null)
                    .set("onPremisesSamAccountName", null).set("mail", person.get("userPrincipalName"));
        }
        return switch (index) {
            case 0 -> named(person, domain, "Ada Lindqvist", "Ada", "Lindqvist", ADMINISTRATOR)
                    .set("department", "IT Operations").set("jobTitle", "Head of Identity")
                    .set(SampleSchema.GLOBAL_ADMINISTRATOR, true).set(SampleSchema.MFA_REGISTERED, false);
            case 1 -> named(person, domain, "Nils Postlos", "Nils", "Postlos", "nils.postlos").set("mail", null)
                    .set("proxyAddresses", List.of());
            case 2 -> named(person, domain, "Sukarno", "Sukarno", null, "sukarno");
            case 3 -> named(person, domain, "Greta Unplaced", "Greta", "Unplaced", "greta.unplaced")
                    .set("department", null).set("jobTitle", null).set("companyName", null)
                    .set("officeLocation", null).set("employeeId", null).set("usageLocation", null);
            case 4 -> named(person, domain, "Alex Kim", "Alex", "Kim", "alex.kim");
            case 5 -> named(person, domain, "Alex Kim", "Alex", "Kim", "alex.kim.sales");
            case 6 -> named(person, domain, "Front Desk North", "Front", "Desk", "frontdesk.north")
                    .set("mailNickname", "frontdesk").set("mail", "frontdesk@" + domain.name());
            case 7 -> named(person, domain, "Front Desk South", "Front", "Desk", "frontdesk.south")
                    .set("mailNickname", "frontdesk").set("mail", "frontdesk@" + domain.name());
            case 8 -> named(person, domain, ("Maximilian von und zu Hohenlohe-Waldenburg ".repeat(6)).substring(0, 255)
                    + "X", "Maximilian", "Hohenlohe-Waldenburg", "maximilian.hohenlohe");
            case 9 -> named(person, domain, "محمد الأحمد", "محمد", "الأحمد", "mohammed.alahmad");
            case 10 -> named(person, domain, "שירה כהן", "שירה", "כהן", "shira.cohen");
            case 11 -> named(person, domain, "山田 太郎", "太郎", "山田", "taro.yamada");
            case 12 -> named(person, domain, "Zoë 🦄 Müller 👩‍💻", "Zoë", "Müller", "zoe.mueller");
            case 13 -> named(person, domain, "Siobhán O'Brien", "Siobhán", "O'Brien", "siobhan.o'brien");
            case 14 -> named(person, domain, "=HYPERLINK(\"https://evil.example\",\"Pay\")", "Eve", "Formula",
                    "eve.formula");
            case 15 -> named(person, domain, "+49 Contractor Pool", null, null, "contractor.pool");
            case 16 -> named(person, domain, "@channel Robot", null, null, "channel.robot");
            case 17 -> named(person, domain, "-1+1 Minus", null, "Minus", "minus.one");
            case 18 -> named(person, domain, "  Blanks Around  ", "Blanks", "Around", "blanks.around");
            case 19 -> named(person, domain, "Ame\u0301lie Combine\u0301", "Ame\u0301lie", "Combine\u0301",
                    "amelie.combine");
            case FIRST_GUEST -> person.set("externalUserState", "PendingAcceptance").set("givenName", null)
                    .set("surname", null);
            case 21 -> person.set("externalUserState", "Accepted").set("mail", "other.address@northwind.example");
            case LAST_GUEST -> person.set("mail", null).set("displayName", "Guest without mail")
                    .set("proxyAddresses", List.of());
            case 23 -> named(person, domain, "Deniz Disabled", "Deniz", "Disabled", "deniz.disabled")
                    .set("accountEnabled", false);
            case 24 -> named(person, domain, "Untyped Person", "Untyped", "Person", "untyped.person")
                    .set("userType", null);
            case 25 -> named(person, domain, "Old Timer", "Old", "Timer", "old.timer").set("createdDateTime", null);
            case 26 -> named(person, domain, "Synced Person", "Synced", "Person", "synced.person")
                    .set("onPremisesSyncEnabled", true).set("onPremisesSamAccountName", "SYNCPER");
            case 27 -> named(person, domain, "Formerly Synced", "Formerly", "Synced", "formerly.synced")
                    .set("onPremisesSyncEnabled", false).set("onPremisesSamAccountName", "FORMSYN");
            case 28 -> named(person, domain, "Quote \"Comma\", Semi; Tab\tEnd", "Quote", "Comma", "quote.comma");
            case 29 -> named(person, domain, "UPPER CASE", "UPPER", "CASE", "UPPER.CASE");
            case 30 -> named(person, domain, "Mona Mfa", "Mona", "Mfa", "mona.mfa")
                    .set(SampleSchema.MFA_REGISTERED, true);
            case 31 -> named(person, domain, "Peter Plain", "Peter", "Plain", "peter.plain")
                    .set(SampleSchema.MFA_REGISTERED, false)
                    .set("createdDateTime", Instant.parse("2021-03-12T10:36:14Z"));
            default -> person;
        };
    }

    private static SampleObject named(SampleObject person, SampleDomain domain, String display, @Nullable String given,
            @Nullable String surname, String nickname) {
        String address = nickname + "@" + domain.name();
        return person.set("displayName", display).set("givenName", given).set("surname", surname)
                .set("userPrincipalName", address).set("mail", address).set("mailNickname", nickname)
                .set("proxyAddresses", List.of("SMTP:" + address));
    }
}
