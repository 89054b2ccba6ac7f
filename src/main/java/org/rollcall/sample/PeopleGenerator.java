package org.rollcall.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Invents the people of an organisation, each from the seed and his or her number alone, so that a million people need
/// no memory. Names repeat only after all pairs of names are used up; the first few are the odd ones, see [OddPeople].
final class PeopleGenerator {
    /// Name and share of each department, in percent.
    private static final List<String> DEPARTMENTS = List.of("Engineering", "Sales", "Customer Support", "Operations",
            "Finance", "Marketing", "IT Operations", "Human Resources", "Legal", "Executive Office");
    private static final int[] SHARES = { 30, 15, 12, 12, 9, 7, 6, 5, 3, 1 };
    private static final List<List<String>> TITLES = List.of(
            List.of("Software Engineer", "Senior Software Engineer", "Engineering Manager", "Test Engineer",
                    "Data Engineer", "Staff Engineer"),
            List.of("Account Executive", "Sales Engineer", "Regional Sales Manager", "Inside Sales Representative"),
            List.of("Support Specialist", "Support Team Lead", "Customer Success Manager"),
            List.of("Logistics Planner", "Plant Supervisor", "Operations Analyst", "Buyer"),
            List.of("Accountant", "Controller", "Treasury Analyst", "Tax Specialist", "Accounts Payable Clerk"),
            List.of("Marketing Manager", "Content Designer", "Brand Strategist"),
            List.of("System Administrator", "Helpdesk Technician", "Network Engineer", "Identity Engineer"),
            List.of("HR Business Partner", "Recruiter", "Payroll Specialist"),
            List.of("Legal Counsel", "Paralegal", "Compliance Officer"),
            List.of("Chief of Staff", "Board Secretary", "Executive Assistant"));
    private static final Instant FOUNDED = Instant.parse("2016-03-01T08:00:00Z");
    private static final Instant NEWEST = Instant.parse("2026-06-30T00:00:00Z");

    private final long seed;
    private final ObjectIds ids;
    private final SampleDomain domain;

    PeopleGenerator(long seed, ObjectIds ids, SampleDomain domain) {
        this.seed = seed;
        this.ids = ids;
        this.domain = domain;
    }

    /// The person with that number.
    SampleObject person(int index) {
        SampleObject person = isGuest(index) ? guest(index) : employee(index);
        return index < OddPeople.COUNT ? OddPeople.change(index, person, domain) : person;
    }

    String department(int index) {
        return DEPARTMENTS.get(departmentIndex(index));
    }

    private int departmentIndex(int index) {
        int at = percent(index, 1);
        for (int i = 0; i < SHARES.length; i++) {
            at -= SHARES[i];
            if (at < 0) {
                return i;
            }
        }
        return 0;
    }

    /// In which hundredth of the department somebody is: teams take ranges of it.
    int slice(int index) {
        return percent(index, 2);
    }

    boolean isGuest(int index) {
        return index >= OddPeople.COUNT ? percent(index, 3) < 3 : OddPeople.isGuest(index);
    }

    /// The user principal name, without making the rest.
    String userPrincipalName(int index) {
        return index < OddPeople.COUNT || isGuest(index)
                ? person(index).userPrincipalName()
                : nickname(index) + "@" + domain.name();
    }

    private SampleObject employee(int index) {
        int department = departmentIndex(index);
        int city = percent(index, 4) % PeopleNames.CITIES.size();
        String nickname = nickname(index);
        String address = nickname + "@" + domain.name();
        var person = new SampleObject(ObjectKind.USER.ref(index), ids.id(ObjectKind.USER.ref(index)));
        boolean hasMail = percent(index, 5) >= 2;
        boolean synced = percent(index, 6) < 40;
        person.set("displayName", given(index) + " " + surname(index)).set("givenName", given(index))
                .set("surname", percent(index, 7) == 0 ? null : surname(index)).set("userPrincipalName", address)
                .set("mail", hasMail ? address : null).set("mailNickname", nickname)
                .set("jobTitle", percent(index, 8) < 2 ? null : pick(TITLES.get(department), index, 9))
                .set("department", percent(index, 10) < 3 ? null : DEPARTMENTS.get(department))
                .set("companyName", domain.organization())
                .set("employeeId", percent(index, 11) < 5 ? null : Integer.toString(100_000 + index))
                .set("officeLocation", PeopleNames.CITIES.get(city))
                .set("usageLocation", PeopleNames.COUNTRIES.get(city))
                .set("preferredLanguage", percent(index, 12) < 20 ? null : PeopleNames.LANGUAGES.get(city))
                .set("mobilePhone", percent(index, 13) < 50 ? phone(index, "170") : null)
                .set("businessPhones", percent(index, 14) < 60 ? List.of(phone(index, "30")) : List.of())
                .set("userType", "Member").set("accountEnabled", percent(index, 15) >= 4)
                .set("createdDateTime", created(index)).set("onPremisesSyncEnabled", synced ? Boolean.TRUE : null)
                .set("onPremisesSamAccountName", synced ? samAccountName(index) : null)
                .set("proxyAddresses", hasMail ? List.of("SMTP:" + address) : List.of())
                .set(SampleSchema.MFA_REGISTERED, percent(index, 16) < 70);
        return person;
    }

    private SampleObject guest(int index) {
        String home = nickname(index) + "@fabrikam.example";
        boolean accepted = percent(index, 17) < 80;
        return new SampleObject(ObjectKind.USER.ref(index), ids.id(ObjectKind.USER.ref(index)))
                .set("displayName", given(index) + " " + surname(index) + " (Fabrikam)")
                .set("givenName", accepted ? given(index) : null).set("surname", accepted ? surname(index) : null)
                .set("userPrincipalName", guestName(home)).set("mail", home).set("mailNickname", guestNickname(home))
                .set("companyName", "Fabrikam").set("userType", "Guest").set("accountEnabled", true)
                .set("externalUserState", accepted ? "Accepted" : "PendingAcceptance")
                .set("createdDateTime", created(index)).set("proxyAddresses", List.of("SMTP:" + home))
                .set(SampleSchema.MFA_REGISTERED, percent(index, 16) < 30);
    }

    /// `name_home.example#EXT#@tenant.onmicrosoft.com`, as Entra builds it from the home address.
    String guestName(String home) {
        return guestNickname(home) + "@" + domain.initialName();
    }

    private static String guestNickname(String home) {
        return home.replace('@', '_') + "#EXT#";
    }

    private int pair(int index) {
        int pairs = PeopleNames.GIVEN.size() * PeopleNames.SURNAMES.size();
        // A step without common factor with the number of pairs visits each pair once before any comes again.
        int step = pairs / 2 - 1;
        while (gcd(step, pairs) != 1) {
            step--;
        }
        return (int) ((long) (index % pairs) * step % pairs);
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private String given(int index) {
        int pair = pair(index);
        return PeopleNames.GIVEN.get((pair + pair / PeopleNames.GIVEN.size()) % PeopleNames.GIVEN.size());
    }

    private String surname(int index) {
        return PeopleNames.SURNAMES.get(pair(index) / PeopleNames.GIVEN.size());
    }

    private String nickname(int index) {
        int round = index / (PeopleNames.GIVEN.size() * PeopleNames.SURNAMES.size());
        return PeopleNames.plain(given(index)) + "." + PeopleNames.plain(surname(index))
                + (round == 0 ? "" : Integer.toString(round + 1));
    }

    private String samAccountName(int index) {
        return PeopleNames.plain(surname(index)).replace("'", "") + index;
    }

    private Instant created(int index) {
        long seconds = ChronoUnit.SECONDS.between(FOUNDED, NEWEST);
        return FOUNDED.plusSeconds(Math.floorMod(hash(index, 18), seconds));
    }

    private String phone(int index, String prefix) {
        return "+49 " + prefix + " " + (1_000_000 + Math.floorMod(hash(index, 19), 8_999_999L));
    }

    private String pick(List<String> from, int index, int salt) {
        return from.get(Math.floorMod(hash(index, salt), from.size()));
    }

    private int percent(int index, int salt) {
        return Math.floorMod(hash(index, salt), 100);
    }

    private long hash(int index, int salt) {
        return ObjectIds.mix(ObjectIds.mix(seed + salt * 0x632BE59BD9B4E019L) ^ index);
    }
}
