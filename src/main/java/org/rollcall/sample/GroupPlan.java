package org.rollcall.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The named groups that every sample organisation begins with, as a table. A group's line says its kind, the group it
/// hangs in, and who is in it.
///
/// @param kind one of `security`, `m365`, `mailsecurity`, `distribution`, with `+dynamic`, `+hidden`, `+role`, `+synced`
/// @param parents names of the groups it is a member of
/// @param who selectors: `Department:from-to` (hundredths of the department), `*:from-to` (of everyone), `first:N`,
///        `guests`, `person:N`, `devices`
record GroupPlan(String name, Set<String> kind, List<String> parents, List<String> who) {
    private static final String TABLE = """
            All Staff               | security               |                         |
            Engineering             | security               | All Staff               | Engineering:95-100
            Engineering Platform    | security               | Engineering             | Engineering:0-20
            Engineering Product     | security               | Engineering             | Engineering:20-60
            Finance                 | security+synced        | All Staff               | Finance:90-100
            Accounts Payable        | security+synced        | Finance                 | Finance:0-30
            Controlling             | security+synced        | Finance                 | Finance:30-55
            Treasury                | security+synced        | Finance                 | Finance:55-70
            Tax                     | security+synced        | Finance                 | Finance:70-90
            IT Operations           | security               | All Staff               | IT Operations:60-100 person:0
            Helpdesk                | security               | IT Operations           | IT Operations:0-40
            Network Team            | security               | IT Operations           | IT Operations:40-60
            Project Aurora          | security               | Project Cassiopeia      | *:0-2
            Project Borealis        | security               | Project Aurora          | *:2-4
            Project Cassiopeia      | security               | Project Borealis        | *:4-5
            Company News            | m365                   |                         | first:1200
            Board Secretaries       | security               |                         | Executive Office:0-50
            Tier 0 Administrators   | security+role          |                         | person:0 person:30
            Sales                   | security+dynamic       | All Staff               | Sales:0-100
            Marketing Studio        | m365                   |                         | Marketing:0-100 guests
            Compensation Committee  | m365+hidden            |                         | Human Resources:0-20
            Building Access Berlin  | mailsecurity           |                         | *:10-18
            Newsletter Readers      | distribution           |                         | *:20-40
            Automation Accounts     | security               |                         | person:0 person:26 devices
            Customer Support        | security               | All Staff               | Customer Support:50-100
            Support Tier 1          | security               | Customer Support        | Customer Support:0-35
            Support Tier 2          | security               | Customer Support        | Customer Support:35-50
            Operations              | security+synced        | All Staff               | Operations:0-100
            Human Resources         | security               | All Staff               | Human Resources:0-100
            Legal                   | security               | All Staff               | Legal:0-100
            Executive Office        | security               | All Staff               | Executive Office:0-100
            Marketing               | security               | All Staff               | Marketing:0-100
            Platform Runtime        | security               | Engineering Platform    | Engineering:0-10
            Platform Build Tools    | security               | Engineering Platform    | Engineering:10-14
            Build Tools On-call     | security               | Platform Build Tools    | Engineering:10-11
            Product Web             | security               | Engineering Product     | Engineering:20-40
            Product Mobile          | security               | Engineering Product     | Engineering:40-60
            Engineering Quality     | security               | Engineering             | Engineering:60-75
            Engineering Data        | security               | Engineering             | Engineering:75-95
            External Partners       | security+dynamic       |                         | guests
            Privileged Helpdesk     | security+role          |                         | IT Operations:0-5
            Works Council           | m365+hidden            |                         | *:50-51
            VPN Users               | security               |                         | *:0-60
            Administrators          | security               |                         | person:0
            Rollcall Operators      | security               |                         | IT Operations:0-15
            Auditors                | security               | Finance                 | Finance:30-35 Legal:0-20
            Empty Shelf             | security               |                         |
            Project Phoenix         | security               |                         | *:60-61
            Project Phoenix         | m365                   |                         | *:61-62
            =SUM(Formula Group)     | security               |                         | person:14 person:15
            مجموعة الرياض           | security               |                         | person:9
            東京チーム               | m365                   |                         | person:11 person:12
            """;

    /// The first `count` lines of the table.
    static List<GroupPlan> first(int count) {
        var plans = new ArrayList<GroupPlan>();
        for (String line : TABLE.lines().limit(count).toList()) {
            String[] cells = line.split("\\|", -1);
            plans.add(new GroupPlan(cells[0].strip(), Set.of(cells[1].strip().split("\\+", -1)), list(cells[2], ","),
                    selectors(cells[3].strip())));
        }
        return plans;
    }

    boolean is(String what) {
        return kind.contains(what);
    }

    private static List<String> list(String cell, String separator) {
        return cell.isBlank() ? List.of() : List.of(cell.strip().split(separator, -1));
    }

    /// Departments may have blanks in their names, so a selector ends at the blank after its figure.
    private static List<String> selectors(String cell) {
        var selectors = new ArrayList<String>();
        var text = new StringBuilder();
        for (String word : cell.split(" ", -1)) {
            text.append(text.isEmpty() ? "" : " ").append(word);
            if (word.contains(":") || word.equals("guests") || word.equals("devices")) {
                selectors.add(text.toString());
                text.setLength(0);
            }
        }
        return selectors;
    }
}
