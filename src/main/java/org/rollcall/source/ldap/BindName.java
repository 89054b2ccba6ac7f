package org.rollcall.source.ldap;

import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.Filter;
import org.jspecify.annotations.Nullable;

import org.rollcall.source.LdapDirectory.Account;
import org.rollcall.source.LdapDirectory.Settings;

/// The names that a person is looked up or bound by.
///
/// Active Directory takes three forms in a bind, and guesses which one it is given (MS-ADTS 5.1.1.1.1): a distinguished
/// name, `DOMAIN\name` and a user principal name. A typed name must not be able to pass for another form, so whatever no
/// account name may hold is refused before it is sent.
final class BindName {
    private static final int LONGEST = 256;
    /// What a `sAMAccountName` may not hold (MS-SAMR 3.1.1.6), and what makes a distinguished name.
    private static final Pattern FORBIDDEN = Pattern.compile("[\"/\\\\\\[\\]:;|=,+*?<>]");

    private BindName() {}

    /// Whether the account has a name that could be anybody's.
    static boolean isPossible(Account account) {
        String sam = account.samAccountName();
        String principal = account.userPrincipalName();
        return (isGiven(sam) || isGiven(principal)) && isPlain(sam) && isPlain(principal);
    }

    private static boolean isGiven(@Nullable String name) {
        return name != null && !name.isBlank();
    }

    private static boolean isPlain(@Nullable String name) {
        return name == null || name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }

    /// What finds the person. The account name counts where it is known: the two directories may know the person by
    /// different user principal names. Values are sent as they are, not within a text, so nothing in them can be a filter.
    static Filter filter(Account account) {
        String sam = account.samAccountName();
        return isGiven(sam)
                ? Filter.createEqualityFilter("sAMAccountName", String.valueOf(sam).strip())
                : Filter.createEqualityFilter("userPrincipalName", String.valueOf(account.userPrincipalName()).strip());
    }

    /// What binds the person where nobody may search: `DOMAIN\name` if the domain is said, else `name@suffix` if a suffix is
    /// said, else the user principal name.
    ///
    /// @return null: there is no name that could be sent
    static @Nullable String direct(Settings settings, Account account) {
        String sam = account.samAccountName();
        String principal = account.userPrincipalName();
        String domain = settings.domain();
        String suffix = settings.upnSuffix();
        if (isGiven(sam) && (isGiven(domain) || isGiven(suffix))) {
            String name = String.valueOf(sam).strip();
            if (name.indexOf('@') >= 0 || FORBIDDEN.matcher(name).find()) {
                return null;
            }
            return isGiven(domain)
                    ? String.valueOf(domain).strip() + "\\" + name
                    : name + "@" + withoutAt(String.valueOf(suffix).strip());
        }
        if (!isGiven(principal)) {
            return null;
        }
        String name = String.valueOf(principal).strip();
        int at = name.indexOf('@');
        return at <= 0 || at != name.lastIndexOf('@') || at == name.length() - 1 || FORBIDDEN.matcher(name).find()
                ? null
                : name;
    }

    private static String withoutAt(String suffix) {
        return suffix.startsWith("@") ? suffix.substring(1) : suffix;
    }
}
