package org.rollcall.sync.plan;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.UserField;
import org.rollcall.sync.plan.PlanFixture.Planned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NameContestTest {
    private final PlanFixture here = new PlanFixture();

    private void upn(String name, String upn) {
        here.change(name, UserField.USER_PRINCIPAL_NAME, upn + "@contoso.example");
    }

    @Test
    void amongNewcomersNobodyGetsASharedName() {
        here.seen("ann");
        here.seen("bob");
        here.seen("carl");
        upn("bob", "ANN");
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.CONFLICT), planned.kinds("ann"));
        assertEquals(ReasonCode.USERNAME_SHARED, planned.reason(ChangeKind.CONFLICT, "bob"));
        assertEquals(List.of("ann"), planned.person(ChangeKind.CONFLICT, "bob").reason().facts().get("others"));
        assertEquals(List.of(ChangeKind.CREATE), planned.kinds("carl"), "it harms nobody else");
        here.names();
    }

    @Test
    void whoHoldsANameKeepsIt() {
        here.seen("ann");
        here.planAndApply();
        here.seen("bob");
        upn("bob", "ann");
        Planned planned = here.planAndApply();
        assertEquals(List.of(), planned.kinds("ann"));
        assertEquals(ReasonCode.USERNAME_TAKEN, planned.reason(ChangeKind.CONFLICT, "bob"));
    }

    @Test
    void aNameHeldOutsideTheTenantIsTaken() {
        here.foreignNames.put("ann@contoso.example", "a local account");
        here.seen("ann");
        Planned planned = here.planAndApply();
        assertEquals(ReasonCode.USERNAME_TAKEN, planned.reason(ChangeKind.CONFLICT, "ann"));
        assertEquals("a local account", planned.person(ChangeKind.CONFLICT, "ann").reason().facts().get("holder"));
    }

    @Test
    void twoPeopleCanSwapTheirNames() {
        here.seen("ann");
        here.seen("bob");
        here.planAndApply();
        upn("ann", "bob");
        upn("bob", "ann");
        Planned planned = here.planAndApply();
        assertEquals(2, planned.summary().count(ChangeKind.RENAME));
        assertEquals(0, planned.summary().count(ChangeKind.CONFLICT));
        assertEquals("bob@contoso.example", here.person("ann").username());
        here.names();
    }

    @Test
    void whoLosesKeepsTheirNameWhichOthersThenLose() {
        here.seen("ann");
        here.seen("bob");
        here.seen("carl");
        here.planAndApply();
        upn("ann", "bob");
        upn("carl", "ann");
        here.change("ann", UserField.DEPARTMENT, "Sales");
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.CONFLICT, ChangeKind.RENAME, ChangeKind.UPDATE), planned.kinds("ann"));
        assertEquals(Map.of("userPrincipalName", "bob@contoso.example"),
                planned.person(ChangeKind.RENAME, "ann").after());
        assertEquals(ReasonCode.USERNAME_TAKEN, planned.reason(ChangeKind.CONFLICT, "carl"));
        assertEquals("carl@contoso.example", here.person("carl").username());
        here.names();
        assertTrue(here.plan().changesNothing());
    }

    @Test
    void theNameOfSomebodyRemovedIsFree() {
        here.seen("ann");
        here.planAndApply();
        here.gone("ann");
        here.seen("new-ann");
        upn("new-ann", "ann");
        Planned planned = here.planAndApply();
        assertEquals(List.of(ChangeKind.CREATE), planned.kinds("new-ann"));
        here.seen("ann");
        Planned back = here.planAndApply();
        assertEquals(List.of(ChangeKind.CONFLICT), back.kinds("ann"), "now the name is somebody else's");
        assertEquals("ann", here.person("ann").attributes().text(UserField.DISPLAY_NAME));
    }

    @Test
    void withoutAValueThereIsNoName() {
        here.config = new ProfileConfig(Scope.everyone(), Filters.none(), new Mapping(UserField.MAIL, Map.of()),
                Policies.standard());
        here.seen("ann");
        Planned planned = here.planAndApply();
        assertEquals(ReasonCode.USERNAME_MISSING, planned.reason(ChangeKind.CONFLICT, "ann"));
        assertEquals("mail", planned.person(ChangeKind.CONFLICT, "ann").reason().facts().get("field"));
        here.change("ann", UserField.MAIL, "ann@mail.example");
        here.planAndApply();
        assertEquals("ann@mail.example", here.person("ann").username());
        here.change("ann", UserField.MAIL, null);
        Planned lost = here.planAndApply();
        assertEquals(List.of(ChangeKind.CONFLICT, ChangeKind.UPDATE), lost.kinds("ann"));
        assertEquals("ann@mail.example", here.person("ann").username(), "the name stays");
    }

    @Test
    void attributesCanComeFromElsewhere() {
        here.config = new ProfileConfig(Scope.everyone(), Filters.none(),
                new Mapping(UserField.USER_PRINCIPAL_NAME, Map.of(UserField.MAIL, UserField.USER_PRINCIPAL_NAME)),
                Policies.standard());
        here.seen("ann");
        here.planAndApply();
        assertEquals("ann@contoso.example", here.person("ann").attributes().text(UserField.MAIL));
        assertTrue(here.plan().changes().isEmpty());
    }
}
